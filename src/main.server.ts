import { once } from 'node:events'
import { join } from 'node:path'
import { createAdaptorServer, type ServerType } from '@hono/node-server'
import { Hono } from 'hono'
import type { BookingKey } from '#enrollment/domain/own-booking.ts'
import { enrollmentRoute } from '#enrollment/server/enrollment-route.ts'
import { lookUpBooking } from '#enrollment/server/own-booking.ts'
import { instantOf, type LocalDate, localDateOf } from '#kernel/time.ts'
import { kpiRoute } from '#kpi/server/kpi-route.ts'
import { NOBODY } from '#login/domain/identity.ts'
import { demoRoute, type DemoLinks, makeDemoLinks } from '#login/server/demo-links.ts'
import { guardRoutes } from '#login/server/guard-routes.ts'
import { createWhoIs } from '#login/server/logins.ts'
import { bookingFormRoute } from '#pages/server/booking-form-route.ts'
import { enrollFormRoute } from '#pages/server/enroll-form-route.ts'
import { type PagesKit, showPage } from '#pages/server/pages-kit.ts'
import { pagesRoute } from '#pages/server/pages-route.ts'
import { ensureCity } from '#server/city.ts'
import { type AddressOf, createAddressOf } from '#server/client-address.ts'
import { type Config, readConfig } from '#server/config.ts'
import type { Database } from '#server/database.ts'
import { errorAnswers, logFault } from '#server/faults.ts'
import type { ServerKit } from '#server/kit.ts'
import { openDatabase } from '#server/open-database.ts'
import { loadRenderer, renderShell } from '#server/pages.ts'
import { codeOf } from '#server/process-state.ts'
import { PATIENCE } from '#server/patience.ts'
import { createRateLimits } from '#server/rate-limits.ts'
import { refuseOtherSites } from '#server/same-origin.ts'
import { securityHeaders } from '#server/security-headers.ts'
import { deriveKeys, readServerKey } from '#server/server-key.ts'
import { StartRefusal } from '#server/start-refusal.ts'
import { staticFiles } from '#server/static-files.ts'
import { stopOnSignals } from '#server/stop-on-signals.ts'
import { createPokes, pokeRoute } from '#sync/server/poke-route.ts'
import { applyPush } from '#sync/server/push.ts'
import { retireRecords } from '#sync/server/retire-records.ts'
import { syncRoute } from '#sync/server/sync-route.ts'
import { trainingRoute } from '#training/server/training-route.ts'

const DIST = join(import.meta.dirname, '../dist')
const RETIRE_MS = 60 * 60 * 1000
const BUILDERS = '../tests/make/demo-town.ts' // named here only, so that the server's own code stays without builders

export interface App {
  readonly fetch: Hono['fetch']
  /** Stops listening for news of other processes. */
  readonly stop: () => Promise<void>
}

/** All routes of the product over one database. What a test drives in process is this. */
export async function createApp(
  kit: Omit<ServerKit, 'whoIs'>,
  {
    city,
    links,
    addressOf,
  }: { readonly city: Config['city']; readonly links: DemoLinks; readonly addressOf?: AddressOf },
): Promise<App> {
  const served: ServerKit = { ...kit, whoIs: createWhoIs(kit) }
  const renderPage = await loadRenderer(DIST)
  const pages: PagesKit = {
    ...served,
    cityWords: { name: city.name, phone: city.phone },
    renderPage,
    async submit(operation, deviceId) {
      const [outcome] = await applyPush(served, { ...NOBODY, deviceId }, [operation])
      if (outcome === undefined) throw new Error('The server gave no outcome')
      return outcome
    },
  }
  const limits = createRateLimits({ phone: city.phone, ...(addressOf && { addressOf }) })
  const lookUp = (key: BookingKey) => lookUpBooking({ sql: kit.database.sql, city: kit.city }, key)
  const pokes = await createPokes(served)
  const shell = renderShell(renderPage, { city: pages.cityWords, now: kit.now() }).html
  const app = new Hono()
    .use(securityHeaders())
    .use(refuseOtherSites)
    .route('/', await staticFiles({ folder: join(DIST, 'client'), shell }))
    .use(limits.guard) // the files above cost nothing and are not counted
    .use(guardRoutes(served))
    .route('/', syncRoute(served, limits))
    .route('/', pokeRoute(served, pokes))
    .route('/', enrollmentRoute(served))
    .route('/', kpiRoute(served))
    .route('/', trainingRoute(served))
    .route('/', demoRoute(served, links))
    .route('/', enrollFormRoute(pages))
    .route('/', bookingFormRoute(pages, { tryBooking: limits.tryBooking, lookUp }))
    .route('/', pagesRoute(pages))
    .notFound((c) => showPage(c, pages, { page: 'notFound' }, { status: 404 }))
    .onError(errorAnswers(city.phone))
  return { fetch: app.fetch, stop: pokes.stop }
}

