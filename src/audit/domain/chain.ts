import type { AuditEntry } from './audit-entry.ts'

/** What the first line of a city follows: its SHA-256 stands where later lines have the hash of the line before. */
export function genesisText(city: string): string {
  return `yorozu audit ${city}`
}

/** The text of one line that its hash is made of: a list in a fixed order, so that nothing can move from one field to another.
 *  Twin of the SQL function `chain_audit` in server/migrations/0010_audit.sql. */
export function canonicalEntry(
  seq: number,
  { at, actor, deviceId, action, outcome = 'accepted', object, reason, count }: AuditEntry,
): string {
  return JSON.stringify([seq, at, actor.kind, actor.id, actor.role, deviceId, action, outcome, object, reason, count])
}
