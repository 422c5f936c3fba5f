import type { MarkId } from '#attendance/domain/mark.ts'
import { plusMinutes } from '#kernel/time.ts'
import { uuidv7 } from '#kernel/uuid.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import type { Database } from '#server/database.ts'
import { PUSH_MAX } from '#sync/domain/limits.ts'
import { CITY } from '../make/city.ts'
import { makeMark } from '../make/payloads.ts'
import { makeTestDevice } from '../make/server-kit.ts'
import { makeMemoryDevice } from './devices.ts'
import { goalOf, median, spread, type Table } from './figures.ts'
import { takeBareRows } from './floor-endpoint.ts'
import { waitForQuiet, watchOthers } from './machine.ts'
import { makeCityKit } from './one-change.ts'
import type { BenchPostgres } from './postgres.ts'
import { seedSessions } from './seeds.ts'
import { type BenchServer, startServer } from './start-server.ts'
import { openWire } from './wire.ts'

const SESSIONS = 100
const PEOPLE_EACH = 50
const MARKS_EACH = 4
const ROUNDS = 5
const TARGETS = { ms: 1.5, bytes: 1.2 }

interface Round {
  readonly ms: number
  readonly downMb: number
}
type Kind = 'gzip' | 'br' | 'bare'

/** A device of the office that has never asked before: everything at once. */
export async function measureFirstPull(postgres: BenchPostgres): Promise<Table> {
  const template = await postgres.makeTemplate(async (database) => {
    await seedSessions(database, { sessions: SESSIONS, people: PEOPLE_EACH, firstInDays: null })
    await seedMarks(database)
  })
  const url = await postgres.copy(template)
  const [product, floor] = [await startServer('product', url), await startServer('floor', url)]
  const rounds: Record<Kind, Round[]> = { gzip: [], br: [], bare: [] }
  const others = watchOthers()
  try {
    for (let round = 0; round <= ROUNDS; round += 1) {
      await waitForQuiet(10_000)
      const results = { gzip: await pull(product, 'gzip'), br: await pull(product, 'br'), bare: await pullBare(floor) }
      if (round > 0) for (const kind of ['gzip', 'br', 'bare'] as const) rounds[kind].push(results[kind])
    }
  } finally {
    await product.stop()
    await floor.stop()
  }
  return tableOf(rounds, others())
}

/** As if four helpers had marked everybody, each somebody every few seconds: every word is kept. Ids are by chance, as those of real
 *  phones are: made-up ones would pack too well. */
async function seedMarks(database: Database): Promise<void> {
  const kit = makeCityKit(database, CITY.code)
  const people = await database.sql<{ sessionId: SessionId; learnerId: string }>`
    select session_id as "sessionId", learner_id as "learnerId" from enrollments_now
     where city = ${CITY.code} and state = 'enrolled'`
  for (let helper = 0; helper < MARKS_EACH; helper += 1) {
    const device = makeTestDevice(kit, { role: 'organizer', seed: `helper ${helper}` })
    const marks = people.map((one, index) => {
      const at = plusMinutes(kit.now(), -120 + Math.floor(index / 10))
      const markId = uuidv7(Date.parse(at), crypto.getRandomValues(new Uint8Array(10))) as MarkId
      return device.op('attendance.mark', makeMark({ ...one, markId }), at)
    })
    for (let done = 0; done < marks.length; done += PUSH_MAX) await device.push(...marks.slice(done, done + PUSH_MAX))
  }
}

async function pull({ origin, links }: BenchServer, packed: 'gzip' | 'br'): Promise<Round> {
  const opened = await fetch(origin + links.organizer, { redirect: 'manual' })
  const device = makeMemoryDevice(origin, opened.headers.get('set-cookie')?.split(';')[0] ?? '', packed)
  const startedAt = performance.now()
  await device.prepare()
  const round = { ms: performance.now() - startedAt, downMb: device.wire.bytes().down / 1e6 }
  const held = [device.count('rosterEntry'), device.count('mark')]
  assertAll('device', held)
  device.wire.close()
  return round
}

async function pullBare({ origin }: BenchServer): Promise<Round> {
  const wire = openWire(origin, '', 'gzip')
  const startedAt = performance.now()
  const { people, marks } = await takeBareRows(wire)
  const round = { ms: performance.now() - startedAt, downMb: wire.bytes().down / 1e6 }
  assertAll('bare endpoint', [people.size, marks.size])
  wire.close()
  return round
}

function assertAll(who: string, [people, marks]: readonly (number | undefined)[]): void {
  const all = SESSIONS * PEOPLE_EACH
  if (people !== all || marks !== all * MARKS_EACH) throw new Error(`The ${who} got ${people} people, ${marks} marks`)
}

function tableOf(rounds: Readonly<Record<Kind, readonly Round[]>>, others: number): Table {
  const middle = (kind: Kind, of: (round: Round) => number): number => median(rounds[kind].map(of))
  const ratio = (kind: Kind, of: (round: Round) => number): number => middle(kind, of) / middle('bare', of)
  const row = (name: string, kind: Kind): readonly string[] => [
    name,
    spread(rounds[kind].map(({ ms }) => ms)),
    ratio(kind, ({ ms }) => ms).toFixed(2),
    spread(
      rounds[kind].map(({ downMb }) => downMb),
      2,
    ),
    ratio(kind, ({ downMb }) => downMb).toFixed(2),
  ]
  const [all, time, bytes] = [SESSIONS * PEOPLE_EACH, 'first pull, time', 'first pull, bytes packed with gzip']
  return {
    heading: 'A first pull',
    before: [
      `A device of the office that has never asked before takes ${all.toLocaleString('en')} people on ${SESSIONS} lists and ${(all * MARKS_EACH).toLocaleString('en')} marks: real HTTP on loopback, ` +
        'real protocol, everything read and kept in memory at the other end. Bytes as they came over the wire, headers included.',
      'The bare endpoint makes one `select … json_agg` of the same people and marks on the same PostgreSQL, hands the text on as it comes, and packs it at the same level: no rights, no versions, no audit, no limit.',
    ],
    head: ['', 'ms', '× bare', 'MB down', '× bare'],
    rows: [row('Yorozu, gzip', 'gzip'), row('Yorozu, Brotli as browsers ask for it', 'br'), row('bare, gzip', 'bare')],
    goals: [
      goalOf(
        time,
        ratio('gzip', ({ ms }) => ms),
        TARGETS.ms,
      ),
      goalOf(
        bytes,
        ratio('gzip', ({ downMb }) => downMb),
        TARGETS.bytes,
      ),
    ],
    after: [
      `${ROUNDS} rounds each, in turn, after one that is not counted; median (least–greatest). Other programs used ${(others * 100).toFixed(0)} % of the machine.`,
    ],
  }
}
