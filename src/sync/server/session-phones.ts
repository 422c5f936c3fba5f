import { type Instant, localDateOf, type LocalDate } from '#kernel/time.ts'
import type { Sql } from '#server/database.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { hasHandedIn, type SessionPhone, type SessionPhones } from '#sync/domain/device-ledger.ts'

interface Asked {
  readonly city: string
  readonly now: Instant
  readonly sessionId: SessionId
}

interface SessionRow {
  readonly heldOn: LocalDate | null
  /** Without a time, the end of its day. */
  readonly overAt: Instant | null
}

/** The phones that have the list of a session or have marked somebody at it, and whether each has brought everything. `null`: no such
 *  session. */
export async function readSessionPhones(sql: Sql, asked: Asked): Promise<SessionPhones | null> {
  const { city, now, sessionId } = asked
  const [session] = await sql<SessionRow>`
    select held_on as "heldOn", coalesce(ends_at, (held_on + 1)::timestamp at time zone 'Asia/Tokyo') as "overAt"
      from sessions where city = ${city} and session_id = ${sessionId}`
  if (session === undefined) return null
  const { heldOn, overAt } = session
  if (heldOn === null || overAt === null || heldOn > localDateOf(now)) return { state: 'before', phones: [] }
  return { state: now < overAt ? 'today' : 'over', phones: await readPhones(sql, asked, overAt) }
}

/** A list that a phone let go of before the end is expected of it no more; what it had marked by then is. */
async function readPhones(sql: Sql, { city, sessionId }: Asked, overAt: Instant): Promise<readonly SessionPhone[]> {
  const rows = await sql<Omit<SessionPhone, 'isIn'>>`
    with expected as (
      select p.device_id from pairing_lists l join pairings p using (city, pairing_id)
       where l.city = ${city} and l.session_id = ${sessionId} and (l.until_at is null or l.until_at >= ${overAt})
      union
      select device_id from attendance_marks where city = ${city} and session_id = ${sessionId})
    select d.device_id as "deviceId", coalesce(i.name, s.name) as name, d.last_contact_at as "lastContactAt",
           d.unsent_count as "unsentCount",
           case when i.name is not null then 'phone' when s.name is not null then 'office' else 'demo' end as holder
      from expected e
      join devices d on d.city = ${city} and d.device_id = e.device_id
      left join lateral (select instructor_id from pairings
                          where city = d.city and device_id = d.device_id
                          order by ended_at desc nulls first limit 1) p on true
      left join instructors i on i.city = d.city and i.instructor_id = p.instructor_id
      left join staff s on s.city = d.city and s.staff_id = d.staff_id
     order by i.name_kana nulls last, name, d.device_id`
  return rows.map((row) => ({ ...row, isIn: hasHandedIn(row, overAt) }))
}
