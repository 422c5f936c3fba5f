import type { Instant, LocalDate } from '#kernel/time.ts'
import { localDateOf, plusDays } from '#kernel/time.ts'
import { hasRole } from '#login/domain/identity.ts'
import { PHONE_PEOPLE_MAX } from '#login/domain/pairing-limits.ts'
import { DESK, OFFICE, STAFF_ROLES } from '#login/domain/roles.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import type { Actor } from '#server/apply.ts'
import type { ServerKit } from '#server/kit.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { bucketOf } from '#sessions/domain/session-bucket.ts'
import type { Bucket } from '#sync/domain/device-record.ts'

const ROSTER_DAYS = 1 // source: docs/rules.md#rosters-on-phones: from the day before to the day after

/** What a device may hold now. A bucket that is missing here is wiped from it at its next contact. */
export async function grantedBuckets(kit: ServerKit, actor: Actor): Promise<readonly Bucket[]> {
  const granted: Bucket[] = ['public', `device:${actor.deviceId}`]
  if (hasRole(actor, DESK)) granted.push('hall')
  if (STAFF_ROLES.some((role) => role === actor.role)) granted.push('office')
  return [...granted, ...(await readLists(kit, actor)).map(bucketOf)]
}

/** The sessions of these days whose lists of people this actor may hold. */
async function readLists(kit: ServerKit, actor: Actor): Promise<readonly SessionId[]> {
  if (!hasRole(actor, DESK)) return []
  const today = localDateOf(kit.now())
  const days = { from: plusDays(today, -ROSTER_DAYS), until: plusDays(today, ROSTER_DAYS) }
  return OFFICE.includes(actor.role) ? readAllLists(kit, days) : readNearLists(kit, days, actor.instructorId)
}

interface Days {
  readonly from: LocalDate
  readonly until: LocalDate
}
interface ListRow {
  session_id: SessionId
}

async function readAllLists({ database, city }: ServerKit, { from, until }: Days): Promise<readonly SessionId[]> {
  const rows = await database.sql<ListRow>`
    select session_id from sessions where city = ${city} and state <> 'draft' and held_on between ${from} and ${until}`
  return rows.map((row) => row.session_id)
}

/** The sessions somebody teaches or helps at, the nearest in time first, with no more people than a phone may hold; the nearest always.
 *  `null`: a helper of demo mode, who helps at all of them. */
async function readNearLists(
  { database, city, now }: ServerKit,
  { from, until }: Days,
  instructorId: InstructorId | null,
): Promise<readonly SessionId[]> {
  const at: Instant = now()
  const assigned = instructorId === null ? '[]' : JSON.stringify([{ instructorId }])
  const rows = await database.sql<ListRow>`
    with mine as (
      select s.session_id, s.starts_at is null as no_time,
             greatest(s.starts_at - ${at}::timestamptz, ${at}::timestamptz - s.ends_at, interval '0') as away,
             (select count(*) from device_records r
               where r.city = s.city and r.bucket = 'session:' || s.session_id and r.kind = 'rosterEntry'
                 and r.body is not null) as people
        from sessions s
       where s.city = ${city} and s.state <> 'draft' and s.held_on between ${from} and ${until}
         and coalesce(s.ends_at, ${at}) + interval '24 hours' > ${at}::timestamptz -- docs/rules.md#phone-lock: what a phone would erase at once
         and s.teachers @> ${assigned}::jsonb),
    queued as (
      select session_id, row_number() over nearest as place, sum(people) over nearest as people
        from mine window nearest as (order by no_time, away, session_id rows unbounded preceding))
    select session_id from queued where place = 1 or people <= ${PHONE_PEOPLE_MAX} order by place`
  return rows.map((row) => row.session_id)
}
