import type { Instant } from '#kernel/time.ts'
import type { Sql } from '#server/database.ts'
import type { PublicSession } from '#sessions/domain/public-session.ts'
import type { SessionId } from '#sessions/domain/session.ts'

const LISTED_MAX = 100 // half a year of a busy city; a page nobody can scroll through helps nobody

/** What is on: every announced session that has not ended, the next one first. */
export async function readUpcoming(sql: Sql, city: string, now: Instant): Promise<readonly PublicSession[]> {
  const rows = await sql<{ body: PublicSession }>`
    select body from device_records
     where city = ${city} and bucket = 'public' and kind = 'publicSession' and body is not null and body ->> 'endsAt' > ${now}
     order by body ->> 'startsAt', id
     limit ${LISTED_MAX}`
  return rows.map((row) => row.body)
}

/** One announced session; `null` when there is none. */
export async function readPublicSession(sql: Sql, city: string, sessionId: SessionId): Promise<PublicSession | null> {
  const [row] = await sql<{ body: PublicSession }>`
    select body from device_records
     where city = ${city} and bucket = 'public' and kind = 'publicSession' and id = ${sessionId} and body is not null`
  return row?.body ?? null
}
