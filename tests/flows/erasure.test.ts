import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FiscalYear } from '#kernel/fiscal-year.ts'
import type { Instant } from '#kernel/time.ts'
import { readActuals } from '#kpi/server/actuals.ts'
import { readRows } from '#kpi/server/actual-rows.ts'
import { enrollFormRoute } from '#pages/server/enroll-form-route.ts'
import { makeFormSheet } from '#pages/server/form-token.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import type { Operation, Outcome } from '#sync/domain/protocol.ts'
import { applyPush } from '#sync/server/push.ts'
import { CANARY, tracesIn } from '../make/canary.ts'
import { makeIdentity } from '../make/device.ts'
import { dumpDatabase } from '../make/dump.ts'
import { makeCertification, makeCorrection, makeEnrollment, makeMark, makeWalkIn } from '../make/payloads.ts'
import { makePlan } from '../make/plan.ts'
import { makeTestDevice } from '../make/server-kit.ts'
import { makeTown, type Town, type TownDevice } from '../make/town.ts'

const NOW = '2026-05-12T04:30:00.000Z'
/** After every class of these tests. */
const LATER = '2026-06-20T01:00:00.000Z' as Instant
const YEARS = [2025, 2026, 2027, 2031] as FiscalYear[]

let town: Town
let office: TownDevice
beforeEach(async () => {
  town = await makeTown({ now: NOW })
  office = town.device('admin')
  const plan = makePlan().map((indicator) => office.op('plan.setIndicator', indicator))
  await office.push(...plan)
})
afterEach(() => town.close())

test('after an erasure the whole database has no trace of a person who used every way there is, and every total is the same', async () => {
  const learnerId = await liveWholeLife()
  expect(tracesIn(await dumpDatabase(town.kit.database)).length).toBeGreaterThan(3) // the canary can be found
  const before = await readTotals()
  expect(before.rows).not.toEqual([])
  expect(await erase(learnerId)).toMatchObject({ status: 'accepted' })
  expect(tracesIn(await dumpDatabase(town.kit.database))).toEqual([])
  expect(await readTotals()).toEqual(before)
})

test('leaves a line that it was done: when, why and how much, and nothing about whom', async () => {
  const learnerId = await liveWholeLife()
  await erase(learnerId)
  const rows = await town.kit.database.sql<
    Record<string, unknown>
  >`select * from erasures where city = ${town.kit.city}`
  expect(rows).toMatchObject([
    { learner_id: learnerId, reason: 'self', enrollment_count: 3, attendance_count: 2, certification_count: 1 },
  ])
  expect(rows[0]?.['operation_count']).toBeGreaterThanOrEqual(6)
})

test('whatever was said before gets the same answer when it is sent again, and brings nothing back', async () => {
  const sessionId = await town.publishSession({})
  const phone = town.device('resident')
  const said = phone.op('enrollment.request', makeEnrollment({ sessionId, ...CANARY }))
  const [first] = await phone.push(said)
  const learnerId = await learnerOf(said)
  await erase(learnerId)
  const [again] = await phone.ask(said)
  expect(again).toEqual(first)
  expect(tracesIn(await dumpDatabase(town.kit.database))).toEqual([])
})

test('who signs up again afterwards is a new person', async () => {
  const sessionId = await town.publishSession({})
  const first = makeEnrollment({ sessionId, ...CANARY })
  await office.push(office.op('enrollment.request', first))
  const before = await learnerBy(first.enrollmentId)
  await erase(before)
  const second = makeEnrollment({ sessionId: await town.publishSession({}), ...CANARY })
  await office.push(office.op('enrollment.request', second))
  const after = await learnerBy(second.enrollmentId)
  expect(after).not.toBe(before)
  expect(
    await town.kit.database.sql`select name from learners where learner_id = ${before} and city = ${town.kit.city}`,
  ).toEqual([{ name: null }])
})

