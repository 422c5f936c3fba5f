import { fiscalYearOf } from '#kernel/fiscal-year.ts'
import { type Instant, type LocalDate, localDateOf, plusDays } from '#kernel/time.ts'
import { dayParts } from '#kernel/wareki.ts'
import { learnerKey } from '#people/domain/same-learner.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import type { PayloadOf } from '#sync/domain/protocol.ts'
import { LEARNERS_PER_TEACHER, seatsOf } from '#enrollment/domain/seats.ts'
import { aroundTime, earliest, type Speaker } from './demo-act.ts'
import type { PlannedSession } from './demo-calendar.ts'
import { makePeople, type Person, RARE_PEOPLE } from './names.ts'
import { makeEnrollment } from './payloads.ts'

/** One person asking for a place. */
export interface SignUp {
  readonly session: PlannedSession
  readonly payload: PayloadOf<'enrollment.request'>
  readonly by: Speaker
  readonly at: Instant
  readonly givenBackAt: Instant | null
}

/** Who is on the list of a session when it begins, and what they hold. */
export interface Seat {
  readonly signUp: SignUp
  readonly learnerId: LearnerId
  readonly state: 'enrolled' | 'waitlisted'
}

const people = makePeople()
const TRAINEES = people.slice(-20) // the youngest of the list: they do not come as learners

/** The day on which a session's cancellation is announced. */
export function cancelledOn({ fields: { heldOn } }: PlannedSession, today: LocalDate): LocalDate {
  return heldOn === null ? plusDays(today, -1) : earliest(plusDays(heldOn, -2), plusDays(today, -1))
}

/** Who asks for a place, when and how: most of them soon after the town's paper came. Nobody acts today or later. */
export function planSignUps(session: PlannedSession, today: LocalDate): readonly SignUp[] {
  const { fields, chance, announcedAt } = session
  if (fields.heldOn === null || session.state === 'draft') return []
  const firstOn = localDateOf(announcedAt)
  const dayBefore = earliest(plusDays(fields.heldOn, -1), plusDays(today, -1), fields.enrollUntilOn ?? today)
  const lastOn =
    session.state === 'cancelled' ? earliest(dayBefore, plusDays(cancelledOn(session, today), -1)) : dayBefore
  const spanDays = (Date.parse(lastOn) - Date.parse(firstOn)) / 86_400_000
  const signUps = whoAsks(session).map((person) => {
    const soon = chance.int(0, 1000) / 1001
    const on = plusDays(firstOn, Math.floor(soon * soon * (spanDays + 1)))
    return signUp(session, person, on)
  })
  const inOrder = [...signUps].sort(byArrival)
  const givenBackAt = aroundTime(chance, lastOn, '16:05', 30)
  return inOrder.map((one, place) =>
    place < session.givenBackCount && one.at < givenBackAt ? { ...one, givenBackAt } : one,
  )
}

function whoAsks(session: PlannedSession): readonly Person[] {
  const { chance, fields, wantedCount } = session
  if (session.withRarePeople) return RARE_PEOPLE.slice(0, wantedCount)
  if (fields.kind === 'instructorTraining') {
    const from = fiscalYearOf(fields.heldOn ?? ('2026-04-01' as LocalDate)) % 2 === 0 ? 10 : 0
    return TRAINEES.slice(from, from + wantedCount) // each year's course is one group
  }
  const [from, to] = fields.kind === 'helpDesk' ? [20, 150] : [0, 120]
  return chance.sample(people.slice(from, to), wantedCount)
}

const CHANNELS = ['phone', 'phone', 'phone', 'phone', 'phone', 'counter', 'counter', 'family', 'paper', 'web'] as const

function signUp(session: PlannedSession, person: Person, on: LocalDate): SignUp {
  const { chance } = session
  const channel = chance.pick(CHANNELS)
  const atHome = channel === 'web'
  const at = atHome ? aroundTime(chance, on, '19:00', 150) : aroundTime(chance, officeDay(session, on), '09:30', 380)
  const enrollmentId = chance.newId(Date.parse(at))
  const payload = makeEnrollment({ enrollmentId, sessionId: session.sessionId, ...person, channel })
  return { session, payload, by: atHome ? `home ${person.phone}` : 'office', at, givenBackAt: null }
}

/** The day, or the Friday before when the office is closed and people already knew. */
function officeDay({ announcedAt }: PlannedSession, on: LocalDate): LocalDate {
  const friday = plusDays(on, { 0: -2, 6: -1 }[dayParts(on).weekday as number] ?? 0)
  return friday < localDateOf(announcedAt) ? on : friday
}

/** Sign-ups in the order in which they reach the server. */
export function byArrival(a: SignUp, b: SignUp): number {
  return a.at < b.at ? -1 : a.at > b.at ? 1 : 0
}

/** The list of each session as the helpers find it. `signUps` are all of the town's, by arrival. */
export function seatsBySession(signUps: readonly SignUp[]): ReadonlyMap<PlannedSession, readonly Seat[]> {
  const known = new Map<string, LearnerId>()
  const seats = new Map<PlannedSession, Seat[]>()
  for (const one of signUps) {
    const { session, payload } = one
    const key = learnerKey(payload.nameKana, payload.phone)
    const learnerId = known.get(key) ?? (payload.enrollmentId as string as LearnerId) // as the server names a new person
    known.set(key, learnerId)
    if (one.givenBackAt !== null) continue
    const list = seats.get(session) ?? []
    const room = { capacity: session.fields.capacity ?? 0, teacherCount: session.fields.teachers.length }
    const state = list.length < seatsOf(room, LEARNERS_PER_TEACHER) ? 'enrolled' : 'waitlisted'
    seats.set(session, [...list, { signUp: one, learnerId, state }])
  }
  return seats
}
