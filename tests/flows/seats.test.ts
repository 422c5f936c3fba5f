import { beforeAll, expect, test } from 'vitest'
import type { Outcome } from '#sync/domain/protocol.ts'
import { makeTown, type Town } from '../make/town.ts'

let town: Town
beforeAll(async () => {
  town = await makeTown({ now: '2026-05-01T00:00:00.000Z' })
  return () => town.close()
})

test('200 people ask for 10 seats at once: exactly 10 get one, the rest wait in the order of arrival', async () => {
  const sessionId = await town.publishSession({ capacity: 10, teacherCount: 3 })
  const outcomes = await Promise.all(
    Array.from({ length: 200 }, () => town.device('resident').say('enrollment.request', town.request({ sessionId }))),
  )
  expect(outcomes.filter(hasState('enrolled'))).toHaveLength(10)
  const positions = outcomes.flatMap((outcome) => positionOf(outcome) ?? [])
  expect(positions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 190 }, (_, index) => index + 1))
  const rows = await town.kit.database.sql<{ state: string; position: number | null }>`
    select state, position::int from enrollments_now
     where city = ${town.kit.city} and session_id = ${sessionId} order by arrival`
  expect(rows.slice(0, 10).every((row) => row.state === 'enrolled')).toBe(true)
  expect(rows.slice(10).map((row) => row.position)).toEqual(Array.from({ length: 190 }, (_, index) => index + 1))
})

test('seats are never more than four for each instructor and assistant', async () => {
  const sessionId = await town.publishSession({ capacity: 20, teacherCount: 1 })
  const outcomes: Outcome[] = []
  for (let index = 0; index < 6; index++) {
    outcomes.push(await town.device('resident').say('enrollment.request', town.request({ sessionId })))
  }
  expect(outcomes.filter(hasState('enrolled'))).toHaveLength(4)
  expect(outcomes.flatMap((outcome) => positionOf(outcome) ?? [])).toEqual([1, 2])
})

test('a seat that is given back goes to whoever waits longest, and their own device is told', async () => {
  const sessionId = await town.publishSession({ capacity: 1, teacherCount: 1 })
  const [first, second] = [town.request({ sessionId }), town.request({ sessionId })]
  await town.device('resident').say('enrollment.request', first)
  const waiting = town.device('resident')
  expect(positionOf(await waiting.say('enrollment.request', second))).toBe(1)
  await town.device('organizer').say('enrollment.cancel', { enrollmentId: first.enrollmentId })
  const held = await waiting.pull()
  expect(held).toContainEqual(
    expect.objectContaining({ kind: 'booking', body: expect.objectContaining({ state: 'enrolled', position: null }) }),
  )
})

test('a seat once promised is kept when the capacity shrinks, and more seats go to those who wait', async () => {
  const sessionId = await town.publishSession({ capacity: 3, teacherCount: 1 })
  for (let index = 0; index < 5; index++) {
    await town.device('resident').say('enrollment.request', town.request({ sessionId }))
  }
  await town.editSession(sessionId, { capacity: 1 })
  expect(await town.states(sessionId)).toEqual(['enrolled', 'enrolled', 'enrolled', 'waitlisted', 'waitlisted'])
  await town.editSession(sessionId, { capacity: 4 })
  expect(await town.states(sessionId)).toEqual(['enrolled', 'enrolled', 'enrolled', 'enrolled', 'waitlisted'])
})

test('the same person asking twice is told so and takes no second seat', async () => {
  const sessionId = await town.publishSession({ capacity: 5, teacherCount: 2 })
  const asked = town.request({ sessionId })
  await town.device('resident').say('enrollment.request', asked)
  const again = { ...town.request({ sessionId }), nameKana: asked.nameKana, phone: asked.phone }
  const outcome = await town.device('organizer').say('enrollment.request', { ...again, channel: 'phone' })
  expect(outcome).toMatchObject({ status: 'refused', refusal: { code: 'already_enrolled' } })
})

test('nobody signs up for a draft, for a cancelled session, or after the last day', async () => {
  const organizer = town.device('organizer')
  const draft = await town.createSession({ capacity: 5, teacherCount: 1 })
  const cancelled = await town.publishSession({ capacity: 5, teacherCount: 1 })
  await organizer.say('session.cancel', { sessionId: cancelled, reason: '台風のため' })
  const closed = await town.publishSession({ capacity: 5, teacherCount: 1, enrollUntilOn: '2026-04-30' })
  const ask = (sessionId: typeof draft) =>
    town.device('resident').say('enrollment.request', town.request({ sessionId }))
  expect(await ask(draft)).toMatchObject({ refusal: { code: 'session_unknown' } })
  expect(await ask(cancelled)).toMatchObject({ refusal: { code: 'session_cancelled' } })
  expect(await ask(closed)).toMatchObject({ refusal: { code: 'deadline_passed' } })
})

function hasState(state: string): (outcome: Outcome) => boolean {
  return (outcome) => outcome.status === 'accepted' && outcome.value?.state === state
}

function positionOf(outcome: Outcome): number | null {
  return outcome.status === 'accepted' && outcome.value?.state === 'waitlisted' ? outcome.value.position : null
}
