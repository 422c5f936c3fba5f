import * as v from 'valibot'
import { reference, words } from '#kernel/schema.ts'
import type { Instant } from '#kernel/time.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import { type Identity, staffId, type StaffId } from './identity.ts'
import { STAFF_ROLES, type StaffRole } from './roles.ts'

/** Why a role was changed, as it is chosen; the audit keeps the code. */
export const ROLE_REASONS = ['duty_changed', 'mistake'] as const
/** Why somebody may not come in any more. */
export const DISABLE_REASONS = ['left', 'moved', 'on_leave', 'misuse'] as const
export const STAFF_NAME_MAX = 60
/** A city needs two, or nobody can approve a recovery. source: docs/rules.md#recovery */
export const ADMINS_WANTED = 2

const role = v.picklist(STAFF_ROLES)

/** POST /api/admin/staff/invite */
export const InviteStaff = v.strictObject({ name: words(STAFF_NAME_MAX), role })
/** POST /api/admin/staff/:id/role */
export const ChangeRole = v.strictObject({ role, reason: v.picklist(ROLE_REASONS) })
/** POST /api/admin/staff/:id/disable */
export const DisableStaff = v.strictObject({ reason: v.picklist(DISABLE_REASONS) })
/** POST /api/admin/staff/:id/enable and whatever else needs no words. */
export const NoWords = v.strictObject({})
/** POST /api/admin/staff/:id/instructor */
export const LinkInstructor = v.strictObject({ instructorId: v.nullable(reference<'instructor'>()) })
/** POST /api/admin/recovery. The reason is the check itself: nobody asks without having seen the person. */
export const AskRecovery = v.strictObject({ staffId, reason: v.literal('seen_at_desk') })

/** One of 職員, as 管理者 see them. */
export interface StaffRow {
  readonly staffId: StaffId
  readonly name: string
  readonly role: StaffRole
  readonly disabledAt: Instant | null
  /** `null`: never. */
  readonly lastSignInAt: Instant | null
  readonly passkeyCount: number
  /** `waiting`: made, and no code has been typed yet. */
  readonly secondWay: 'none' | 'waiting' | 'ready'
  readonly instructorId: InstructorId | null
}

/** GET /api/admin/staff */
export interface StaffAnswer {
  /** Of whoever asks; `null` in demo mode. */
  readonly self: StaffId | null
  readonly staff: readonly StaffRow[]
  readonly instructors: readonly { readonly instructorId: InstructorId; readonly name: string }[]
}

/** A link for one use, shown once: the path, with the secret behind its `#`. */
export interface LinkAnswer {
  readonly path: string
  readonly expiresAt: Instant
}

/** Somebody wants a colleague to be let in anew. */
export interface RecoveryRow {
  readonly recoveryId: string
  readonly staffId: StaffId
  readonly askedBy: StaffId | null
  readonly askedAt: Instant
  /** Why whoever looks may not approve; `null` = may. */
  readonly refusal: ApproveRefusal['code'] | null
}

/** GET /api/admin/recovery */
export interface RecoveryAnswer {
  readonly self: StaffId | null
  readonly colleagues: readonly Pick<StaffRow, 'staffId' | 'name' | 'role'>[]
  readonly waiting: readonly RecoveryRow[]
  readonly adminCount: number
}

export type StaffRefusal =
  | { readonly code: 'staff_unknown' | 'staff_disabled' | 'instructor_unknown' | 'instructor_taken' }
  /** Nobody could let anybody in any more. */
  | { readonly code: 'last_admin' }

export type ApproveRefusal = { readonly code: 'not_an_admin' | 'own_recovery' | 'asked_by_yourself' }
export type RecoveryRefusal =
  | ApproveRefusal
  | { readonly code: 'staff_unknown' | 'staff_disabled' | 'own_recovery' | 'recovery_waiting' | 'recovery_unknown' }

type Standing = Pick<StaffRow, 'staffId' | 'role' | 'disabledAt'>

export function activeAdmins(staff: readonly Standing[]): readonly Standing[] {
  return staff.filter(({ role: has, disabledAt }) => has === 'admin' && disabledAt === null)
}

/** Whether a city would be without a 管理者 if this person were none any more. */
export function isLastAdmin(staff: readonly Standing[], id: StaffId): boolean {
  const admins = activeAdmins(staff)
  return admins.length === 1 && admins[0]?.staffId === id
}

/** Whether somebody may agree that a colleague is let in anew: 管理者, neither the one who asked nor the one it is about
 *  (docs/rules.md#recovery). `null` = yes. The roles of demo mode are one person, whoever has the link. */
export function assessApproval(
  { staffId: about, askedBy }: { readonly staffId: StaffId; readonly askedBy: StaffId | null },
  { role: has, staffId: self }: Pick<Identity, 'role' | 'staffId'>,
): ApproveRefusal | null {
  if (has !== 'admin') return { code: 'not_an_admin' }
  if (self === about) return { code: 'own_recovery' }
  return self === askedBy ? { code: 'asked_by_yourself' } : null
}
