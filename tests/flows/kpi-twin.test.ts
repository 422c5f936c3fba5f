import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FiscalYear, fiscalYearOf } from '#kernel/fiscal-year.ts'
import { type LocalDate, plusDays } from '#kernel/time.ts'
import type { Indicator, RegisterItem } from '#kpi/domain/indicator.ts'
import { MEASURE_OF_KIND } from '#kpi/domain/kpi-page.ts'
import { readReviewRows, readRows } from '#kpi/server/actual-rows.ts'
import { readActuals, readReviewCount } from '#kpi/server/actuals.ts'
import type { Database } from '#server/database.ts'
import { SESSION_KINDS } from '#sessions/domain/session.ts'
import { type Facts, idOf, insertFacts } from '../make/facts.ts'
import { makePlan } from '../make/plan.ts'
import { makeDatabase } from '../make/postgres.ts'

let database: Database
beforeAll(async () => {
  database = await makeDatabase()
})
afterAll(() => database.close())

const FIRST_DAY = '2023-03-25' as LocalDate
const YEARS = [2022, 2023, 2024, 2025, 2026, 2027] as FiscalYear[]
/** Days of five years, mostly around the turn of a 年度, where a mistake would be. */
const anyDay = fc.oneof(
  fc.nat({ max: 1500 }).map((days) => plusDays(FIRST_DAY, days)),
  fc
    .tuple(fc.integer({ min: 2023, max: 2027 }), fc.integer({ min: -2, max: 1 }))
    .map(([year, days]) => plusDays(`${year}-04-01` as LocalDate, days)),
)
const anyFacts = fc
  .record({
    sessions: fc.array(
      fc.record({
        kind: fc.constantFrom(...SESSION_KINDS),
        heldOn: fc.option(anyDay, { freq: 6 }),
        state: fc.constantFrom('draft' as const, 'published' as const, 'cancelled' as const),
      }),
      { maxLength: 8 },
    ),
    // Sessions 8 and 9 are never known to the server; learner 6 never arrives.
    marks: fc.array(
      fc.record({ session: fc.nat({ max: 9 }), learner: fc.nat({ max: 6 }), device: fc.nat({ max: 2 }) }),
      {
        maxLength: 40,
      },
    ),
    undone: fc.uniqueArray(fc.nat({ max: 45 }), { maxLength: 15 }),
    certified: fc.array(anyDay, { maxLength: 6 }),
    items: fc.array(
      fc.record({ measure: fc.constantFrom('procedures' as const, 'facilities' as const), startedOn: anyDay }),
      {
        maxLength: 8,
      },
    ),
  })
  .map(({ sessions, marks, undone, certified, items }): Required<Omit<Facts, 'enrollments' | 'indicators'>> => ({
    sessions: sessions.map((session, n) => ({ ...session, sessionId: idOf('class', n) })),
    learners: [0, 1, 2, 3, 4, 5].map((n) => idOf('person', n)),
    marks: marks.map(({ session, learner, device }, n) => ({
      markId: idOf('mark', n),
      sessionId: idOf('class', session),
      learnerId: idOf('person', learner),
      deviceId: idOf('phone', device),
      markedAt: '2026-05-12T04:30:00.000Z',
      walkIn: false,
    })),
    undos: undone.map((n) => ({ markId: idOf('mark', n), deviceId: idOf('phone', 0) })),
    certifications: certified.map((certifiedOn, n) => ({ learnerId: idOf('person', n), certifiedOn })),
    items: items.map((item, n) => ({ ...item, itemId: idOf('item', n) as RegisterItem['itemId'], name: `項目${n}` })),
  }))
type AnyFacts = Parameters<Parameters<(typeof anyFacts)['map']>[0]>[0]

