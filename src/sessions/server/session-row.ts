import type { LocalDate, LocalTime } from '#kernel/time.ts'
import type { Sql } from '#server/database.ts'
import type { Session, SessionId } from '#sessions/domain/session.ts'

/** A row of `sessions` as the database gives it. */
interface SessionRow {
  session_id: SessionId
  kind: Session['kind']
  title: string
  venue_id: Session['venueId']
  held_on: LocalDate | null
  start_time: LocalTime | null
  end_time: LocalTime | null
  capacity: number | null
  teachers: Session['teachers']
  enroll_until_on: LocalDate | null
  note: string | null
  state: Session['state']
  cancel_reason: string | null
  source: Session['source']
  version: number
}

/** One session and the version of its last change; `null` when the city has no such session. */
export async function readSession(
  sql: Sql,
  city: string,
  sessionId: SessionId,
): Promise<{ session: Session; version: number } | null> {
  const [row] = await sql<SessionRow>`
    select session_id, kind, title, venue_id, held_on, start_time, end_time, capacity, teachers, enroll_until_on, note,
           state, cancel_reason, source, version
      from sessions where city = ${city} and session_id = ${sessionId}`
  return row === undefined ? null : { session: sessionOf(row), version: row.version }
}

function sessionOf(row: SessionRow): Session {
  return {
    sessionId: row.session_id,
    kind: row.kind,
    title: row.title,
    venueId: row.venue_id,
    heldOn: row.held_on,
    startTime: row.start_time,
    endTime: row.end_time,
    capacity: row.capacity,
    teachers: row.teachers,
    enrollUntilOn: row.enroll_until_on,
    note: row.note,
    state: row.state,
    cancelReason: row.cancel_reason,
    source: row.source,
  }
}

/** Writes the whole session under a version of the change feed. Where nothing differs it keeps its version, as the feed does:
 *  devices go on from what they hold. */
export async function writeSession(sql: Sql, city: string, session: Session, version: number): Promise<void> {
  await sql`
    insert into sessions (city, session_id, kind, title, venue_id, held_on, start_time, end_time, capacity, teachers,
                          enroll_until_on, note, state, cancel_reason, source, version)
    values (${city}, ${session.sessionId}, ${session.kind}, ${session.title}, ${session.venueId}, ${session.heldOn},
            ${session.startTime}, ${session.endTime}, ${session.capacity}, ${JSON.stringify(session.teachers)}::jsonb,
            ${session.enrollUntilOn}, ${session.note}, ${session.state}, ${session.cancelReason},
            ${session.source === null ? null : JSON.stringify(session.source)}::jsonb, ${version})
    on conflict (city, session_id) do update set
      kind = excluded.kind, title = excluded.title, venue_id = excluded.venue_id, held_on = excluded.held_on,
      start_time = excluded.start_time, end_time = excluded.end_time, capacity = excluded.capacity,
      teachers = excluded.teachers, enroll_until_on = excluded.enroll_until_on, note = excluded.note,
      state = excluded.state, cancel_reason = excluded.cancel_reason, source = excluded.source, version = excluded.version
    where (sessions.kind, sessions.title, sessions.venue_id, sessions.held_on, sessions.start_time, sessions.end_time,
           sessions.capacity, sessions.teachers, sessions.enroll_until_on, sessions.note, sessions.state,
           sessions.cancel_reason, sessions.source)
          is distinct from
          (excluded.kind, excluded.title, excluded.venue_id, excluded.held_on, excluded.start_time, excluded.end_time,
           excluded.capacity, excluded.teachers, excluded.enroll_until_on, excluded.note, excluded.state,
           excluded.cancel_reason, excluded.source)`
}
