import { Hono } from 'hono'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EnrollmentId } from '#enrollment/domain/enrollment.ts'
import type { FiscalYear } from '#kernel/fiscal-year.ts'
import { type Instant, localDateOf } from '#kernel/time.ts'
import { readActuals } from '#kpi/server/actuals.ts'
import { guardRoutes } from '#login/server/guard-routes.ts'
import type { Dossier } from '#people/domain/dossier.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import { PEOPLE_RETENTION } from '#people/server/people-retention.ts'
import { peopleRoute } from '#people/server/people-route.ts'
import { searchPeople } from '#people/server/search-people.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { readTrainees } from '#training/server/training-route.ts'
import { CANARY, tracesIn } from '../make/canary.ts'
import { makeIdentity } from '../make/device.ts'
import { dumpDatabase } from '../make/dump.ts'
import { makeCertification, makeEnrollment, makeMark, makeMerge, makeWalkIn } from '../make/payloads.ts'
import { makePlan } from '../make/plan.ts'
import { makeTown, type Town, type TownDevice } from '../make/town.ts'

const NOW = '2026-05-12T04:30:00.000Z'
const YEAR = 2026 as FiscalYear

let town: Town
let office: TownDevice
beforeEach(async () => {
  town = await makeTown({ now: NOW })
  office = town.device('admin')
  await office.push(...makePlan().map((indicator) => office.op('plan.setIndicator', indicator)))
})
afterEach(() => town.close())

test('somebody who signed up once and walked in once under another ふりがな is one person, and two again when they are separated', async () => {
  const { signedUp, walkedIn } = await makeTwoHalves()
  expect(await classes()).toEqual({ count: 3, uniqueLearners: 2 }) // both were marked at one class: the same person twice
  const merge = makeMerge({ learnerId: walkedIn, intoLearnerId: signedUp })
  await office.push(office.op('person.merge', merge))
  expect(await classes()).toEqual({ count: 2, uniqueLearners: 1 })
  await office.push(office.op('person.separate', { mergeIds: [merge.mergeId] }))
  expect(await classes()).toEqual({ count: 3, uniqueLearners: 2 })
})

test('a phone that was away taps the old entry: it is still the same person', async () => {
  const { signedUp, walkedIn, together } = await makeTwoHalves()
  await office.push(office.op('person.merge', makeMerge({ learnerId: walkedIn, intoLearnerId: signedUp })))
  const before = await classes()
  const phone = town.device('volunteer')
  const said = phone.op('attendance.mark', makeMark({ sessionId: together, learnerId: walkedIn }))
  await phone.push(said)
  expect(await classes()).toEqual(before)
  const held = (await phone.pull()).filter((record) => record.kind === 'rosterEntry').map((record) => record.id)
  expect(held).toEqual(expect.arrayContaining([signedUp, walkedIn]))
})

test('three records lead to one person, whichever two were said to be the same', async () => {
  const { signedUp, walkedIn, together } = await makeTwoHalves()
  const third = makeWalkIn({ sessionId: together })
  await office.push(office.op('attendance.walkIn', third))
  const chain = [
    makeMerge({ learnerId: third.learnerId, intoLearnerId: walkedIn }),
    makeMerge({ learnerId: walkedIn, intoLearnerId: signedUp }),
  ]
  await office.push(...chain.map((merge) => office.op('person.merge', merge)))
  expect(await classes()).toMatchObject({ uniqueLearners: 1 })
  const dossier = await readDossier(third.learnerId)
  expect(dossier.halves.map((half) => half.learnerId).toSorted()).toEqual([signedUp, walkedIn].toSorted())
  expect(dossier.merges.map((merge) => merge.mergeIds)).toEqual(chain.map((merge) => [merge.mergeId]))
})

test('a record is not merged with itself, with nobody, or with what is left of an erased person', async () => {
  const { signedUp, walkedIn } = await makeTwoHalves()
  const refusal = async (learnerId: LearnerId, intoLearnerId: LearnerId) =>
    await office.say('person.merge', makeMerge({ learnerId, intoLearnerId }))
  expect(await refusal(signedUp, signedUp)).toMatchObject({ refusal: { code: 'same_learner' } })
  expect(await refusal(signedUp, town.newId())).toMatchObject({ refusal: { code: 'learner_unknown' } })
  await office.push(office.op('person.erase', { learnerId: walkedIn, reason: 'self' }))
  expect(await refusal(signedUp, walkedIn)).toMatchObject({ refusal: { code: 'person_erased' } })
})

