import { randomBytes } from 'node:crypto'
import { err, ok, type Result } from '#kernel/result.ts'
import { type Instant, instantOf } from '#kernel/time.ts'
import { type Uuid, uuidv7 } from '#kernel/uuid.ts'
import type { Identity, StaffId } from '#login/domain/identity.ts'
import { RECOVERY_ASK_MS } from '#login/domain/login-limits.ts'
import {
  activeAdmins,
  assessApproval,
  type LinkAnswer,
  type RecoveryAnswer,
  type RecoveryRefusal,
} from '#login/domain/staff.ts'
import type { Sql } from '#server/database.ts'
import { invitationPath, makeInvitation } from './invitations.ts'
import { lockStaff, refusalOf } from './staff.ts'

/** Who wants what, where and when, inside a transaction. */
interface Asked {
  readonly city: string
  readonly now: Instant
  readonly who: Identity
}

/** Asks that a colleague, who was seen at the desk, is let in anew. Gives nobody anything yet. */
export async function askRecovery(
  sql: Sql,
  { city, now, who }: Asked,
  staffId: StaffId,
): Promise<Result<null, RecoveryRefusal>> {
  if (who.staffId === staffId) return err({ code: 'own_recovery' })
  const unfit = refusalOf(await lockStaff(sql, city), staffId)
  if (unfit?.code === 'staff_unknown' || unfit?.code === 'staff_disabled') return err({ code: unfit.code })
  await sql`
    update recoveries set closed_at = ${now}
     where city = ${city} and staff_id = ${staffId} and approved_at is null and closed_at is null
       and asked_at <= ${oldestAsk(now)}`
  const asked = await sql`
    insert into recoveries (city, recovery_id, staff_id, asked_by, asked_at)
    values (${city}, ${uuidv7(Date.parse(now), randomBytes(10))}, ${staffId}, ${who.staffId}, ${now})
    on conflict (city, staff_id) where approved_at is null and closed_at is null do nothing returning 1 as one`
  return asked.length === 1 ? ok(null) : err({ code: 'recovery_waiting' })
}

/** The second of two agrees, and gets the link to hand over. A link from before is void. */
export async function approveRecovery(
  sql: Sql,
  asked: Asked,
  recoveryId: Uuid,
): Promise<Result<LinkAnswer & { readonly staffId: StaffId }, RecoveryRefusal>> {
  const { city, now, who } = asked
  const recovery = await lockRecovery(sql, asked, recoveryId)
  if (recovery === null) return err({ code: 'recovery_unknown' })
  const refusal = assessApproval(recovery, who)
  if (refusal !== null) return err(refusal)
  const { staffId } = recovery
  await sql`
    update invitations set used_at = ${now}
     where city = ${city} and purpose = 'recover' and staff_id = ${staffId} and used_at is null`
  await sql`
    update recoveries set approved_by = ${who.staffId}, approved_at = ${now}
     where city = ${city} and recovery_id = ${recoveryId}`
  const people = { staffId, madeBy: recovery.askedBy, approvedBy: who.staffId }
  const { token, expiresAt } = await makeInvitation(sql, { city, now, purpose: 'recover', ...people })
  return ok({ path: invitationPath(token), expiresAt, staffId })
}

/** Takes back what was asked for; anybody of the office may. */
export async function withdrawRecovery(
  sql: Sql,
  asked: Asked,
  recoveryId: Uuid,
): Promise<Result<{ readonly staffId: StaffId }, RecoveryRefusal>> {
  const { city, now } = asked
  const recovery = await lockRecovery(sql, asked, recoveryId)
  if (recovery === null) return err({ code: 'recovery_unknown' })
  await sql`update recoveries set closed_at = ${now} where city = ${city} and recovery_id = ${recoveryId}`
  return ok(recovery)
}

/** What waits for a second person, and whom one may ask for. */
export async function readRecoveries(sql: Sql, { city, now, who }: Asked): Promise<RecoveryAnswer> {
  const staff = await sql<RecoveryAnswer['colleagues'][number]>`
    select staff_id as "staffId", name, role from staff where city = ${city} and disabled_at is null order by created_at`
  const waiting = await sql<Omit<RecoveryAnswer['waiting'][number], 'refusal'>>`
    select recovery_id as "recoveryId", staff_id as "staffId", asked_by as "askedBy", asked_at as "askedAt"
      from recoveries
     where city = ${city} and approved_at is null and closed_at is null and asked_at > ${oldestAsk(now)}
     order by asked_at`
  return {
    self: who.staffId,
    colleagues: staff,
    waiting: waiting.map((one) => ({ ...one, refusal: assessApproval(one, who)?.code ?? null })),
    adminCount: activeAdmins(staff.map((one) => ({ ...one, disabledAt: null }))).length,
  }
}

/** One that still waits. The staff are locked first, as everywhere. */
async function lockRecovery(
  sql: Sql,
  { city, now }: Asked,
  recoveryId: Uuid,
): Promise<{ readonly staffId: StaffId; readonly askedBy: StaffId | null } | null> {
  await lockStaff(sql, city)
  const [recovery] = await sql<{ staffId: StaffId; askedBy: StaffId | null }>`
    select staff_id as "staffId", asked_by as "askedBy" from recoveries
     where city = ${city} and recovery_id = ${recoveryId} and approved_at is null and closed_at is null
       and asked_at > ${oldestAsk(now)} for update`
  return recovery ?? null
}

function oldestAsk(now: Instant): Instant {
  return instantOf(Date.parse(now) - RECOVERY_ASK_MS)
}
