import { asStatement, connectDatabase, type Database } from '#server/database.ts'
import { CITY } from '../make/city.ts'
import { levelGoal, spread, type Table } from './figures.ts'
import { waitForQuiet, watchOthers } from './machine.ts'
import { makeCityKit, makePair, type OneChange, type Pair } from './one-change.ts'
import type { BenchPostgres } from './postgres.ts'
import { seedSessions } from './seeds.ts'

/** All municipalities of Japan are 1,741. */
const COUNTS = [1, 10, 100, 1741]
const CHANGES = 200
/** So that every city that speaks has spoken twice, and what is compiled at first use is. */
const WARM_UPS = 100
/** Cities that speak in turn: with so many, hardly anything of one is still at hand when its turn comes again. */
const SPEAKING_MAX = 50

interface Measured {
  readonly count: number
  readonly changes: readonly OneChange[]
}

/** What one check-in costs while more and more cities live in one PostgreSQL. */
export async function measureCities(postgres: BenchPostgres): Promise<Table> {
  const template = await postgres.makeTemplate((database) =>
    seedSessions(database, { sessions: 2, people: 40, firstInDays: null }),
  )
  const database = connectDatabase({ url: await postgres.copy(template), maxConnections: 4 })
  const others = watchOthers()
  try {
    const measured: Measured[] = []
    for (const count of COUNTS) {
      await settleCities(database, count)
      await waitForQuiet(10_000)
      measured.push({ count, changes: await measure(database, count) })
    }
    return tableOf(measured, others())
  } finally {
    await database.close()
  }
}

const codeOf = (index: number): string => (index === 0 ? CITY.code : String(100_000 + index))

/** Copies the first city, row by row and table by table, until there are `count`. The audit is left out: its lines are chained. */
async function settleCities(database: Database, count: number): Promise<void> {
  const [known] = await database.sql<{
    count: number
  }>`select count(*)::int as count from cities where city is not null`
  const tables = await database.sql<{ name: string; columns: string }>`
    select c.relname as name, string_agg(quote_ident(a.attname), ', ') as columns
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like 'audit%'
       and a.attname <> 'city' and a.attgenerated = '' and a.attidentity = ''
       and exists (select 1 from pg_attribute k where k.attrelid = c.oid and k.attname = 'city')
     group by c.relname`
  const codes = Array.from({ length: count - (known?.count ?? 0) }, (_, index) => codeOf((known?.count ?? 0) + index))
  await database.transaction(async (sql) => {
    await sql`set local session_replication_role = replica` // what is copied was checked where it was made
    for (const { name, columns } of tables) {
      const values = codes.map((code) => `('${code}')`).join(', ')
      const copy = `insert into ${name} (city, ${columns}) select code, ${columns} from ${name}, (values ${values}) as to_city (code) where city = '${CITY.code}'`
      if (codes.length > 0) await sql(asStatement(copy))
    }
  })
  await database.sql`analyze`
}

async function measure(database: Database, count: number): Promise<readonly OneChange[]> {
  const step = Math.max(1, Math.floor(count / SPEAKING_MAX))
  const pairs: Pair[] = []
  for (let index = 0; index < count && pairs.length < SPEAKING_MAX; index += step)
    pairs.push(await makePair(makeCityKit(database, codeOf(index))))
  const changes: OneChange[] = []
  for (let index = 0; index < CHANGES + WARM_UPS; index += 1) {
    const change = await pairs[index % pairs.length]?.change()
    if (change !== undefined && index >= WARM_UPS) changes.push(change)
  }
  return changes
}

function tableOf(measured: readonly Measured[], others: number): Table {
  const column = (of: (change: OneChange) => number) => (changes: readonly OneChange[]) => changes.map(of)
  const [push, pull, idle] = [column((one) => one.pushMs), column((one) => one.pullMs), column((one) => one.idleMs)]
  const curve = (name: string, of: (changes: readonly OneChange[]) => readonly number[]) => ({
    name,
    points: measured.map(({ count, changes }) => [count, Number(spread(of(changes), 2).split(' ')[0])] as const),
  })
  const level = (what: string, of: (changes: readonly OneChange[]) => readonly number[]) => {
    const [first, last] = [measured.at(0)?.changes ?? [], measured.at(-1)?.changes ?? []]
    return levelGoal(`${what} with 1,741 cities, against one`, of(first), of(last))
  }
  return {
    heading: 'Cities',
    before: [
      'What one check-in costs while more cities live in one PostgreSQL on one machine, all with the same sessions and people. Those measured speak in turn, up to 50 of them spread over all. ' +
        'Push, pull and idle pull as above.',
    ],
    head: ['cities', 'push ms', 'pull ms', 'idle pull ms'],
    rows: measured.map(({ count, changes }) => [
      count.toLocaleString('en'),
      ...[push, pull, idle].map((of) => spread(of(changes), 1)),
    ]),
    after: [
      `${CHANGES} check-ins at each count, after ${WARM_UPS} that are not counted; median (least–greatest). Other programs used ${(others * 100).toFixed(0)} % of the machine.`,
    ],
    goals: [level('a push', push), level('a pull of one change', pull), level('a pull of nothing', idle)],
    picture: {
      file: 'performance-cities.svg',
      alt: 'Milliseconds of a push, a pull and an idle pull, with 1 to 1,741 cities in one PostgreSQL',
      xLabel: 'cities in one PostgreSQL',
      curves: [curve('push', push), curve('pull', pull), curve('idle pull', idle)],
    },
  }
}
