import { randomBytes } from 'node:crypto'
import type { AuditEntry } from '#audit/domain/audit-entry.ts'
import { instantOf } from '#kernel/time.ts'
import { uuidv7, type Uuid } from '#kernel/uuid.ts'
import { appendAudit } from '#server/audit.ts'
import type { Database, Sql } from '#server/database.ts'

const FIRST_AT = Date.parse('2026-05-12T01:00:00.000Z')
const newId = (): Uuid => uuidv7(FIRST_AT, randomBytes(10))

/** One line of the audit, of somebody at some time. */
export function makeAuditEntry(wanted: Partial<AuditEntry> = {}): AuditEntry {
  return {
    at: instantOf(FIRST_AT),
    actor: { kind: 'staff', id: newId(), role: 'organizer' },
    deviceId: newId(),
    action: 'attendance.mark',
    object: `session:${newId()} learner:${newId()}`,
    reason: null,
    count: null,
    ...wanted,
  }
}

/** A chain of so many lines, a minute apart, in pushes of different sizes. */
export async function appendLines({ sql }: Pick<Database, 'sql'>, city: string, count: number): Promise<void> {
  const actions = ['signIn.done', 'people.viewed', 'attendance.mark', 'session.edit', 'person.exported'] as const
  const entries = Array.from({ length: count }, (_, index) =>
    makeAuditEntry({
      at: instantOf(FIRST_AT + index * 60_000),
      action: actions[index % actions.length] ?? 'signIn.done',
      count: index % 3 === 0 ? index : null,
      reason: index % 5 === 0 ? 'self' : null,
      outcome: index % 7 === 0 ? 'refused' : 'accepted',
    }),
  )
  for (let from = 0, size = 1; from < count; from += size, size = (size * 2) % 41 || 1)
    await appendAudit(sql, city, entries.slice(from, from + size))
}

/** What somebody with the database's own rights does to it, behind every trigger; it is undone afterwards. */
export async function behindTheTriggers<Value>(
  database: Database,
  crime: (sql: Sql) => Promise<unknown>,
  look: (sql: Sql) => Promise<Value>,
): Promise<Value> {
  const undo = new Error('undo')
  const seen: Value[] = []
  await database
    .transaction(async (sql) => {
      await sql`set local session_replication_role = replica`
      await crime(sql)
      seen.push(await look(sql))
      throw undo
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error
    })
  const [value] = seen
  if (value === undefined) throw new Error('Nothing was looked at')
  return value
}
