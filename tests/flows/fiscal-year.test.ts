import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Hono } from 'hono'
import type { FiscalYear } from '#kernel/fiscal-year.ts'
import type { KpiPage } from '#kpi/domain/kpi-page.ts'
import { readRows } from '#kpi/server/actual-rows.ts'
import { readActual } from '#kpi/server/actuals.ts'
import { kpiRoute } from '#kpi/server/kpi-route.ts'
import { asStatement, connectDatabase, type Sql } from '#server/database.ts'
import { insertFacts, markFact, sessionFact } from '../make/facts.ts'
import { makeIndicator, makePlan } from '../make/plan.ts'
import { makeDatabase, type TestDatabase } from '../make/postgres.ts'
import { makeKit } from '../make/server-kit.ts'

const R8 = 2026 as FiscalYear
const R9 = 2027 as FiscalYear
const CITY = 'Y'
const CLASSES = makeIndicator('classAttendances')

const lastEvening = sessionFact(1, 'class', '2027-03-31', { startTime: '19:00', endTime: '23:59' })
const firstNight = sessionFact(2, 'class', '2027-04-01', { startTime: '00:00', endTime: '01:00' })

const machineZone = process.env['TZ']
let database: TestDatabase
beforeAll(async () => {
  database = await makeDatabase()
  await insertFacts(database, CITY, {
    sessions: [lastEvening, firstNight],
    marks: [
      markFact(1, lastEvening, 1, { markedAt: '2027-03-31T09:55:00.000Z' }),
      markFact(2, lastEvening, 2, { markedAt: '2027-03-31T14:58:59.999Z' }), // 23:58 in Japan
      markFact(3, lastEvening, 3, { markedAt: '2027-03-31T15:01:00.000Z' }), // tapped after midnight, still of the last evening
      markFact(4, firstNight, 4, { markedAt: '2027-03-31T15:00:00.000Z' }), // 0:00 in Japan on April 1, March 31 in UTC
    ],
    indicators: makePlan(),
  })
})
afterEach(() => {
  if (machineZone === undefined) delete process.env['TZ']
  else process.env['TZ'] = machineZone
})
afterAll(() => database.close())

const ZONES = ['UTC', 'Asia/Tokyo', 'America/Los_Angeles'] as const
const EVERYWHERE = ZONES.flatMap((machine) => ZONES.map((postgres) => ({ machine, postgres })))

describe.each(EVERYWHERE)(
  'a session belongs to the 年度 of its day in Japan, with the machine in $machine and PostgreSQL in $postgres:',
  (zones) => {
    it('2027-03-31 counts in 令和8年度 and 2027-04-01 in 令和9年度', async () => {
      await inZones(zones, async (sql) => {
        expect((await readActual(sql, CITY, CLASSES, R8)).actual).toEqual({ count: 3, uniqueLearners: 3 })
        expect((await readActual(sql, CITY, CLASSES, R9)).actual).toEqual({ count: 1, uniqueLearners: 1 })
        const days = async (year: FiscalYear) =>
          (await readRows(sql, CITY, CLASSES, year)).map((row) => (row.of === 'attendance' ? row.heldOn : null))
        expect(await days(R8)).toEqual(['2027-03-31', '2027-03-31', '2027-03-31'])
        expect(await days(R9)).toEqual(['2027-04-01'])
      })
    })

    it('the moment of a tap comes out as it went in', async () => {
      await inZones(zones, async (sql) => {
        const [row] = await readRows(sql, CITY, CLASSES, R9)
        expect(row).toMatchObject({ firstMarkedAt: '2027-03-31T15:00:00.000Z' })
      })
    })
  },
)

it.each([
  ['2027-03-31T14:59:59.999Z', '2027-03-31', 'underway'],
  ['2027-03-31T15:00:00.000Z', '2027-04-01', 'over'],
])('令和8年度 ends at midnight in Japan: at %s it is %s and the year is %s', async (now, today, state) => {
  const kit = makeKit({ database, city: CITY, now, role: 'organizer' })
  const response = await new Hono().route('/', kpiRoute(kit)).request('/api/kpi/2026')
  const page = (await response.json()) as KpiPage
  expect(page.today).toBe(today)
  expect(page.lines[0]?.pace?.state).toBe(state)
})

/** Runs with the clock of the machine and the settings of the database in these zones, and proves that they are. */
async function inZones(zones: { machine: string; postgres: string }, work: (sql: Sql) => Promise<void>): Promise<void> {
  process.env['TZ'] = zones.machine
  expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zones.machine)
  await database.sql(
    asStatement(`alter database ${new URL(database.url).pathname.slice(1)} set timezone = '${zones.postgres}'`),
  )
  const connected = connectDatabase({ url: database.url })
  try {
    const [setting] = await connected.sql`select reset_val as zone from pg_settings where name = 'TimeZone'`
    expect(setting).toEqual({ zone: zones.postgres })
    await work(connected.sql)
  } finally {
    await connected.close()
  }
}
