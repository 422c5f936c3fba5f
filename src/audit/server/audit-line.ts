import { hash } from 'node:crypto'
import type { AuditAction, AuditActor, AuditEntry } from '#audit/domain/audit-entry.ts'
import { canonicalEntry } from '#audit/domain/chain.ts'
import type { Instant } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'

/** One row of `audit_log`; hashes as hex. */
export interface AuditLine {
  readonly seq: number
  readonly at: Instant
  readonly kind: AuditActor['kind']
  readonly actorId: Uuid | null
  readonly role: AuditActor['role']
  readonly deviceId: Uuid | null
  readonly action: AuditAction
  readonly outcome: 'accepted' | 'refused'
  readonly object: string | null
  readonly reason: string | null
  readonly count: number | null
  readonly previous: string
  readonly hash: string
}

export function entryOf(line: AuditLine): AuditEntry {
  const { at, kind, actorId, role, deviceId, action, outcome, object, reason, count } = line
  return { at, actor: { kind, id: actorId, role }, deviceId, action, outcome, object, reason, count }
}

/** SHA-256 over the hash before and the line itself, under this number; hex. */
export function hashLine(line: AuditLine, seq: number): string {
  const bytes = Buffer.concat([Buffer.from(line.previous, 'hex'), Buffer.from(canonicalEntry(seq, entryOf(line)))])
  return hash('sha256', bytes, 'hex')
}
