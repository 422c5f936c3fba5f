import { setTimeout as sleep } from 'node:timers/promises'
import { median, spread, type Table } from './figures.ts'
import { waitForQuiet, watchOthers } from './machine.ts'
import type { BenchPostgres } from './postgres.ts'
import { seedSessions } from './seeds.ts'
import { openSlowPhone, PHONE, type Request, type SlowPhone, until } from './slow-phone.ts'
import { type BenchServer, startServer } from './start-server.ts'

const ROUNDS = 5
const SETTLED_MS = 3000 // without a long task and without a request
const KB = 1024

/** What a page keeps of its own loading, in ms since it was asked for. */
interface Vitals {
  readonly fcp: number
  readonly lcp: number
  readonly cls: number
  /** Start and length of each task over 50 ms. */
  readonly longTasks: readonly (readonly [startMs: number, lengthMs: number])[]
  readonly now: number
}
interface Visit {
  readonly fcp: number
  readonly lcp: number
  /** Total blocking time after the first paint. */
  readonly tbt: number
  readonly cls: number
  /** The end of the last long task, or the first paint. */
  readonly interactive: number
}
interface Round {
  readonly cold: Visit & { readonly requests: readonly Request[] }
  readonly offlineReadyMs: number
  /** Everything until it works without a network, the worker's own requests included. */
  readonly wholeBytes: number
  readonly again: Visit
  readonly offline: Visit
  readonly stalled: Visit
  readonly others: number
}

/** How the public page comes up on a cheap phone: first visit, second visit, no network, and a network that says nothing. */
export async function measureFirstLoad(postgres: BenchPostgres): Promise<Table> {
  const town = await postgres.makeTemplate((database) =>
    seedSessions(database, { sessions: 20, people: 3, firstInDays: 1 }),
  )
  const url = await postgres.copy(town)
  const rounds: Round[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    await waitForQuiet(30_000)
    const result = await runRound(url)
    if (round > 0) rounds.push(result)
  }
  const staffBytes = await measureStaffShell(url)
  return tableOf(rounds, staffBytes)
}

async function runRound(databaseUrl: string): Promise<Round> {
  const server = await startServer('product', databaseUrl)
  const phone = await openSlowPhone({ probe: keepVitals, slowLine: true })
  try {
    await fetch(server.origin) // the phone is cold, the server is not: the first visitor after an update is one of thousands
    const startedAt = Date.now()
    const others = watchOthers()
    const cold = { ...(await visit(phone, server.origin)), requests: [...phone.requests] }
    const share = others()
    await offlineReady(phone)
    const offlineReadyMs = Date.now() - phone.network().idleMs - startedAt
    const wholeBytes = sum(phone.requests)
    return { cold, others: share, offlineReadyMs, wholeBytes, ...(await comeBack(phone, server)) }
  } finally {
    await phone.close()
    await server.stop()
  }
}

async function comeBack(phone: SlowPhone, server: BenchServer): Promise<Pick<Round, 'again' | 'offline' | 'stalled'>> {
  const again = await visit(phone, server.origin)
  server.stall()
  const stalled = await visit(phone, server.origin)
  server.resume()
  await server.stop()
  await phone.setOffline(true)
  return { again, stalled, offline: await visit(phone, server.origin) }
}

/** Opens the page and waits until nothing happens any more. */
async function visit(phone: SlowPhone, url: string): Promise<Visit> {
  await phone.open('about:blank')
  await sleep(300)
  phone.forget()
  await phone.open(url)
  let vitals: Vitals | null = null
  await until('a page that has settled', async () => {
    vitals = await phone.evaluate<Vitals | null>('window.benchVitals?.() ?? null')
    if (vitals === null || vitals.fcp === 0) return false
    const [start, length] = vitals.longTasks.at(-1) ?? [0, 0]
    return vitals.now - Math.max(vitals.lcp, start + length) > SETTLED_MS && phone.network().idleMs > SETTLED_MS / 2
  })
  return visitOf(vitals as unknown as Vitals)
}

function visitOf({ fcp, lcp, cls, longTasks }: Vitals): Visit {
  const after = longTasks.filter(([start, length]) => start + length > fcp)
  const tbt = after.reduce((all, [start, length]) => {
    const spent = start < fcp ? start + length - fcp : length
    return all + Math.max(0, spent - 50)
  }, 0)
  const [lastStart, lastLength] = longTasks.at(-1) ?? [0, 0]
  return { fcp, lcp, cls, tbt, interactive: Math.max(fcp, lastStart + lastLength) }
}

async function offlineReady(phone: SlowPhone): Promise<void> {
  const isActive = 'navigator.serviceWorker.ready.then(({ active }) => active !== null)'
  await until('the worker', () => phone.evaluate<boolean>(isActive))
  await until('its last request', async () => phone.network().idleMs > SETTLED_MS)
}

