import type { AuditEntry } from '#audit/domain/audit-entry.ts'
import { objectOfOperation } from '#audit/domain/operation-object.ts'
import type { Instant } from '#kernel/time.ts'
import type { Actor, Answer } from '#server/apply.ts'
import { appendAudit, auditActor } from '#server/audit.ts'
import type { Sql } from '#server/database.ts'
import type { ServerKit } from '#server/kit.ts'
import type { Operation } from '#sync/domain/protocol.ts'
import type { Feed } from './feed.ts'

interface Done {
  readonly operation: Operation
  readonly actor: Actor
  readonly answer: Answer
}

/** One line for each operation that was answered, of all devices in one statement. What was said stays in `operations`. */
export function auditOperations(sql: Sql, city: string, now: Instant, done: readonly Done[]): Promise<void> {
  return appendAudit(
    sql,
    city,
    done.map(({ operation, actor, answer }) => ({
      at: now,
      actor: auditActor(actor),
      deviceId: actor.deviceId,
      action: operation.name,
      outcome: answer.status,
      object: objectOfOperation(operation),
      reason: answer.status === 'refused' ? answer.refusal.code : reasonOf(operation),
      count: null,
    })),
  )
}

/** Of what was chosen only: words that somebody typed could be about a person, and a line cannot be erased. */
function reasonOf({ payload }: Operation): AuditEntry['reason'] {
  return 'learnerId' in payload && 'reason' in payload ? payload.reason : null
}

/** Writes down that a device is about to get names, and of which lists. Nothing where an answer holds none. */
export async function auditRosters(
  { database, city, now }: ServerKit,
  actor: Actor,
  people: Feed['people'],
): Promise<void> {
  const lists = Object.keys(people).sort()
  if (lists.length === 0) return
  const count = Object.values(people).reduce((sum, one) => sum + one, 0)
  const line = { at: now(), actor: auditActor(actor), deviceId: actor.deviceId, action: 'roster.sent' as const }
  await appendAudit(database.sql, city, [{ ...line, object: lists.join(' '), reason: null, count }])
}
