import { setTimeout as sleep } from 'node:timers/promises'
import { connectDatabase } from '#server/database.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { CITY } from '../make/city.ts'
import { makeEnrollment } from '../make/payloads.ts'
import { goalOf, median, quantile, spread, type Table } from './figures.ts'
import { waitForQuiet, watchOthers } from './machine.ts'
import type { BenchPostgres } from './postgres.ts'
import { seedSessions } from './seeds.ts'
import { makeSpeaker } from './speaker.ts'
import { startServer } from './start-server.ts'
import { openWire } from './wire.ts'

const PEOPLE = 300
const SEATS = 40
const RUSH_MS = 60_000
const READERS = 50
/** How long somebody looks at a page before they turn to the next. */
const READ_MS = 2000
const ROUNDS = 3
const TARGET_MS = 300

interface Round {
  readonly asked: readonly number[]
  readonly read: readonly number[]
  readonly errors: number
  readonly seats: number
  readonly others: number
}

/** Sign-up opens: many ask for few seats while others read. */
export async function measureRush(postgres: BenchPostgres): Promise<Table> {
  const template = await postgres.makeTemplate((database) =>
    seedSessions(database, { sessions: 5, people: 0, firstInDays: 7, seats: SEATS }),
  )
  const rounds: Round[] = []
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await runRound(postgres, template))
  return tableOf(rounds)
}

async function runRound(postgres: BenchPostgres, template: string): Promise<Round> {
  const url = await postgres.copy(template)
  const database = connectDatabase({ url, maxConnections: 1 })
  const server = await startServer('product', url)
  try {
    const [session] = await database.sql<{ id: SessionId }>`
      select session_id as id from sessions where city = ${CITY.code} order by held_on limit 1`
    if (session === undefined) throw new Error('No session to ask for')
    await waitForQuiet(20_000)
    const others = watchOthers()
    const results = await rush(server.origin, session.id)
    const [kept] = await database.sql<{ seats: number }>`
      select count(*)::int as seats from enrollments_now
       where city = ${CITY.code} and session_id = ${session.id} and state = 'enrolled'`
    if (kept?.seats !== results.seats) throw new Error('Who was told of a seat does not have it')
    return { ...results, others: others() }
  } finally {
    await server.stop()
    await database.close()
  }
}

async function rush(origin: string, sessionId: SessionId): Promise<Omit<Round, 'others'>> {
  const [asked, read]: [number[], number[]] = [[], []]
  let [errors, seats] = [0, 0]
  const end = Date.now() + RUSH_MS

  async function ask(person: number): Promise<void> {
    await sleep(Math.random() * RUSH_MS)
    const speaker = makeSpeaker(origin)
    const nameKana = `じゅこう ${'あいうえおかきくけこ'.charAt(person % 10)}`
    const phone = `0901${String(person).padStart(7, '0')}`
    const wanted = makeEnrollment({ sessionId, name: `受講者 ${person}`, nameKana, phone, channel: 'web' })
    const { outcome, ms } = await speaker.say('enrollment.request', wanted)
    asked.push(ms)
    if (outcome.value?.state === 'enrolled') seats += 1
    speaker.wire.close()
  }

  async function look(): Promise<void> {
    const wire = openWire(origin)
    await sleep(Math.random() * READ_MS)
    for (let path = '/'; Date.now() < end; path = path === '/' ? `/sessions/${sessionId}` : '/') {
      const startedAt = performance.now()
      await wire.get(path).catch(() => (errors += 1))
      read.push(performance.now() - startedAt)
      await sleep(READ_MS)
    }
    wire.close()
  }

  const people = Array.from({ length: PEOPLE }, (_, person) => ask(person).catch(() => (errors += 1)))
  await Promise.all([...people, ...Array.from({ length: READERS }, look)])
  return { asked, read, errors, seats }
}

function tableOf(rounds: readonly Round[]): Table {
  const row = (name: string, of: (round: Round) => readonly number[]): readonly string[] => [
    name,
    ...[0.5, 0.99, 1].map((share) => spread(rounds.map((round) => quantile(of(round), share)))),
  ]
  const p99 = median(rounds.map(({ asked }) => quantile(asked, 0.99)))
  const errors = rounds.reduce((sum, round) => sum + round.errors, 0)
  const seats = [...new Set(rounds.map((round) => round.seats))].join(', ')
  return {
    heading: 'A rush for seats',
    before: [
      `${PEOPLE} people, each with a phone the server has never heard of, ask for ${SEATS} seats of one session at random moments within ${RUSH_MS / 1000} s, while ${READERS} others read the pages, one every ${READ_MS / 1000} s each. ` +
        'Real HTTP on loopback; from the request to the answer that says seat or place in the queue.',
    ],
    head: ['', 'median ms', '99 % ms', 'greatest ms'],
    rows: [row('asking for a seat', ({ asked }) => asked), row('reading a page', ({ read }) => read)],
    goals: [
      goalOf(`${PEOPLE} people ask for ${SEATS} seats in a minute: 99 % answered`, p99, TARGET_MS, 'ms'),
      { what: '– errors', target: '0', measured: String(errors), isMet: errors === 0 },
      { what: '– seats given', target: String(SEATS), measured: seats, isMet: seats === String(SEATS) },
    ],
    after: [
      `${ROUNDS} rounds; of each the quantile, then median (least–greatest) of the rounds. ${errors} errors, ${seats} seats given. ` +
        `Other programs used ${spread(rounds.map((round) => round.others * 100))} % of the machine.`,
    ],
  }
}
