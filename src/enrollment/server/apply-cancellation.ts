import type { Booking, EnrollmentId } from '#enrollment/domain/enrollment.ts'
import { withdraw } from '#enrollment/domain/own-booking.ts'
import type { Instant } from '#kernel/time.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import { ACCEPTED, type Apply, type ApplyContext, oneByOne, type Received, refused } from '#server/apply.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { projectBooking, projectRosterEntry } from './enrollment-records.ts'
import { findOwnBooking } from './own-booking.ts'

/** The office gives a place back. */
export const applyCancelEnrollment: Apply<'enrollment.cancel'> = oneByOne(async ({ operation }, context) => {
  const { enrollmentId } = operation.payload
  const row = await readRow(enrollmentId, context)
  if (row === undefined) return refused({ code: 'enrollment_unknown' })
  if (row.cancelled) return refused({ code: 'already_cancelled' })
  await giveBack(enrollmentId, row, context)
  return ACCEPTED
})

/** The person gives their own place back, with its number and the last digits of their phone. */
export const applyWithdrawEnrollment: Apply<'enrollment.withdraw'> = oneByOne(async ({ operation }, context) => {
  const found = await findOwnBooking(context, operation.payload)
  const row = found && (await readRow(found.enrollmentId, context))
  if (!found || !row) return refused({ code: 'booking_unknown' })
  const decision = withdraw({ isCancelled: row.cancelled, startsAt: row.starts_at }, context.now)
  if (!decision.ok) return refused(decision.error)
  await giveBack(found.enrollmentId, row, context)
  return ACCEPTED
})

interface EnrollmentRow {
  session_id: SessionId
  learner_id: LearnerId
  receipt_number: Booking['receiptNumber']
  device_id: Received<'enrollment.request'>['actor']['deviceId']
  cancelled: boolean
  name: string | null
  name_kana: string
  starts_at: Instant
}

async function readRow(enrollmentId: EnrollmentId, { sql, city }: ApplyContext): Promise<EnrollmentRow | undefined> {
  const [row] = await sql<EnrollmentRow>`
    select e.session_id, e.learner_id, e.receipt_number, e.device_id, l.name, l.name_kana, s.starts_at,
           exists (select 1 from enrollment_cancellations c
                    where c.city = e.city and c.enrollment_id = e.enrollment_id) as cancelled
      from enrollments e
      join learners l on l.city = e.city and l.learner_id = e.learner_id
      join sessions s on s.city = e.city and s.session_id = e.session_id
     where e.city = ${city} and e.enrollment_id = ${enrollmentId}`
  return row
}

/** Writes the cancellation down and tells everybody concerned. The seat goes to whoever waits longest, in the same transaction. */
async function giveBack(enrollmentId: EnrollmentId, row: EnrollmentRow, context: ApplyContext): Promise<void> {
  const { session_id: sessionId, receipt_number: receiptNumber } = row
  const { sql, city, now } = context
  await sql`
    insert into enrollment_cancellations (city, enrollment_id, cancelled_at) values (${city}, ${enrollmentId}, ${now})`
  projectBooking({ enrollmentId, sessionId, receiptNumber, state: 'cancelled', position: null }, row.device_id, context)
  const person = { learnerId: row.learner_id, name: row.name, nameKana: row.name_kana }
  projectRosterEntry(sessionId, { ...person, receiptNumber, state: 'cancelled' }, context)
  context.touchSession(sessionId)
}
