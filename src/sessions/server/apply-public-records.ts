import { invariant } from '#kernel/invariant.ts'
import type { Instant, LocalDate, LocalTime } from '#kernel/time.ts'
import { seatsOf } from '#enrollment/domain/seats.ts'
import type { ApplyContext } from '#server/apply.ts'
import type { PublicSession } from '#sessions/domain/public-session.ts'
import { enrollUntilOf, type SessionId, type SessionKind, type SessionState } from '#sessions/domain/session.ts'

interface PublicRow {
  session_id: SessionId
  kind: SessionKind
  title: string
  venue_name: string | null
  venue_address: string | null
  held_on: LocalDate | null
  start_time: LocalTime | null
  end_time: LocalTime | null
  starts_at: Instant | null
  ends_at: Instant | null
  enroll_until_on: LocalDate | null
  note: string | null
  state: SessionState
  capacity: number
  teacher_count: number
  taken: number
  waiting: number
}

/** Makes the public record of each touched session anew. A draft has none; neither has one that was cancelled before anybody saw it. */
export async function applyPublicRecords(sessionIds: readonly SessionId[], context: ApplyContext): Promise<void> {
  const { sql, city, project, settings } = context
  const rows = await sql<PublicRow>`
    select s.session_id, s.kind, s.title, v.name as venue_name, v.address as venue_address, s.held_on, s.start_time,
           s.end_time, s.starts_at, s.ends_at, s.enroll_until_on, s.note, s.state, s.capacity,
           jsonb_array_length(s.teachers) as teacher_count,
           count(*) filter (where e.state = 'enrolled')::int as taken,
           count(*) filter (where e.state = 'waitlisted')::int as waiting
      from sessions s
      left join venues v on v.city = s.city and v.venue_id = s.venue_id
      left join enrollments_now e on e.city = s.city and e.session_id = s.session_id
           and e.session_id = any(${sessionIds}) -- said again for the view: else it numbers the waiting of every session
     where s.city = ${city} and s.session_id = any(${sessionIds}) and s.state <> 'draft'
     group by s.city, s.session_id, v.city, v.venue_id`
  for (const row of rows) {
    const body = publicSessionOf(row, settings.learnersPerTeacher)
    if (body !== null) project('public', 'publicSession', row.session_id, body)
  }
}

function publicSessionOf(row: PublicRow, learnersPerTeacher: number): PublicSession | null {
  const { held_on: heldOn, start_time: startTime, end_time: endTime, starts_at: startsAt, ends_at: endsAt } = row
  const whole = heldOn !== null && startTime !== null && endTime !== null && row.venue_name !== null
  if (!whole || startsAt === null || endsAt === null) {
    invariant(row.state === 'cancelled', 'a published session has a venue, a day and times')
    return null
  }
  const enrollUntil = enrollUntilOf({ heldOn, startTime, enrollUntilOn: row.enroll_until_on })
  const seats = seatsOf({ capacity: row.capacity, teacherCount: row.teacher_count }, learnersPerTeacher)
  return {
    sessionId: row.session_id,
    kind: row.kind,
    title: row.title,
    venueName: row.venue_name ?? '',
    venueAddress: row.venue_address,
    heldOn,
    startTime,
    endTime,
    startsAt,
    endsAt,
    enrollUntil: enrollUntil ?? startsAt,
    note: row.note,
    cancelled: row.state === 'cancelled',
    seats,
    seatsLeft: Math.max(0, seats - row.taken),
    waiting: row.waiting,
  }
}
