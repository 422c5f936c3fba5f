import { type Booking, type EnrollmentId, type ReceiptNumber } from '#enrollment/domain/enrollment.ts'
import { seatsOf } from '#enrollment/domain/seats.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import type { ApplyContext } from '#server/apply.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { grantSeat } from './apply-enrollment.ts'
import { projectBooking, projectRosterEntry } from './enrollment-records.ts'

interface WaitingRow {
  session_id: SessionId
  enrollment_id: EnrollmentId
  learner_id: LearnerId
  device_id: Uuid
  receipt_number: ReceiptNumber
  position: number
  told_position: number | null
  name: string | null
  name_kana: string
  capacity: number
  teacher_count: number
  taken: number
}

/** Gives the free seats of each touched session to those who wait, longest first, and tells those who still wait their new
 *  place. Whoever already knows their place is left alone: one more request must not cost a word to each who waits. */
export async function applySeats(sessionIds: readonly SessionId[], context: ApplyContext): Promise<void> {
  const { sql, city, settings } = context
  const waiting = await sql<WaitingRow>`
    with places as (
      select e.*, (count(*) filter (where e.state = 'enrolled') over (partition by e.session_id))::int as taken
        from enrollments_now e where e.city = ${city} and e.session_id = any(${sessionIds}))
    select p.session_id, p.enrollment_id, p.learner_id, p.device_id, p.receipt_number, p.position::int, p.taken,
           l.name, l.name_kana, s.capacity, jsonb_array_length(s.teachers) as teacher_count,
           (told.body ->> 'position')::int as told_position
      from places p
      join sessions s on s.city = p.city and s.session_id = p.session_id and s.state = 'published'
      join learners l on l.city = p.city and l.learner_id = p.learner_id
      left join device_records told on told.city = p.city and told.bucket = 'device:' || p.device_id
           and told.kind = 'booking' and told.id = p.enrollment_id::text
     where p.state = 'waitlisted'
     order by p.session_id, p.arrival`
  for (const row of waiting) {
    const seats = seatsOf({ capacity: row.capacity, teacherCount: row.teacher_count }, settings.learnersPerTeacher)
    const free = Math.max(0, seats - row.taken)
    const position = row.position - free
    if (position <= 0) {
      await grantSeat(row.enrollment_id, context)
      tell(row, { state: 'enrolled', position: null }, context)
    } else if (position !== row.told_position) {
      tell(row, { state: 'waitlisted', position }, context)
    }
  }
}

function tell(row: WaitingRow, place: Pick<Booking, 'state' | 'position'>, context: ApplyContext): void {
  const { session_id: sessionId, enrollment_id: enrollmentId, receipt_number: receiptNumber } = row
  projectBooking({ enrollmentId, sessionId, receiptNumber, ...place }, row.device_id, context)
  const person = { learnerId: row.learner_id, name: row.name, nameKana: row.name_kana }
  projectRosterEntry(sessionId, { ...person, receiptNumber, state: place.state }, context)
}
