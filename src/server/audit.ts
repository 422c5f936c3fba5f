import { hash } from 'node:crypto'
import type { AuditActor, AuditEntry } from '#audit/domain/audit-entry.ts'
import { canonicalEntry } from '#audit/domain/chain.ts'
import type { Identity } from '#login/domain/identity.ts'
import type { Sql } from './database.ts'

const GENESIS = Buffer.alloc(32)

/** Adds lines to the audit, each with the hash of the one before. Takes a lock until the end of the transaction, so that the chain has
 *  one end; inside a push it is asked for last, after the city's own. */
export async function appendAudit(sql: Sql, city: string, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  await sql`select pg_advisory_xact_lock(hashtextextended(${`audit ${city}`}, 0))`
  const [last] = await sql<{ seq: number; hash: Buffer }>`
    select seq, hash from audit_log where city = ${city} order by seq desc limit 1`
  let [seq, previous] = [last?.seq ?? 0, last?.hash ?? GENESIS]
  const rows = entries.map((entry) => {
    seq += 1
    const own = hashEntry(previous, seq, entry)
    const { at, actor, deviceId, action, object, reason, count } = entry
    const row = { seq, at, kind: actor.kind, id: actor.id, role: actor.role, deviceId, action, object, reason, count }
    const hashes = { previous: previous.toString('hex'), hash: own.toString('hex') }
    previous = own
    return { ...row, ...hashes }
  })
  await sql`
    insert into audit_log (city, seq, at, actor_kind, actor_id, role, device_id, action, object, reason, count, previous, hash)
    select ${city}, seq, at, kind, id, role, "deviceId", action, object, reason, count, decode(previous, 'hex'), decode(hash, 'hex')
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(seq bigint, at timestamptz, kind text, id uuid, role text,
           "deviceId" uuid, action text, object text, reason text, count int, previous text, hash text)`
}

/** SHA-256 over the hash before and the line itself. */
export function hashEntry(previous: Buffer, seq: number, entry: AuditEntry): Buffer {
  return hash('sha256', Buffer.concat([previous, Buffer.from(canonicalEntry(seq, entry))]), 'buffer')
}

/** How the audit names whoever asked. */
export function auditActor({ role, staffId, instructorId }: Identity): AuditActor {
  if (staffId !== null) return { kind: 'staff', id: staffId, role }
  if (instructorId !== null) return { kind: 'instructor', id: instructorId, role }
  return { kind: role === 'resident' ? 'resident' : 'demo', id: null, role }
}
