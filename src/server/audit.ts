import type { Context } from 'hono'
import type { AuditActor, AuditEntry } from '#audit/domain/audit-entry.ts'
import type { Identity } from '#login/domain/identity.ts'
import type { Sql } from './database.ts'
import type { ServerKit } from './kit.ts'

/** Adds lines to the audit. They get their numbers, and each the hash of the one before, as the transaction commits; outside of one,
 *  at once. Wherever it is called, it waits for nobody and makes nobody wait (docs/decisions/030-audit-chain.md). */
export async function appendAudit(sql: Sql, city: string, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  const rows = entries.map(({ actor, outcome = 'accepted', ...entry }) => ({ ...entry, ...actor, outcome }))
  await sql`insert into audit_pending (city, entries) values (${city}, ${JSON.stringify(rows)}::jsonb)`
}

/** Writes down that somebody is about to see names: which list, and how many people. Nothing where there are none to see. */
export async function auditView(
  c: Context,
  { database, city, now, whoIs }: ServerKit,
  { object, count }: Pick<AuditEntry, 'object'> & { readonly count: number },
): Promise<void> {
  if (count === 0) return
  const line = { at: now(), actor: auditActor(await whoIs(c)), deviceId: null, action: 'people.viewed' as const }
  await appendAudit(database.sql, city, [{ ...line, object, reason: null, count }])
}

/** How the audit names whoever asked. */
export function auditActor({ role, staffId, instructorId }: Identity): AuditActor {
  if (staffId !== null) return { kind: 'staff', id: staffId, role }
  if (instructorId !== null) return { kind: 'instructor', id: instructorId, role }
  return { kind: role === 'resident' ? 'resident' : 'demo', id: null, role }
}

/** The program by itself. */
export const SYSTEM: AuditActor = { kind: 'system', id: null, role: 'system' }
