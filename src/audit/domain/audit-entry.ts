import type { Instant } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { Role } from '#login/domain/roles.ts'
import type { OperationName } from '#sync/domain/protocol.ts'

/** Everything the audit writes down besides operations. */
export const AUDIT_ACTIONS = [
  'signIn.done',
  'signIn.refused',
  'signIn.ended',
  'staff.setUp',
  'staff.invited',
  'staff.joined',
  'staff.roleChanged',
  'staff.disabled',
  'staff.enabled',
  'staff.recoveryAsked',
  'staff.recoveryApproved',
  'staff.recovered',
  'passkey.added',
  'passkey.removed',
  'secondWay.made',
  'secondWay.removed',
  'pairing.codeMade',
  'pairing.done',
  'pairing.refused',
  'pairing.ended',
  'pairing.wiped',
  'roster.sent',
  'people.viewed',
  'person.viewed',
  'person.exported',
  'list.exported',
  'audit.viewed',
  'audit.purged',
  'retention.done',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number] | OperationName

/** Who did it. `system`: the program by itself. `demo`: a role of demo mode, which is nobody. */
export interface AuditActor {
  readonly kind: 'staff' | 'instructor' | 'resident' | 'demo' | 'system'
  /** `staff_id` or `instructor_id`. */
  readonly id: Uuid | null
  readonly role: Role | 'system'
}

/** One line of the audit, before it has a number and a hash. Holds ids and counts, never a name or a number of a person. */
export interface AuditEntry {
  readonly at: Instant
  readonly actor: AuditActor
  readonly deviceId: Uuid | null
  readonly action: AuditAction
  /** What it was done to: `session:<id>`, `learner:<id>`, `staff:<id>`, `device:<id>`; `null` = the whole city. */
  readonly object: string | null
  /** Why, as somebody typed or chose it. */
  readonly reason: string | null
  /** How many people or rows it was about. */
  readonly count: number | null
}
