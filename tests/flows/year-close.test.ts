import { Hono } from 'hono'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyMark, applyUndo } from '#attendance/server/apply-attendance.ts'
import type { FiscalYear } from '#kernel/fiscal-year.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { Indicator, RegisterItem } from '#kpi/domain/indicator.ts'
import type { KpiPage, KpiRows } from '#kpi/domain/kpi-page.ts'
import { applyCloseYear } from '#kpi/server/apply-close-year.ts'
import { applyRecordItem } from '#kpi/server/apply-plan.ts'
import { kpiRoute } from '#kpi/server/kpi-route.ts'
import { guardRoutes } from '#login/server/guard-routes.ts'
import { applyMergePerson, applySeparatePerson } from '#people/server/apply-merges.ts'
import type { Database } from '#server/database.ts'
import type { PayloadOf } from '#sync/domain/protocol.ts'
import { apply } from '../make/apply.ts'
import { type Facts, idOf, insertFacts, markFact, sessionFact } from '../make/facts.ts'
import { runs } from '../make/long.ts'
import { makeIndicator, makePlan } from '../make/plan.ts'
import { makeDatabase } from '../make/postgres.ts'
import { makeKit } from '../make/server-kit.ts'

/** The first day on which 令和7年度 can be closed. */
const NOW = '2026-03-31T15:00:00.000Z' as Instant
const YEAR = 2025 as FiscalYear
const HELD = [sessionFact(1, 'class', '2025-05-12'), sessionFact(2, 'class', '2026-03-31')] as const
const [FIRST, LAST] = HELD

let database: Database
let cities = 0
beforeAll(async () => {
  database = await makeDatabase()
})
afterAll(() => database.close())

test('a year is closed once, and not before its last day in Japan is over', async () => {
  const town = await makeTown({})
  const before = { ...town, now: '2026-03-31T14:59:59.000Z' as Instant }
  expect(await close(before)).toMatchObject([{ status: 'refused', refusal: { code: 'year_not_over' } }])
  expect(await close(town)).toMatchObject([{ status: 'accepted' }])
  expect(await close(town)).toMatchObject([{ status: 'refused', refusal: { code: 'year_closed' } }])
  expect((await readPage(town)).closing).toEqual({ closedAt: NOW, closedBy: null })
})

test('an open year shows what is known now; a closed one what was known then, and apart from it what came and went since', async () => {
  const town = await makeTown({ marks: [markFact(1, FIRST, 1), markFact(2, LAST, 2)] })
  expect(await line(town, 'classAttendances')).toMatchObject({ actual: { count: 2 }, lateCorrection: null })
  await close(town)
  await apply(town, applyMark, 'attendance.mark', [mark(3, FIRST.sessionId, 3)])
  await apply(town, applyUndo, 'attendance.undo', [undo(2, LAST.sessionId, 2)])
  expect(await line(town, 'classAttendances')).toMatchObject({
    actual: { count: 2, uniqueLearners: 2 },
    lateCorrection: { addedCount: 1, goneCount: 1 },
  })
  const { rows, late, counted } = await readKpiRows(town, 'classAttendances')
  expect(rows).toHaveLength(counted.actual?.count ?? 0)
  expect(late).toMatchObject({
    added: [{ sessionId: FIRST.sessionId, person: { learnerId: idOf('person', 3) } }],
    gone: [{ sessionId: LAST.sessionId, person: { learnerId: idOf('person', 2) } }],
  })
})

test('what comes and is taken back again, or goes and comes back, is no correction', async () => {
  const town = await makeTown({ marks: [markFact(1, FIRST, 1)] })
  await close(town)
  await apply(town, applyUndo, 'attendance.undo', [undo(1, FIRST.sessionId, 1)])
  await apply(town, applyMark, 'attendance.mark', [mark(2, FIRST.sessionId, 1)])
  expect((await line(town, 'classAttendances')).lateCorrection).toEqual({ addedCount: 0, goneCount: 0 })
})

test('merging people afterwards changes no closed number, and is a correction only where one came twice', async () => {
  const town = await makeTown({ marks: [markFact(1, FIRST, 1), markFact(2, FIRST, 2), markFact(3, LAST, 3)] })
  await close(town)
  const closed = (await line(town, 'classAttendances')).actual
  const merges = [merge(1, 3, 4), merge(2, 1, 2)]
  for (const [asked, lateCorrection] of [
    [merges[0], { addedCount: 0, goneCount: 0 }],
    [merges[1], { addedCount: 0, goneCount: 1 }],
  ] as const) {
    if (asked)
      expect(await apply(town, applyMergePerson, 'person.merge', [asked])).toMatchObject([{ status: 'accepted' }])
    expect(await line(town, 'classAttendances')).toMatchObject({ actual: closed, lateCorrection })
  }
  await apply(town, applySeparatePerson, 'person.separate', [{ mergeIds: merges.map((one) => one.mergeId) }])
  expect(await line(town, 'classAttendances')).toMatchObject({ lateCorrection: { addedCount: 0, goneCount: 0 } })
})

test('separating people afterwards adds the one who was not counted, and nobody else', async () => {
  const town = await makeTown({ marks: [markFact(1, FIRST, 1), markFact(2, FIRST, 2), markFact(3, LAST, 2)] })
  const asked = merge(1, 1, 2)
  await apply(town, applyMergePerson, 'person.merge', [asked])
  await close(town)
  await apply(town, applySeparatePerson, 'person.separate', [{ mergeIds: [asked.mergeId] }])
  expect(await line(town, 'classAttendances')).toMatchObject({
    actual: { count: 2, uniqueLearners: 1 },
    lateCorrection: { addedCount: 1, goneCount: 0 },
  })
})

