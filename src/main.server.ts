import { join } from 'node:path'
import { Hono } from 'hono'
import { auditRoute } from '#audit/server/audit-route.ts'
import { auditRounds } from '#audit/server/audit-rounds.ts'
import type { BookingKey } from '#enrollment/domain/own-booking.ts'
import { enrollmentRoute } from '#enrollment/server/enrollment-route.ts'
import { lookUpBooking } from '#enrollment/server/own-booking.ts'
import { instantOf, type LocalDate, localDateOf } from '#kernel/time.ts'
import { kpiRoute } from '#kpi/server/kpi-route.ts'
import { NOBODY } from '#login/domain/identity.ts'
import { accountRoute } from '#login/server/account-route.ts'
import { LOGIN_RETENTION } from '#login/server/login-retention.ts'
import { demoRoute, type DemoLinks, makeDemoLinks } from '#login/server/demo-links.ts'
import { guardRoutes } from '#login/server/guard-routes.ts'
import { pairingRoute } from '#login/server/pairing-route.ts'
import { phonesRoute } from '#login/server/phones-route.ts'
import { joinRoute } from '#login/server/join-route.ts'
import { createWhoIs, endDemoLogins } from '#login/server/logins.ts'
import { say, sayWhere } from '#login/server/say-where.ts'
import { renewSetUpLink } from '#login/server/set-up-link.ts'
import { signInRoute } from '#login/server/sign-in-route.ts'
import { recoveryRoute } from '#login/server/recovery-route.ts'
import { secondWayRoute } from '#login/server/second-way-route.ts'
import { staffRoute } from '#login/server/staff-route.ts'
import { bookingFormRoute } from '#pages/server/booking-form-route.ts'
import { enrollFormRoute } from '#pages/server/enroll-form-route.ts'
import { type PagesKit, showPage } from '#pages/server/pages-kit.ts'
import { pagesRoute } from '#pages/server/pages-route.ts'
import { PEOPLE_RETENTION } from '#people/server/people-retention.ts'
import { peopleRoute } from '#people/server/people-route.ts'
import { privacyRoute } from '#people/server/privacy-route.ts'
import { applyRetention } from '#people/server/retention.ts'
import { ensureCity } from '#server/city.ts'
import { readCityKey } from '#server/city-key.ts'
import { type AddressOf, createAddressOf } from '#server/client-address.ts'
import { type Config, originOf, readConfig } from '#server/config.ts'
import type { Database } from '#server/database.ts'
import { errorAnswers, logFault } from '#server/faults.ts'
import { healthRoute } from '#server/health-route.ts'
import { takeHouseTurn } from '#server/house-turn.ts'
import type { ServerKit } from '#server/kit.ts'
import { openDatabase } from '#server/open-database.ts'
import { readOwnProgram } from '#server/own-program.ts'
import { loadRenderer, renderShell } from '#server/pages.ts'
import { createRateLimits } from '#server/rate-limits.ts'
import { refuseOtherSites } from '#server/same-origin.ts'
import { securityHeaders } from '#server/security-headers.ts'
import { serve } from '#server/serve.ts'
import { StartRefusal } from '#server/start-refusal.ts'
import { staticFiles } from '#server/static-files.ts'
import { stopOnSignals } from '#server/stop-on-signals.ts'
import { createTries, forgetTries } from '#server/tries.ts'
import { deviceLedgerRoute } from '#sync/server/device-ledger-route.ts'
import { DEVICE_RETENTION } from '#sync/server/device-retention.ts'
import { inCityTurn } from '#sync/server/in-city-turn.ts'
import { outboxFileRoute } from '#sync/server/outbox-file-route.ts'
import { createPokes, pokeRoute } from '#sync/server/poke-route.ts'
import { applyPush } from '#sync/server/push.ts'
import { retireRecords } from '#sync/server/retire-records.ts'
import { syncRoute } from '#sync/server/sync-route.ts'
import { trainingRoute } from '#training/server/training-route.ts'

const DIST = join(import.meta.dirname, '../dist')
const RETIRE_MS = 60 * 60 * 1000
/** Everything that goes when its time has come. */
const RETENTION = [...PEOPLE_RETENTION, ...DEVICE_RETENTION, ...LOGIN_RETENTION]
const BUILDERS = '../tests/make/demo-town.ts' // named here only, so that the server's own code stays without builders

export interface App {
  readonly fetch: Hono['fetch']
  /** Everything that is mounted, in its order: what stands around routes has the method `ALL`. */
  readonly routes: Hono['routes']
  /** Ends the streams of news, and stops listening for those of other processes. */
  readonly stop: () => Promise<void>
}

export interface AppOptions {
  readonly city: Config['city']
  /** `null` outside demo mode: then nobody comes in by them. */
  readonly links: DemoLinks | null
  /** Where people open it, `https://yorozu.example.jp`; known once it listens. */
  readonly origin: () => string
  readonly addressOf?: AddressOf
}

