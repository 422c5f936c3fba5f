import type * as v from 'valibot'
import { reference } from '#kernel/schema.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import type { OperationName } from '#sync/domain/protocol.ts'
import { MAY, type Role } from './roles.ts'

export const staffId = reference<'staff'>()
export type StaffId = v.InferOutput<typeof staffId>

/** Who is asking, as far as the server knows. One person may be both: signed in as staff, on a phone that is paired. */
export interface Identity {
  /** The most this person may do. */
  readonly role: Role
  /** Who signed in; `null` for everybody else, and for the links of demo mode. */
  readonly staffId: StaffId | null
  /** Whose paired phone it is; `null` = not paired. A volunteer without one came by a demo link, and helps everywhere. */
  readonly instructorId: InstructorId | null
}

export const NOBODY: Identity = { role: 'resident', staffId: null, instructorId: null }

/** Whether somebody has one of these roles: their own, or that of the phone in their hand. */
export function hasRole({ role, instructorId }: Identity, roles: readonly Role[]): boolean {
  return roles.includes(role) || (instructorId !== null && roles.includes('volunteer'))
}

/** Whether somebody may say this. */
export function maySay(identity: Identity, name: OperationName): boolean {
  return hasRole(identity, MAY[name])
}
