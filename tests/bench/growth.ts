import { connectDatabase, type Database } from '#server/database.ts'
import { fiscalYearOf } from '#kernel/fiscal-year.ts'
import { instantOf, localDateOf } from '#kernel/time.ts'
import { readActuals } from '#kpi/server/actuals.ts'
import { CITY } from '../make/city.ts'
import { makePlan } from '../make/plan.ts'
import { makeTestDevice } from '../make/server-kit.ts'
import { levelGoal, spread, type Table } from './figures.ts'
import { waitForQuiet, watchOthers } from './machine.ts'
import { makeCityKit, makePair, type OneChange, timed } from './one-change.ts'
import type { BenchPostgres } from './postgres.ts'
import { seedSessions } from './seeds.ts'

const SIZES = [1_000, 10_000, 100_000, 1_000_000]
const CHANGES = 60

interface Measured {
  readonly size: number
  readonly changes: readonly OneChange[]
  readonly kpiMs: readonly number[]
}

/** What one check-in costs while the city's past grows. */
export async function measureGrowth(postgres: BenchPostgres): Promise<Table> {
  const template = await postgres.makeTemplate(async (database) => {
    await seedSessions(database, { sessions: 2, people: 40, firstInDays: null })
    const office = makeTestDevice(makeCityKit(database, CITY.code), { role: 'organizer', seed: 'plan' })
    await office.push(...makePlan().map((indicator) => office.op('plan.setIndicator', indicator)))
  })
  const database = connectDatabase({ url: await postgres.copy(template), maxConnections: 4 })
  const others = watchOthers()
  try {
    const measured: Measured[] = []
    for (const size of SIZES) {
      await growTo(database, size)
      await waitForQuiet(10_000)
      measured.push(await measure(database, size))
    }
    return tableOf(measured, others())
  } finally {
    await database.close()
  }
}

async function measure(database: Database, size: number): Promise<Measured> {
  const pair = await makePair(makeCityKit(database, CITY.code))
  for (let warmUp = 0; warmUp < 10; warmUp += 1) await pair.change()
  const changes: OneChange[] = []
  for (let index = 0; index < CHANGES; index += 1) changes.push(await pair.change())
  const kpiMs: number[] = []
  const year = fiscalYearOf(localDateOf(instantOf(Date.now())))
  for (let round = 0; round <= 5; round += 1) {
    const ms = await timed(() => readActuals(database.sql, CITY.code, year))
    if (round > 0) kpiMs.push(ms)
  }
  return { size, changes, kpiMs }
}

/** Puts marks of earlier years into every table that a mark leaves a row in, 20 to a session, until there are `size` of them.
 *  Their lists stay on the way out as if nobody had ever tidied up: the worst case for whoever looks for what is new. */
async function growTo(database: Database, size: number): Promise<void> {
  await database.transaction(async (sql) => {
    await sql`set local session_replication_role = replica` // the rows refer to each other by the way they are made
    const [known] = await sql<{ marks: number; version: number }>`
      select (select count(*)::int from attendance_marks where city = ${CITY.code}) as marks, version
        from cities where city = ${CITY.code}`
    const { marks = 0, version = 0 } = known ?? {}
    await sql`create temp table past on commit drop as
      select n, gen_random_uuid() as mark_id, gen_random_uuid() as operation_id, n / 20 as nth,
             md5('session ' || n / 20)::uuid as session_id, md5('learner ' || n % 5000)::uuid as learner_id,
             md5('device ' || n % 40)::uuid as device_id, ${version}::bigint + n / 20 - ${marks}::int / 20 + 1 as version,
             now() - interval '2 years' - (n / 20) * interval '1 hour' as at
        from generate_series(${marks}::int, ${size}::int - 1) as n`
    await sql`insert into learners (city, learner_id, name_kana, created_at)
      select distinct on (learner_id) ${CITY.code}, learner_id, 'むかしの ひと', at from past on conflict do nothing`
    await sql`insert into sessions (city, session_id, kind, title, held_on, start_time, end_time, capacity, state, version)
      select distinct on (session_id) ${CITY.code}, session_id, 'class', 'むかしの教室', at::date, '13:30', '15:00', 20, 'published', version
        from past on conflict do nothing`
    await sql`insert into attendance_marks (city, mark_id, session_id, learner_id, marked_at, device_id, walk_in)
      select ${CITY.code}, mark_id, session_id, learner_id, at, device_id, false from past`
    await sql`insert into operations (city, id, device_id, seq, name, payload, role, device_at, received_at, version, outcome)
      select ${CITY.code}, operation_id, device_id, n + 1, 'attendance.mark',
             jsonb_build_object('markId', mark_id, 'sessionId', session_id, 'learnerId', learner_id), 'volunteer', at, at, version,
             '{"status": "accepted", "value": null, "concern": null}'
        from past`
    await sql`insert into device_records (city, bucket, kind, id, version, body)
      select ${CITY.code}, 'session:' || session_id, 'mark', mark_id, version,
             jsonb_build_object('markId', mark_id, 'sessionId', session_id, 'learnerId', learner_id, 'markedAt', at, 'deviceId', device_id, 'undone', false)
        from past`
    await sql`insert into feed_versions (city, version) select distinct ${CITY.code}, version from past on conflict do nothing`
    await sql`update cities set version = (select max(version) from feed_versions where city = ${CITY.code}) where city = ${CITY.code}`
  })
  await database.sql`analyze`
}

