import { timingSafeEqual } from 'node:crypto'
import type { EnrollmentId } from '#enrollment/domain/enrollment.ts'
import type { BookingKey, OwnBooking } from '#enrollment/domain/own-booking.ts'
import type { LocalDate, LocalTime } from '#kernel/time.ts'
import type { Sql } from '#server/database.ts'

const NO_DIGITS = '\0\0\0\0'

/** The enrollment behind a 受付番号 and the last four digits of its phone number; `null` when either is wrong. The work is the same
 *  in all three cases, so that nobody can tell from it which. */
export async function findOwnBooking(
  { sql, city }: { readonly sql: Sql; readonly city: string },
  { receiptNumber, phoneLast4 }: BookingKey,
): Promise<{ readonly enrollmentId: EnrollmentId } | null> {
  const [row] = await sql<{ enrollment_id: EnrollmentId; last4: string | null }>`
    select e.enrollment_id, right(l.phone, 4) as last4
      from enrollments e join learners l on l.city = e.city and l.learner_id = e.learner_id
     where e.city = ${city} and e.receipt_number = ${receiptNumber}`
  const isSame = timingSafeEqual(asFour(row?.last4 ?? NO_DIGITS), asFour(phoneLast4))
  return isSame && row !== undefined ? { enrollmentId: row.enrollment_id } : null
}

function asFour(digits: string): Buffer {
  return Buffer.from(digits.padEnd(NO_DIGITS.length, '\0').slice(0, NO_DIGITS.length))
}

interface BookingRow {
  receipt_number: OwnBooking['receiptNumber']
  state: OwnBooking['state']
  position: number | null
  title: string
  held_on: LocalDate
  start_time: LocalTime
  end_time: LocalTime
  starts_at: OwnBooking['session']['startsAt']
  note: string | null
  cancelled: boolean
  venue_name: string | null
  venue_address: string | null
}

/** What its holder may see of a booking. */
export async function readOwnBooking(
  { sql, city }: { readonly sql: Sql; readonly city: string },
  enrollmentId: EnrollmentId,
): Promise<OwnBooking | null> {
  const [row] = await sql<BookingRow>`
    select e.receipt_number, e.state, e.position::int, s.title, s.held_on, s.start_time, s.end_time, s.starts_at, s.note,
           s.state = 'cancelled' as cancelled, v.name as venue_name, v.address as venue_address
      from enrollments_now e
      join sessions s on s.city = e.city and s.session_id = e.session_id
      left join venues v on v.city = s.city and v.venue_id = s.venue_id
     where e.city = ${city} and e.enrollment_id = ${enrollmentId}`
  if (row === undefined) return null
  const { receipt_number: receiptNumber, state, position, title, note, cancelled } = row
  const [startTime, endTime] = [row.start_time, row.end_time]
  const venue = { venueName: row.venue_name ?? '', venueAddress: row.venue_address }
  const session = { title, heldOn: row.held_on, startTime, endTime, startsAt: row.starts_at, ...venue, note, cancelled }
  return { receiptNumber, state, position, session }
}

/** The booking of whoever knows its number and the last digits; `null` when either is wrong. */
export async function lookUpBooking(
  town: { readonly sql: Sql; readonly city: string },
  key: BookingKey,
): Promise<OwnBooking | null> {
  const found = await findOwnBooking(town, key)
  return found && readOwnBooking(town, found.enrollmentId)
}
