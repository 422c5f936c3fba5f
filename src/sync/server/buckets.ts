import { localDateOf, plusDays } from '#kernel/time.ts'
import { hasRole } from '#login/domain/identity.ts'
import { STAFF_ROLES } from '#login/domain/roles.ts'
import type { Actor } from '#server/apply.ts'
import type { ServerKit } from '#server/kit.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { bucketOf } from '#sessions/domain/session-bucket.ts'
import type { Bucket } from '#sync/domain/device-record.ts'

const ROSTER_DAYS = 1 // source: docs/rules.md#rosters-on-phones: from the day before to the day after

/** What a device may hold now. A bucket that is missing here is wiped from it at its next contact. */
export async function grantedBuckets({ database, city, now }: ServerKit, actor: Actor): Promise<readonly Bucket[]> {
  const own: readonly Bucket[] = ['public', `device:${actor.deviceId}`]
  if (actor.role === 'resident') return own
  const today = localDateOf(now())
  const rows = await database.sql<{ session_id: SessionId }>`
    select session_id from sessions
     where city = ${city} and state <> 'draft'
       and held_on between ${plusDays(today, -ROSTER_DAYS)} and ${plusDays(today, ROSTER_DAYS)}`
  const rosters = rows.map((row) => bucketOf(row.session_id))
  return [...own, 'hall', ...(hasRole(actor, STAFF_ROLES) ? (['office'] as const) : []), ...rosters]
}