it('every number of every year equals a plain recount of the facts, and has exactly its rows behind it', async () => {
  let run = 0
  await fc.assert(
    fc.asyncProperty(anyFacts, async (facts) => {
      const city = `K${run++}`
      await insertFacts(database, city, { ...facts, indicators: makePlan() })
      for (const year of YEARS) {
        const counted = await readActuals(database.sql, city, year)
        expect(counted.map((line) => line.indicator)).toEqual(makePlan())
        for (const { indicator, actual, thisYearCount } of counted) {
          expect({ actual, thisYearCount }).toEqual(recount(facts, indicator, year))
          const rows = await readRows(database.sql, city, indicator, year)
          const baseline = indicator.kind === 'stock' && actual !== null ? indicator.baseline.value : 0
          expect(baseline + rows.length).toBe(actual?.count ?? 0)
        }
      }
    }),
    { numRuns: 100 },
  )
})

it('nobody who came is lost or counted twice: each is in one year, in training, or under 要確認', async () => {
  let run = 0
  await fc.assert(
    fc.asyncProperty(anyFacts, async (facts) => {
      const city = `L${run++}`
      await insertFacts(database, city, { ...facts, indicators: makePlan() })
      let inYears = 0
      for (const year of YEARS)
        for (const { indicator, actual } of await readActuals(database.sql, city, year))
          if (indicator.kind === 'flow') inYears += actual?.count ?? 0
      const review = await readReviewRows(database.sql, city)
      expect(review.length).toBe(await readReviewCount(database.sql, city))
      const kinds = new Map(facts.sessions.map((session) => [session.sessionId, session.kind]))
      const inTraining = presences(facts).filter((one) => kinds.get(one.sessionId) === 'instructorTraining').length
      expect(inYears + inTraining + review.length).toBe(presences(facts).length)
    }),
    { numRuns: 100 },
  )
})

/** One per person and session with a mark that nobody took back. */
function presences(facts: AnyFacts) {
  const undone = new Set(facts.undos.map((undo) => undo.markId))
  const valid = facts.marks.filter((mark) => !undone.has(mark.markId))
  return [...new Map(valid.map((mark) => [`${mark.sessionId} ${mark.learnerId}`, mark])).values()]
}

/** The rules of docs/rules.md once more, over plain arrays. */
function recount(facts: AnyFacts, indicator: Indicator, year: FiscalYear) {
  const counted = happenings(facts, indicator)
  const thisYear = counted.filter((one) => fiscalYearOf(one.on) === year)
  if (indicator.kind === 'flow') return { actual: actualOf(thisYear, indicator, 0), thisYearCount: thisYear.length }
  const { baseline } = indicator
  if (year < baseline.year) return { actual: null, thisYearCount: 0 }
  const since = counted.filter((one) => fiscalYearOf(one.on) > baseline.year && fiscalYearOf(one.on) <= year)
  return {
    actual: actualOf(since, indicator, baseline.value),
    thisYearCount: year === baseline.year ? 0 : thisYear.length,
  }
}

function actualOf(counted: readonly { who: string | null }[], { measure }: Indicator, baseline: number) {
  const people = baseline + new Set(counted.map((one) => one.who)).size
  const ofPeople = measure !== 'procedures' && measure !== 'facilities'
  return { count: baseline + counted.length, uniqueLearners: ofPeople ? people : null }
}

function happenings(facts: AnyFacts, { measure }: Indicator): readonly { on: LocalDate; who: string | null }[] {
  if (measure === 'certifications')
    return facts.certifications.map((one) => ({ on: one.certifiedOn, who: one.learnerId }))
  if (measure === 'procedures' || measure === 'facilities')
    return facts.items.filter((item) => item.measure === measure).map((item) => ({ on: item.startedOn, who: null }))
  const sessions = new Map(facts.sessions.map((session) => [session.sessionId, session]))
  return presences(facts).flatMap((one) => {
    const session = sessions.get(one.sessionId)
    const counts = session?.heldOn != null && MEASURE_OF_KIND[session.kind] === measure
    return counts && session.heldOn !== null ? [{ on: session.heldOn, who: one.learnerId }] : []
  })
}
