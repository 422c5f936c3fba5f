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
  'staff.instructorLinked',
  'staff.recoveryAsked',
  'staff.recoveryApproved',
  'staff.recoveryWithdrawn',
  'staff.recovered',
  'passkey.added',
  'passkey.removed',
  'secondWay.made',
  'secondWay.confirmed',
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
  'outboxFile.taken',
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
  /** Whether it was done, or the rules said no; done, unless it says otherwise. */
  readonly outcome?: 'accepted' | 'refused'
  /** What it was done to: `session:<id>`, `learner:<id>`, `staff:<id>`, `device:<id>`; several stand behind each other with a
   *  blank between; `null` = the whole city. */
  readonly object: string | null
  /** Why, as somebody chose it; of what was refused, the code of the refusal. Never words about a person: a line cannot be erased. */
  readonly reason: string | null
  /** How many people or rows it was about. */
  readonly count: number | null
}