test('a phone that holds the list drops the name at its next contact, and counts as many as before', async () => {
  const sessionId = await town.publishSession({
    heldOn: '2026-05-12',
    startTime: '09:00',
    endTime: '10:00',
    enrollUntilOn: null,
  })
  const helper = town.device('volunteer')
  const walkIn = makeWalkIn({ sessionId, ...walkedIn })
  const said = helper.op('attendance.walkIn', walkIn)
  await helper.push(said)
  expect(tracesIn(JSON.stringify(await helper.pull()))).not.toEqual([])
  await erase(walkIn.learnerId)
  const records = await helper.pull()
  expect(tracesIn(JSON.stringify(records))).toEqual([])
  const entry = records.find((record) => record.kind === 'rosterEntry' && record.id === walkIn.learnerId)
  expect(entry?.body).toMatchObject({ name: null, nameKana: '', state: 'walkIn' })
  await helper.push(said) // a phone that did not hear the answer
  expect(tracesIn(await dumpDatabase(town.kit.database))).toEqual([])
})

test('finds what was written into the form of a browser without JavaScript', async () => {
  const sessionId = await town.publishSession({})
  const form = enrollFormRoute({
    ...town.kit,
    cityWords: { name: 'うみかぜ町', phone: '0000-00-0000' },
    renderPage: ({ status = 200 }) => ({ html: '', status }),
    async submit(operation, deviceId) {
      const [outcome] = await applyPush(town.kit, { ...makeIdentity('resident'), deviceId }, [operation])
      if (outcome === undefined) throw new Error('The server gave no outcome')
      return outcome
    },
  })
  const body = new URLSearchParams({
    ...CANARY,
    phone: '０８０－９８７６－１３５７',
    ...makeFormSheet(town.kit, 'enroll'),
  })
  expect((await form.request(`/sessions/${sessionId}/enroll`, { method: 'POST', body })).status).toBe(200)
  expect(tracesIn(await dumpDatabase(town.kit.database))).not.toEqual([])
  const [row] = await town.kit.database.sql<{ learner_id: LearnerId }>`
    select learner_id from enrollments where city = ${town.kit.city} and session_id = ${sessionId}`
  expect(await erase(row?.learner_id ?? town.newId())).toMatchObject({ status: 'accepted' })
  expect(tracesIn(await dumpDatabase(town.kit.database))).toEqual([])
})

test('is refused while a seat of a session to come is theirs, and of somebody nobody knows, and a second time', async () => {
  const sessionId = await town.publishSession({})
  const asked = makeEnrollment({ sessionId, ...CANARY })
  await office.push(office.op('enrollment.request', asked))
  const learnerId = await learnerBy(asked.enrollmentId)
  const say = (id: LearnerId) => office.say('person.erase', { learnerId: id, reason: 'self' })
  expect(await say(learnerId)).toMatchObject({ refusal: { code: 'still_enrolled' } })
  await office.push(office.op('enrollment.cancel', { enrollmentId: asked.enrollmentId }))
  expect(await say(learnerId)).toMatchObject({ status: 'accepted' })
  expect(await say(learnerId)).toMatchObject({ refusal: { code: 'person_erased' } })
  expect(await say(town.newId<LearnerId>())).toMatchObject({ refusal: { code: 'learner_unknown' } })
})

test.each(['resident', 'volunteer', 'viewer', 'organizer'] as const)('is not for a %s', async (role) => {
  const learnerId = await liveWholeLife()
  const outcome = await town.device(role).say('person.erase', { learnerId, reason: 'self' })
  expect(outcome).toMatchObject({ status: 'held', reason: 'not_permitted' })
})

test('takes a person with 500 attendances in far less than a minute', { timeout: 120_000 }, async () => {
  const sessionId = await town.publishSession({})
  const asked = makeEnrollment({ sessionId, ...CANARY })
  await office.push(
    office.op('enrollment.request', asked),
    office.op('enrollment.cancel', { enrollmentId: asked.enrollmentId }),
  )
  const learnerId = await learnerBy(asked.enrollmentId)
  const { sql } = town.kit.database
  const { city } = town.kit
  await sql`
    insert into sessions (city, session_id, kind, title, held_on, start_time, end_time, state, version)
    select ${city}, gen_random_uuid(), 'class', '教室', '2026-04-01'::date + n % 30, '10:00', '11:00', 'published', 1
      from generate_series(1, 500) n`
  await sql`
    insert into attendance_marks (city, mark_id, session_id, learner_id, marked_at, device_id, walk_in)
    select ${city}, gen_random_uuid(), session_id, ${learnerId}, ${NOW}, gen_random_uuid(), false
      from sessions where city = ${city} and title = '教室'`
  const before = await readTotals()
  const startedMs = performance.now()
  const outcome = await erase(learnerId)
  const tookMs = performance.now() - startedMs
  expect(outcome).toMatchObject({ status: 'accepted' })
  expect(await readTotals()).toEqual(before)
  expect(before.rows.filter((row) => row.includes('2026'))).not.toEqual([])
  expect(tookMs).toBeLessThan(60_000)
  process.stdout.write(`erasure of 500 attendances: ${Math.round(tookMs)} ms\n`)
})