/** Starts the product as configured and says where to open it. */
async function start(config: Config): Promise<void> {
  const { database, stop } = await openDatabase(config)
  try {
    await serveOver(database, config, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

async function serveOver(database: Database, config: Config, stopDatabase: () => Promise<void>): Promise<void> {
  const city = config.city.code
  await ensureCity(database, config.city)
  const now = () => instantOf(Date.now())
  const keyFor = deriveKeys(await readServerKey(config.dataDir))
  const kit: ServerKit = { database, city, now, keyFor, whoIs: async () => NOBODY }
  await seedWhenEmpty(kit)
  await retireRecords(kit)
  const links = makeDemoLinks()
  const app = await createApp(
    { database, city, now, keyFor },
    {
      city: config.city,
      links,
      addressOf: createAddressOf(config.trustedProxies),
    },
  )
  const { server, port } = await listen(app, config)
  sayWhere(config.publicUrl ?? `http://${config.host === '0.0.0.0' ? 'localhost' : config.host}:${port}`, links)
  const retiring = setInterval(() => void retireRecords(kit).catch(logFault), RETIRE_MS)
  stopOnSignals(async () => {
    clearInterval(retiring)
    server.close()
    await app.stop()
    await stopDatabase()
  })
}

/** Takes connections. Throws a StartRefusal where the address cannot be had. */
async function listen({ fetch }: App, { host, port }: Config): Promise<{ server: ServerType; port: number }> {
  const server = createAdaptorServer({ fetch, serverOptions: PATIENCE }).listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    const code = codeOf(error) ?? String(error)
    throw new StartRefusal(
      `${host} の ${port} 番で待ち受けられません（${code}）。ほかのプログラムが使っていないか確かめるか、HOST と PORT を変えてください。`,
    )
  }
  const address = server.address()
  return { server, port: address !== null && typeof address === 'object' ? address.port : port }
}

/** In demo mode an empty city becomes a small town, made by the builders that the tests use. */
async function seedWhenEmpty(kit: ServerKit): Promise<void> {
  const rows = await kit.database.sql`select 1 from operations where city = ${kit.city} limit 1`
  if (rows.length > 0) return
  say('はじめての起動です。お試しの町をつくっています。')
  const { seedDemoTown } = (await import(BUILDERS)) as {
    readonly seedDemoTown: (kit: ServerKit, today: LocalDate) => Promise<void>
  }
  await seedDemoTown(kit, localDateOf(kit.now()))
}

function sayWhere(url: string, links: DemoLinks): void {
  say(`
よろずが動いています（お試し）。

  だれでも      ${url}/
  講師・補助員  ${url}${links.volunteer}
  主催者        ${url}${links.organizer}

止めるときは Ctrl+C を押してください。`)
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

if (import.meta.main) {
  const config = readConfig(process.env, process.argv.slice(2))
  const refuse = (sentences: readonly string[]): void => {
    process.stderr.write(`${sentences.join('\n')}\n`)
    process.exitCode = 1
  }
  if (!config.ok) refuse(config.error)
  else
    await start(config.value).catch((error: unknown) => {
      if (!(error instanceof StartRefusal)) throw error
      refuse([error.message])
    })
}
