import type { AuditEntry } from './audit-entry.ts'

/** The bytes of one line that its hash is made of: a list in a fixed order, so that nothing can move from one field to another. */
export function canonicalEntry(
  seq: number,
  { at, actor, deviceId, action, object, reason, count }: AuditEntry,
): string {
  return JSON.stringify([seq, at, actor.kind, actor.id, actor.role, deviceId, action, object, reason, count])
}