const walkedIn = { name: CANARY.name, nameKana: CANARY.nameKana }

/** Signs up on a phone of their own, by telephone and in vain; comes, withdraws, is put right and is certified. */
async function liveWholeLife(): Promise<LearnerId> {
  const training = await town.publishSession({ kind: 'instructorTraining' })
  const lesson = await town.publishSession({})
  const given = await town.publishSession({})
  const closed = await town.publishSession({ enrollUntilOn: '2026-05-11' })
  const phone = town.device('resident')
  const own = makeEnrollment({ sessionId: training, ...CANARY, channel: 'web' })
  const [seat] = await phone.push(phone.op('enrollment.request', own))
  await office.push(office.op('enrollment.request', makeEnrollment({ sessionId: lesson, ...CANARY })))
  const [third] = await phone.push(phone.op('enrollment.request', makeEnrollment({ sessionId: given, ...CANARY })))
  await phone.ask(
    phone.op('enrollment.request', makeEnrollment({ sessionId: lesson, ...CANARY })), // already on the list
    phone.op('enrollment.request', makeEnrollment({ sessionId: closed, ...CANARY })),
    withdraw(phone, seat, '9999'),
    phone.op('enrollment.withdraw', { receiptNumber: '111111', phoneLast4: CANARY.phone.slice(-4) } as never),
    withdraw(phone, third, CANARY.phone.slice(-4)),
  )
  const learnerId = await learnerBy(own.enrollmentId)
  await office.push(
    office.op('attendance.mark', makeMark({ sessionId: training, learnerId })),
    office.op('attendance.mark', makeMark({ sessionId: lesson, learnerId })),
    office.op('training.certify', makeCertification({ learnerId })),
    office.op('person.correct', makeCorrection({ learnerId, ...CANARY, name: `${CANARY.name}々` })),
    office.op('person.stop', { learnerId, reason: 'self' }),
    office.op('person.resume', { learnerId, reason: 'self' }),
  )
  return learnerId
}

function withdraw(phone: TownDevice, outcome: Outcome | undefined, phoneLast4: string): Operation {
  const value = outcome?.status === 'accepted' ? outcome.value : null
  if (value === null) throw new Error('There is no booking to withdraw')
  return phone.op('enrollment.withdraw', { receiptNumber: value.receiptNumber, phoneLast4 })
}

/** Says it on a day when nothing is to come any more. */
async function erase(learnerId: LearnerId): Promise<Outcome | undefined> {
  const desk = makeTestDevice({ ...town.kit, now: () => LATER }, { role: 'admin' })
  const [outcome] = await desk.ask(desk.op('person.erase', { learnerId, reason: 'self' }, LATER))
  return outcome
}

/** Every number of the plan, year by year, and how many rows are behind it; the seats of each session. */
async function readTotals() {
  const { database, city } = town.kit
  const rows: string[] = []
  for (const year of YEARS) {
    for (const { indicator, actual, thisYearCount } of await readActuals(database.sql, city, year)) {
      const behind = await readRows(database.sql, city, indicator, year)
      rows.push(JSON.stringify([year, indicator.measure, actual, thisYearCount, behind.length]))
    }
  }
  const seats = await database.sql<{ session_id: SessionId; states: string[] }>`
    select session_id, array_agg(state order by arrival) as states from enrollments_now where city = ${city}
     group by session_id order by session_id`
  return { rows, seats }
}

async function learnerBy(enrollmentId: string): Promise<LearnerId> {
  const [row] = await town.kit.database.sql<{ learner_id: LearnerId }>`
    select learner_id from enrollments where city = ${town.kit.city} and enrollment_id = ${enrollmentId}`
  if (row === undefined) throw new Error('This sign-up gave no place')
  return row.learner_id
}

function learnerOf(said: Operation): Promise<LearnerId> {
  if (said.name !== 'enrollment.request') throw new Error('Only a sign-up has a learner')
  return learnerBy(said.payload.enrollmentId)
}
