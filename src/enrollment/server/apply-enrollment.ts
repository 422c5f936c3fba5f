import { type Booking, enroll, type EnrollFacts, type EnrollmentId } from '#enrollment/domain/enrollment.ts'
import { seatsOf } from '#enrollment/domain/seats.ts'
import type { LocalDate, LocalTime } from '#kernel/time.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import { accepted, type Apply, type ApplyContext, oneByOne, type Received, refused } from '#server/apply.ts'
import { enrollUntilOf, type SessionId, type SessionState } from '#sessions/domain/session.ts'
import { projectBooking, projectRosterEntry } from './enrollment-records.ts'
import { findOrAddLearner, isOnList } from './learner-rows.ts'
import { freeReceiptNumber } from './receipt-number.ts'

/** Answers a request for a seat. The city's row lock makes the facts read here true until commit: nothing is oversold. */
export const applyRequestEnrollment: Apply<'enrollment.request'> = oneByOne(async (received, context) => {
  const { payload } = received.operation
  const facts = await readFacts(payload.sessionId, context)
  if (facts === null) return refused({ code: 'session_unknown' })
  const learner = await findOrAddLearner(payload, context)
  if (learner.stopped) return refused({ code: 'use_stopped' })
  const alreadyEnrolled = await isOnList(payload.sessionId, learner.learnerId, context)
  const place = enroll({ ...facts, alreadyEnrolled }, context.now)
  if (!place.ok) return refused(place.error)
  const receiptNumber = await freeReceiptNumber(payload.enrollmentId, context)
  await learner.keep()
  await insertEnrollment(received, { learnerId: learner.learnerId, receiptNumber, state: place.value.state }, context)
  const position = place.value.state === 'waitlisted' ? place.value.position : null
  const booking: Booking = { ...payload, receiptNumber, state: place.value.state, position }
  projectBooking(booking, received.actor.deviceId, context)
  projectRosterEntry(payload.sessionId, { ...learner, receiptNumber, state: place.value.state }, context)
  context.touchSession(payload.sessionId)
  return accepted({ ...place.value, receiptNumber })
})

interface FactsRow {
  state: SessionState
  held_on: LocalDate | null
  start_time: LocalTime | null
  enroll_until_on: LocalDate | null
  capacity: number | null
  teacher_count: number
  taken: number
  waiting: number
}

async function readFacts(
  sessionId: SessionId,
  { sql, city, settings }: ApplyContext,
): Promise<Omit<EnrollFacts, 'alreadyEnrolled'> | null> {
  const [row] = await sql<FactsRow>`
    select s.state, s.held_on, s.start_time, s.enroll_until_on, s.capacity,
           jsonb_array_length(s.teachers) as teacher_count,
           count(*) filter (where e.state = 'enrolled')::int as taken,
           count(*) filter (where e.state = 'waitlisted')::int as waiting
      from sessions s
      left join enrollments_now e on e.city = s.city and e.session_id = s.session_id
     where s.city = ${city} and s.session_id = ${sessionId}
     group by s.city, s.session_id`
  if (row === undefined) return null
  const { held_on: heldOn, start_time: startTime, enroll_until_on: enrollUntilOn } = row
  const enrollUntil = enrollUntilOf({ heldOn, startTime, enrollUntilOn })
  if (enrollUntil === null || row.capacity === null) return null // a draft that still has gaps is nobody's business
  const seats = seatsOf({ capacity: row.capacity, teacherCount: row.teacher_count }, settings.learnersPerTeacher)
  return { state: row.state, enrollUntil, seats, seatsTaken: row.taken, waiting: row.waiting }
}

async function insertEnrollment(
  { operation, actor }: Received<'enrollment.request'>,
  given: { learnerId: LearnerId; receiptNumber: string; state: Booking['state'] },
  { sql, city, now }: ApplyContext,
): Promise<void> {
  const { enrollmentId, sessionId, channel } = operation.payload
  await sql`
    insert into enrollments (city, enrollment_id, session_id, learner_id, receipt_number, channel, device_id, requested_at)
    values (${city}, ${enrollmentId}, ${sessionId}, ${given.learnerId}, ${given.receiptNumber}, ${channel},
            ${actor.deviceId}, ${operation.at})`
  if (given.state === 'enrolled') await grantSeat(enrollmentId, { sql, city, now })
}

/** Writes down that a seat was given. From then on it is a promise: it is never taken back by a smaller capacity. */
export async function grantSeat(
  enrollmentId: EnrollmentId,
  { sql, city, now }: Pick<ApplyContext, 'sql' | 'city' | 'now'>,
): Promise<void> {
  await sql`insert into seat_grants (city, enrollment_id, granted_at) values (${city}, ${enrollmentId}, ${now})`
}