test('a running total of a closed year stays as well, also where an earlier year gains something; the open year has it', async () => {
  const town = await makeTown({
    items: [{ ...item(1, '2024-06-01') }, { ...item(2, '2025-06-01') }],
  })
  const { baseline } = makeIndicator('procedures')
  await close(town)
  await apply(town, applyRecordItem, 'plan.recordItem', [item(3, '2024-07-01'), item(4, '2025-07-01')])
  expect(await line(town, 'procedures')).toMatchObject({
    actual: { count: baseline.value + 2 },
    thisYearCount: 1,
    lateCorrection: { addedCount: 2, goneCount: 0 },
  })
  expect(await line(town, 'procedures', 2026)).toMatchObject({
    actual: { count: baseline.value + 4 },
    lateCorrection: null,
  })
})

test('no closed number ever changes, and with its corrections it is what is known now, whatever arrives', async () => {
  const late = fc.record({
    marks: fc.array(fc.tuple(fc.nat({ max: 1 }), fc.integer({ min: 1, max: 4 })), { maxLength: 8 }),
    undone: fc.uniqueArray(fc.integer({ min: 1, max: 14 }), { maxLength: 6 }),
    merged: fc.array(
      fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })).filter(([one, other]) => one !== other),
      { maxLength: 3 },
    ),
  })
  await fc.assert(
    fc.asyncProperty(late, late, async (before, after) => {
      const town = await makeTown({})
      const twin = await makeTown({}) // never closed
      for (const one of [town, twin]) await say(one, before, 0)
      const known = await line(town, 'classAttendances')
      await close(town)
      for (const one of [town, twin]) await say(one, after, 100)
      const closed = await line(town, 'classAttendances')
      const open = await line(twin, 'classAttendances')
      expect(closed.actual).toEqual(known.actual)
      const { addedCount = 0, goneCount = 0 } = closed.lateCorrection ?? {}
      expect((closed.actual?.count ?? 0) + addedCount - goneCount).toBe(open.actual?.count)
      const rows = await readKpiRows(town, 'classAttendances')
      expect([rows.rows.length, rows.late.added.length, rows.late.gone.length]).toEqual([
        closed.actual?.count,
        addedCount,
        goneCount,
      ])
    }),
    { numRuns: runs(25) },
  )
})

interface Town {
  readonly database: Database
  readonly city: string
  readonly now: Instant
}

async function makeTown(facts: Facts): Promise<Town> {
  const city = `Y${cities++}`
  const learners = [1, 2, 3, 4].map((n) => idOf('person', n))
  await insertFacts(database, city, { sessions: HELD, learners, indicators: makePlan(), ...facts })
  return { database, city, now: NOW }
}

const close = (town: Town) => apply(town, applyCloseYear, 'plan.closeYear', [{ fiscalYear: YEAR }])

interface Late {
  readonly marks: readonly (readonly [number, number])[]
  readonly undone: readonly number[]
  readonly merged: readonly (readonly [number, number])[]
}

async function say(town: Town, { marks, undone, merged }: Late, from: number): Promise<void> {
  for (const [n, [session, person]] of marks.entries())
    await apply(town, applyMark, 'attendance.mark', [
      mark(from + n, HELD[session]?.sessionId ?? FIRST.sessionId, person),
    ])
  for (const n of undone) await apply(town, applyUndo, 'attendance.undo', [undo(n - 1, FIRST.sessionId, 1)])
  for (const [n, [one, other]] of merged.entries())
    await apply(town, applyMergePerson, 'person.merge', [merge(from + n, one, other)])
}

function mark(n: number, sessionId: Uuid, person: number): PayloadOf<'attendance.mark'> {
  return { markId: idOf('mark', n), sessionId, learnerId: idOf('person', person) } as PayloadOf<'attendance.mark'>
}
function undo(n: number, sessionId: Uuid, person: number): PayloadOf<'attendance.undo'> {
  return { sessionId, learnerId: idOf('person', person), markIds: [idOf('mark', n)] } as PayloadOf<'attendance.undo'>
}
function merge(n: number, one: number, other: number): PayloadOf<'person.merge'> {
  const ids = { mergeId: idOf('merge', n), learnerId: idOf('person', one), intoLearnerId: idOf('person', other) }
  return ids as PayloadOf<'person.merge'>
}
function item(n: number, startedOn: string): RegisterItem {
  const itemId = idOf('item', n) as RegisterItem['itemId']
  return { itemId, measure: 'procedures', name: `手続${n}`, startedOn: startedOn as LocalDate }
}

async function ask(town: Town, path: string) {
  const kit = makeKit({ database, now: town.now, role: 'organizer', city: town.city })
  return (await new Hono().use(guardRoutes(kit)).route('/', kpiRoute(kit)).request(path)).json()
}
const readPage = async (town: Town, year: number = YEAR) => (await ask(town, `/api/kpi/${year}`)) as KpiPage
const readKpiRows = async (town: Town, measure: Indicator['measure']) =>
  (await ask(town, `/api/kpi/${YEAR}/${makeIndicator(measure).indicatorId}`)) as KpiRows
async function line(town: Town, measure: Indicator['measure'], year: number = YEAR) {
  const found = (await readPage(town, year)).lines.find((one) => one.indicator.measure === measure)
  if (found === undefined) throw new Error(`The plan has no ${measure}`)
  return found
}
