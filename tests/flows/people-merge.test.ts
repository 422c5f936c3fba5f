import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MarkId, presentLearners } from '#attendance/domain/mark.ts'
import { applyMark, applyUndo } from '#attendance/server/apply-attendance.ts'
import type { FiscalYear } from '#kernel/fiscal-year.ts'
import type { Instant } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import { readReviewRows, readRows } from '#kpi/server/actual-rows.ts'
import { readActuals } from '#kpi/server/actuals.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import { type MergeId, type MergePerson, personsOf } from '#people/domain/same-person.ts'
import { applyMergePerson, applySeparatePerson } from '#people/server/apply-merges.ts'
import type { Database } from '#server/database.ts'
import type { PayloadOf } from '#sync/domain/protocol.ts'
import { apply } from '../make/apply.ts'
import { idOf, insertFacts, type SessionFact, sessionFact } from '../make/facts.ts'
import { runs } from '../make/long.ts'
import { makePlan } from '../make/plan.ts'
import { makeDatabase } from '../make/postgres.ts'

const NOW = '2026-11-22T03:00:00.000Z' as Instant
const YEAR = 2026 as FiscalYear
const CLASSES = [sessionFact(1, 'class', '2026-05-12'), sessionFact(2, 'class', '2026-06-09')] as const
/** Nobody has said on which day it is: who came is 要確認. */
const NO_DAY: SessionFact = { ...sessionFact(3, 'class', '2026-07-01'), heldOn: null }
const SESSIONS = [...CLASSES, NO_DAY]
const PEOPLE = [1, 2, 3, 4, 5].map((n) => idOf('person', n) as string as LearnerId)

type Said =
  | { readonly name: 'person.merge'; readonly payload: MergePerson }
  | { readonly name: 'person.separate'; readonly payload: PayloadOf<'person.separate'> }
  | { readonly name: 'attendance.mark'; readonly payload: PayloadOf<'attendance.mark'> }
  | { readonly name: 'attendance.undo'; readonly payload: PayloadOf<'attendance.undo'> }

let database: Database
let cities = 0
beforeAll(async () => {
  database = await makeDatabase()
})
afterAll(() => database.close())

const anyPerson = fc.constantFrom(...PEOPLE)
const anyDay = fc
  .record({
    merges: fc.array(
      fc.tuple(anyPerson, anyPerson).filter(([one, other]) => one !== other),
      { maxLength: 7 },
    ),
    separated: fc.array(fc.nat({ max: 8 }), { maxLength: 4 }),
    marks: fc.array(fc.tuple(fc.nat({ max: 2 }), anyPerson), { maxLength: 12 }),
    undone: fc.array(fc.nat({ max: 13 }), { maxLength: 5 }),
  })
  .map(({ merges, separated, marks, undone }): readonly Said[] => [
    ...merges.map(([learnerId, intoLearnerId], n): Said => {
      const mergeId = idOf('merge', n) as string as MergeId
      return { name: 'person.merge', payload: { mergeId, learnerId, intoLearnerId } }
    }),
    ...separated.map((n): Said => {
      return { name: 'person.separate', payload: { mergeIds: [idOf('merge', n) as string as MergeId] } }
    }),
    ...marks.map(([session, learnerId], n): Said => {
      const { sessionId } = SESSIONS[session] ?? NO_DAY
      const payload = { markId: idOf('mark', n), sessionId, learnerId }
      return { name: 'attendance.mark', payload: payload as PayloadOf<'attendance.mark'> }
    }),
    ...undone.map((n): Said => {
      const [session, learnerId] = marks[n] ?? [0, PEOPLE[0]]
      const payload = { sessionId: (SESSIONS[session] ?? NO_DAY).sessionId, learnerId, markIds: [idOf('mark', n)] }
      return { name: 'attendance.undo', payload: payload as PayloadOf<'attendance.undo'> }
    }),
  ])
/** The same once more in another order, some of it twice. */
const anyTwoOrders = anyDay.chain((said) =>
  fc.record({
    first: fc.shuffledSubarray([...said], { minLength: said.length }),
    again: fc
      .tuple(fc.shuffledSubarray([...said], { minLength: said.length }), fc.subarray([...said]))
      .map(([all, twice]) => [...all, ...twice]),
  }),
)

test('in whatever order and how often merges, separations, marks and undos arrive, the same people are counted, as the rule says', async () => {
  let said = 0
  await fc.assert(
    fc.asyncProperty(anyTwoOrders, async ({ first, again }) => {
      const one = await sayAll(first)
      expect(one).toEqual(await sayAll(again))
      expect(one).toEqual(recount(first))
      said += first.length + again.length
    }),
    { numRuns: runs(60) },
  )
  console.log(`merges: ${said} operations said in two orders, against a plain recount`)
})

async function sayAll(said: readonly Said[]) {
  const city = `M${cities++}`
  await insertFacts(database, city, { sessions: SESSIONS, learners: PEOPLE as readonly Uuid[], indicators: makePlan() })
  const town = { database, city, now: NOW }
  for (const { name, payload } of said) {
    if (name === 'person.merge') await apply(town, applyMergePerson, name, [payload])
    if (name === 'person.separate') await apply(town, applySeparatePerson, name, [payload])
    if (name === 'attendance.mark') await apply(town, applyMark, name, [payload])
    if (name === 'attendance.undo') await apply(town, applyUndo, name, [payload])
  }
  const [classes] = await readActuals(database.sql, city, YEAR)
  if (classes === undefined) throw new Error('The plan counts classes first')
  const rows = await readRows(database.sql, city, classes.indicator, YEAR)
  const review = await readReviewRows(database.sql, city)
  return {
    count: classes.actual?.count,
    people: classes.actual?.uniqueLearners,
    rows: rows.map((row) => ('sessionId' in row ? `${row.sessionId} ${row.person.learnerId}` : '')).toSorted(),
    review: review.map((row) => row.person.learnerId).toSorted(),
  }
}

/** The rules once more, over plain arrays. */
function recount(said: readonly Said[]) {
  const all = <Name extends Said['name']>(name: Name) =>
    said.filter((one) => one.name === name).map((one) => one.payload as PayloadOf<Name>)
  const persons = personsOf(all('person.merge'), new Set(all('person.separate').flatMap((one) => one.mergeIds)))
  const undone = new Set<MarkId>(all('attendance.undo').flatMap((one) => one.markIds))
  const cameTo = ({ sessionId }: SessionFact) => {
    const marks = all('attendance.mark').filter((mark) => mark.sessionId === (sessionId as string))
    return [...new Set([...presentLearners(marks, undone)].map((id) => persons.get(id) ?? id))]
  }
  const counted = CLASSES.flatMap((held) => cameTo(held).map((person) => ({ held, person })))
  return {
    count: counted.length,
    people: new Set(counted.map((one) => one.person)).size,
    rows: counted.map(({ held, person }) => `${held.sessionId} ${person}`).toSorted(),
    review: cameTo(NO_DAY).toSorted(),
  }
}
