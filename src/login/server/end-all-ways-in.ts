import type { Instant } from '#kernel/time.ts'
import type { StaffId } from '#login/domain/identity.ts'
import type { Sql } from '#server/database.ts'
import { endLoginsOf } from './logins.ts'

interface Whose {
  readonly city: string
  readonly staffId: StaffId
  readonly now: Instant
}

/** Ends everything somebody could come in by: passkeys, second way, open links, and the browsers that are in. Called in the transaction
 *  in which a new passkey takes their place (docs/rules.md#recovery). */
export async function endAllWaysIn(sql: Sql, whose: Whose): Promise<void> {
  const { city, staffId, now } = whose
  await sql`update passkeys set removed_at = ${now} where city = ${city} and staff_id = ${staffId} and removed_at is null`
  await removeSecondWay(sql, whose)
  await voidInvitationsOf(sql, whose)
  await sql`
    update recoveries set closed_at = ${now} where city = ${city} and staff_id = ${staffId} and closed_at is null`
  await endLoginsOf(sql, city, staffId, now)
}

/** Takes back every link for this person, and every one they made and nobody has used yet. */
export async function voidInvitationsOf(sql: Sql, { city, staffId, now }: Whose): Promise<void> {
  await sql`
    update invitations set used_at = ${now}
     where city = ${city} and (staff_id = ${staffId} or made_by = ${staffId} or approved_by = ${staffId}) and used_at is null`
}

/** Whether there was one to remove. */
export async function removeSecondWay(sql: Sql, { city, staffId, now }: Whose): Promise<boolean> {
  const removed = await sql`
    update second_ways set removed_at = ${now}
     where city = ${city} and staff_id = ${staffId} and removed_at is null returning 1 as one`
  return removed.length > 0
}