test('who came to training under one name is certified once, under whichever', async () => {
  const sessionId = await publishToday({ kind: 'instructorTraining' })
  const [one, other] = [makeWalkIn({ sessionId }), makeWalkIn({ sessionId })]
  await office.push(office.op('attendance.walkIn', one), office.op('attendance.walkIn', other))
  const certify = (learnerId: LearnerId) => office.say('training.certify', makeCertification({ learnerId }))
  expect(await certify(one.learnerId)).toMatchObject({ status: 'accepted' })
  await office.push(office.op('person.merge', makeMerge({ learnerId: one.learnerId, intoLearnerId: other.learnerId })))
  expect(await certify(other.learnerId)).toMatchObject({ refusal: { code: 'already_certified' } })
  expect(await readTrainees(town.kit.database.sql, town.kit.city)).toMatchObject([
    { learnerId: other.learnerId, attendedCount: 1, certification: { certifiedOn: '2026-05-12' } },
  ])
})

test('two who were certified before anybody knew count as one, by the first certificate', async () => {
  const sessionId = await publishToday({ kind: 'instructorTraining' })
  const [one, other] = [makeWalkIn({ sessionId }), makeWalkIn({ sessionId })]
  await office.push(office.op('attendance.walkIn', one), office.op('attendance.walkIn', other))
  const merge = makeMerge({ learnerId: one.learnerId, intoLearnerId: other.learnerId })
  await office.push(
    office.op('training.certify', makeCertification({ learnerId: one.learnerId, certifiedOn: '2026-05-11' })),
    office.op('training.certify', makeCertification({ learnerId: other.learnerId })),
  )
  expect((await line('certifications')).actual?.count).toBe(2)
  await office.push(office.op('person.merge', merge))
  expect((await line('certifications')).actual?.count).toBe(1)
  expect((await readDossier(other.learnerId)).certification?.certifiedOn).toBe('2026-05-11')
})

test('what is held about a person is shown and handed over with every half', async () => {
  const { signedUp, walkedIn } = await makeTwoHalves()
  await office.push(office.op('person.merge', makeMerge({ learnerId: walkedIn, intoLearnerId: signedUp })))
  for (const id of [signedUp, walkedIn]) {
    const dossier = await readDossier(id)
    expect(dossier.enrollments).toHaveLength(1)
    expect(dossier.attendances).toHaveLength(2)
    expect(dossier.erasure).toMatchObject({ enrollmentCount: 1, attendanceCount: 2 })
  }
  const csv = await (await get(`/api/people/${signedUp}/export/csv`)).text()
  expect(csv).toContain('同じ人の別の記録')
  expect(csv).toContain('べつ のな')
})

test('利用停止 of one half is 利用停止 of the person', async () => {
  const { signedUp, walkedIn } = await makeTwoHalves()
  await office.push(office.op('person.stop', { learnerId: walkedIn, reason: 'self' }))
  const again = async () =>
    office.say('enrollment.request', makeEnrollment({ sessionId: await town.publishSession({}), ...CANARY }))
  expect(await again()).toMatchObject({ status: 'accepted' })
  await office.push(office.op('person.merge', makeMerge({ learnerId: walkedIn, intoLearnerId: signedUp })))
  expect(await again()).toMatchObject({ refusal: { code: 'use_stopped' } })
  expect((await readDossier(signedUp)).person.stoppedAt).not.toBeNull()
  for (const [id, kana] of [
    [signedUp, CANARY.nameKana],
    [walkedIn, 'べつ のな'],
  ] as const) {
    const { hits } = await searchPeople(town.kit.database.sql, town.kit.city, kana)
    expect(hits.find((hit) => hit.learnerId === id)?.stopped).toBe(true)
  }
  await office.push(office.op('person.resume', { learnerId: signedUp, reason: 'self' }))
  expect(await again()).toMatchObject({ status: 'accepted' })
})