/** All routes of the product over one database. What a test drives in process is this. */
export async function createApp(
  kit: Omit<ServerKit, 'whoIs'>,
  { city, links, origin, addressOf }: AppOptions,
): Promise<App> {
  const served: ServerKit = { ...kit, whoIs: createWhoIs(kit) }
  const entry = { ...served, origin }
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
  const limits = createRateLimits({
    phone: city.phone,
    countTries: (name, budget) => createTries(served, name, budget),
    ...(addressOf && { addressOf }),
  })
  const lookUp = (key: BookingKey) => lookUpBooking({ sql: kit.database.sql, city: kit.city }, key)
  const pokes = await createPokes(served)
  const shell = renderShell(renderPage, { city: pages.cityWords, now: kit.now() }).html
  const app = new Hono()
    .use(securityHeaders())
    .use(refuseOtherSites)
    .route('/', await staticFiles({ folder: join(DIST, 'client'), shell }))
    .use(limits.guard) // the files above cost nothing and are not counted
    .use(guardRoutes(served))
    .route('/', healthRoute(served))
    .route('/', syncRoute(served, limits))
    .route('/', pokeRoute(served, pokes))
    .route('/', pairingRoute(served, limits))
    .route('/', phonesRoute(served))
    .route('/', deviceLedgerRoute(served, await readOwnProgram(join(DIST, 'client'))))
    .route('/', outboxFileRoute(served, limits))
    .route('/', enrollmentRoute(served))
    .route('/', kpiRoute(served))
    .route('/', trainingRoute(served))
    .route('/', peopleRoute(served))
    .route('/', privacyRoute(served, RETENTION))
    .route('/', auditRoute(served))
    .route('/', staffRoute(served))
    .route('/', recoveryRoute(served))
    .route('/', secondWayRoute(served, limits))
    .route('/', links === null ? new Hono() : demoRoute(served, links))
    .route('/', signInRoute(entry, limits))
    .route('/', joinRoute(entry, limits))
    .route('/', accountRoute(entry))
    .route('/', enrollFormRoute(pages))
    .route('/', bookingFormRoute(pages, { tryBooking: limits.tryBooking, lookUp }))
    .route('/', pagesRoute(pages))
    .notFound((c) => showPage(c, pages, { page: 'notFound' }, { status: 404 }))
    .onError(errorAnswers(city.phone))
  return { fetch: app.fetch, routes: app.routes, stop: pokes.stop }
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
  const keyFor = await readCityKey({ database, city, now }, config)
  const kit: ServerKit = { database, city, now, keyFor, whoIs: async () => NOBODY }
  if (config.demo) await seedWhenEmpty(kit)
  else await endDemoLogins(database.sql, city, now())
  await keepHouse(kit, config)
  const links = config.demo ? makeDemoLinks() : null
  let listensAt = config.port
  const origin = (): string => originOf(config, listensAt)
  const addressOf = createAddressOf(config.trustedProxies)
  const app = await createApp({ database, city, now, keyFor }, { city: config.city, links, origin, addressOf })
  const serving = await serve(app.fetch, config)
  listensAt = serving.port
  sayWhere(config.publicUrl ?? origin(), links, links === null ? await renewSetUpLink(kit) : null)
  const retiring = setInterval(() => void keepHouse(kit, config), RETIRE_MS)
  stopOnSignals(async () => {
    clearInterval(retiring)
    await app.stop()
    await serving.stop()
    await stopDatabase()
  })
}

/** What the program does by itself every hour, in one of its processes. One round that fails is logged, and keeps neither the others nor
 *  the start waiting. */
async function keepHouse(kit: ServerKit, { auditYears }: Pick<Config, 'auditYears'>): Promise<void> {
  const isOurs = await takeHouseTurn(kit).catch(logFault)
  if (isOurs !== true) return
  const rounds: readonly (() => Promise<unknown>)[] = [
    () => forgetTries(kit),
    () => retireRecords(kit),
    () => applyRetention(kit, { parts: RETENTION, inCityTurn }),
    () => auditRounds(kit, auditYears),
  ]
  for (const round of rounds) await round().catch(logFault)
}

/** In demo mode an empty city becomes a small town, made by the builders that the tests use. Of several processes one makes it, and the
 *  others wait: under the city's row lock. */
async function seedWhenEmpty(kit: ServerKit): Promise<void> {
  await kit.database.transaction(async (sql) => {
    await sql`select 1 from cities where city = ${kit.city} for no key update`
    const rows = await sql`select 1 from operations where city = ${kit.city} limit 1`
    if (rows.length > 0) return
    say('はじめての起動です。お試しの町をつくっています。')
    const { seedDemoTown } = (await import(BUILDERS)) as {
      readonly seedDemoTown: (kit: ServerKit, today: LocalDate) => Promise<void>
    }
    const inside: Database = { ...kit.database, sql, transaction: (work) => work(sql) }
    await seedDemoTown({ ...kit, database: inside }, localDateOf(kit.now()))
  })
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