function tableOf(measured: readonly Measured[], others: number): Table {
  const column = (of: (change: OneChange) => number) => (changes: readonly OneChange[]) => changes.map(of)
  const [push, pull, idle] = [column((one) => one.pushMs), column((one) => one.pullMs), column((one) => one.idleMs)]
  const rows = measured.map(({ size, changes, kpiMs }) => ({
    size,
    push: spread(push(changes), 1),
    pull: spread(pull(changes), 1),
    idle: spread(idle(changes), 1),
    kpi: spread(kpiMs, 1),
  }))
  const curve = (name: string, of: (one: Measured) => readonly number[]) => ({
    name,
    points: measured.map((one) => [one.size, Number(spread(of(one), 2).split(' ')[0])] as const),
  })
  const level = (what: string, of: (one: Measured) => readonly number[]) => {
    const [first = [], last = []] = [measured.at(0), measured.at(-1)].map((one) => (one === undefined ? [] : of(one)))
    return levelGoal(`${what} with 1,000,000 marks, against 1,000`, first, last)
  }
  return {
    heading: 'Growth',
    before: [
      'What one check-in costs while the past of the city grows: rows in every table that a mark leaves one in but the audit’s (it is only ever added to), the lists that phones once held included. ' +
        'A push is one mark from a phone with its commit on the disk; a pull brings that one mark to another phone; an idle pull brings nothing. ' +
        'The server works in this process over PostgreSQL; the network is left out, because it does not grow.',
    ],
    head: ['marks of earlier years', 'push ms', 'pull ms', 'idle pull ms', 'this year’s figures ms'],
    rows: rows.map(({ size, push: a, pull: b, idle: c, kpi: d }) => [size.toLocaleString('en'), a, b, c, d]),
    after: [
      `${CHANGES} check-ins at each size, 5 readings of the year, after some that are not counted; median (least–greatest). Other programs used ${(others * 100).toFixed(0)} % of the machine.`,
    ],
    goals: [
      level('a push', ({ changes }) => push(changes)),
      level('a pull of one change', ({ changes }) => pull(changes)),
      level('a pull of nothing', ({ changes }) => idle(changes)),
      level('the year’s figures', ({ kpiMs }) => kpiMs),
    ],
    picture: {
      file: 'performance-growth.svg',
      alt: 'Milliseconds of a push, a pull, an idle pull and the figures of the year, with 1,000 to 1,000,000 marks of earlier years',
      xLabel: 'marks of earlier years',
      curves: [
        curve('push', ({ changes }) => push(changes)),
        curve('pull', ({ changes }) => pull(changes)),
        curve('idle pull', ({ changes }) => idle(changes)),
        curve('the year’s figures', ({ kpiMs }) => kpiMs),
      ],
    },
  }
}