test('erasing one half erases every half, wherever their words are, and changes no total', async () => {
  const { signedUp, walkedIn } = await makeTwoHalves(CANARY)
  await office.push(office.op('person.merge', makeMerge({ learnerId: walkedIn, intoLearnerId: signedUp })))
  const before = await classes()
  const preview = (await readDossier(walkedIn)).erasure?.operationCount
  expect(tracesIn(await dumpDatabase(town.kit.database))).not.toEqual([])
  expect(await office.say('person.erase', { learnerId: walkedIn, reason: 'self' })).toMatchObject({
    refusal: { code: 'still_enrolled' }, // by the other half
  })
  await office.push(office.op('enrollment.cancel', { enrollmentId: signedUp as string as EnrollmentId }))
  await office.push(office.op('person.erase', { learnerId: walkedIn, reason: 'self' }))
  expect(tracesIn(await dumpDatabase(town.kit.database))).toEqual([])
  expect(await classes()).toEqual(before)
  const erased = await town.kit.database.sql<{ operation_count: number }>`
    select operation_count from erasures where city = ${town.kit.city}`
  expect(erased).toHaveLength(2)
  expect(erased.reduce((sum, row) => sum + row.operation_count, 0)).toBe(preview)
})

test('nobody is forgotten while another half of them is still held', async () => {
  const { signedUp } = await makeTwoHalves()
  const { sql } = town.kit.database
  const old = makeWalkIn({ sessionId: town.newId() })
  const long = town.device('volunteer')
  await long.push(long.op('attendance.walkIn', old, '2015-05-12T04:30:00.000Z' as Instant))
  await sql`update learners set created_at = '2015-05-12' where city = ${town.kit.city} and learner_id = ${old.learnerId}`
  const due = async () => {
    const days = await PEOPLE_RETENTION[0]?.readDays(sql, town.kit.city)
    return days?.filter((day) => day.lastOn < '2020-01-01').length
  }
  expect(await due()).toBe(1)
  await office.push(office.op('person.merge', makeMerge({ learnerId: old.learnerId, intoLearnerId: signedUp })))
  expect(await due()).toBe(0)
})

/** Signed up for one class and came to it, walked into that class and another one under another name. */
async function makeTwoHalves(words: Pick<typeof CANARY, 'name' | 'nameKana' | 'phone'> = CANARY) {
  const together = await publishToday({})
  const alone = await publishToday({})
  const asked = makeEnrollment({ sessionId: together, ...words })
  const signedUp = asked.enrollmentId as string as LearnerId
  const walkIn = makeWalkIn({ sessionId: alone, name: words.name, nameKana: 'べつ のな' })
  await office.push(
    office.op('enrollment.request', asked),
    office.op('attendance.mark', makeMark({ sessionId: together, learnerId: signedUp })),
    office.op('attendance.walkIn', walkIn),
    office.op('attendance.mark', makeMark({ sessionId: together, learnerId: walkIn.learnerId })),
  )
  return { signedUp, walkedIn: walkIn.learnerId, together }
}

/** Of this afternoon: one may still sign up, and is early. */
function publishToday(wanted: Parameters<Town['publishSession']>[0]): Promise<SessionId> {
  return town.publishSession({
    heldOn: localDateOf(town.kit.now()),
    startTime: '15:00',
    endTime: '16:00',
    enrollUntilOn: null,
    ...wanted,
  })
}

async function line(measure: string) {
  const counted = await readActuals(town.kit.database.sql, town.kit.city, YEAR)
  const found = counted.find((one) => one.indicator.measure === measure)
  if (found === undefined) throw new Error(`The plan has no ${measure}`)
  return found
}
const classes = async () => (await line('classAttendances')).actual

function get(path: string) {
  const kit = { ...town.kit, whoIs: async () => makeIdentity('admin') }
  return new Hono().use(guardRoutes(kit)).route('/', peopleRoute(kit)).request(path)
}
const readDossier = async (id: LearnerId) => (await (await get(`/api/people/${id}`)).json()) as Dossier