/** A helper who opens the link they were given: everything that travels until the hall's pages work without a network. */
async function measureStaffShell(databaseUrl: string): Promise<number> {
  const server = await startServer('product', databaseUrl)
  const phone = await openSlowPhone({ probe: keepVitals, slowLine: true })
  try {
    await visit(phone, server.origin + server.links.volunteer)
    await offlineReady(phone)
    return sum(phone.requests)
  } finally {
    await phone.close()
    await server.stop()
  }
}

/** Runs in the page, before anything of ours. */
function keepVitals(): void {
  const kept = { fcp: 0, lcp: 0, cls: 0, longTasks: [] as [number, number][] }
  const watch = (type: string, keep: (entry: PerformanceEntry) => void): void =>
    new PerformanceObserver((list) => list.getEntries().forEach(keep)).observe({ type, buffered: true })
  watch('paint', (entry) => void (entry.name === 'first-contentful-paint' && (kept.fcp = entry.startTime)))
  watch('largest-contentful-paint', (entry) => void (kept.lcp = entry.startTime))
  watch('longtask', ({ startTime, duration }) => void kept.longTasks.push([startTime, duration]))
  watch('layout-shift', (entry) => {
    const shift = entry as PerformanceEntry & { readonly value: number; readonly hadRecentInput: boolean }
    if (!shift.hadRecentInput) kept.cls += shift.value
  })
  Object.assign(window, { benchVitals: () => ({ ...kept, now: performance.now() }) })
}

function sum(requests: readonly Request[]): number {
  return requests.reduce((bytes, request) => bytes + request.bytes, 0)
}

function tableOf(rounds: readonly Round[], staffBytes: number): Table {
  const ms = (of: (round: Round) => number, digits = 0): string => spread(rounds.map(of), digits)
  const kb = (of: (round: Round) => readonly Request[]): string =>
    spread(
      rounds.map((round) => sum(of(round)) / KB),
      1,
    )
  const page = ({ cold }: Round): readonly Request[] => cold.requests.filter(({ by }) => by === 'page')
  const ofKind = (kind: Request['kind']) => (round: Round) => page(round).filter((request) => request.kind === kind)
  const outside = new Set(rounds.flatMap((round) => page(round).map(({ url }) => new URL(url).hostname)))
  outside.delete('localhost')
  return {
    heading: 'The public page on a cheap phone',
    before: [
      `\`/\` with 20 sessions in Japanese, ${PHONE.width}×${PHONE.height} at density ${PHONE.density}, CPU ${PHONE.cpuTimesSlower}× slower, ` +
        `${PHONE.downKbit} kbit/s down, ${PHONE.upKbit} up, ${PHONE.rttMs} ms per request (DevTools throttle, for the service worker as well), HTTP/1.1, nothing kept from before. ` +
        `«stalled»: connections are accepted and never answered. KB = 1,024 bytes on the wire, compressed, headers included.`,
    ],
    head: ['', 'measured', 'target', 'limit'],
    rows: [
      ['first visit: LCP ms', ms(({ cold }) => cold.lcp), '700', '900'],
      ['first visit: FCP ms', ms(({ cold }) => cold.fcp), '520', '650'],
      ['first visit: interactive ms', ms(({ cold }) => cold.interactive), '950', '1300'],
      ['first visit: TBT ms', ms(({ cold }) => cold.tbt), '30', '80'],
      ['first visit: CLS', ms(({ cold }) => cold.cls, 3), '0', '0.01'],
      ['second visit: LCP ms', ms(({ again }) => again.lcp), '400', '550'],
      ['no network: LCP ms', ms(({ offline }) => offline.lcp), '450', '600'],
      ['stalled network: LCP ms', ms(({ stalled }) => stalled.lcp), '450', '600'],
      ['works without network after ms', ms(({ offlineReadyMs }) => offlineReadyMs), '2000', '2600'],
      ['requests of the page', ms((round) => page(round).length), '5', '6'],
      ['whole page KB', kb(page), '40', '55'],
      ['– JavaScript KB', kb(ofKind('js')), '', '36'],
      ['– CSS KB', kb(ofKind('css')), '5', '8'],
      ['– HTML KB', kb(ofKind('html')), '', ''],
      ['– fonts KB', kb(ofKind('font')), '0', '0'],
      ['– other KB', kb(ofKind('other')), '', ''],
      ['until it works without network KB', ms(({ wholeBytes }) => wholeBytes / KB, 1), '60', '80'],
      ['staff, until the hall works without network KB', (staffBytes / KB).toFixed(1), '130', '160'],
      ['hosts besides ours', [...outside].join(', ') || 'none', 'none', 'none'],
    ],
    after: [
      `${ROUNDS} rounds, each in a browser that has never seen the page, after one that is not counted; median (least–greatest). ` +
        `Other programs used ${spread(rounds.map(({ others }) => others * 100))} % of the machine during the first visits; ` +
        `the calmest round had an LCP of ${calmest(rounds).toFixed(0)} ms.`,
    ],
  }
}

function calmest(rounds: readonly Round[]): number {
  const least = Math.min(...rounds.map(({ others }) => others))
  return median(rounds.filter(({ others }) => others === least).map(({ cold }) => cold.lcp))
}
