import type { LocalDb } from '#client/local-db.ts'
import type { WriteTx } from '#client/local-schema.ts'
import type { Instant } from '#kernel/time.ts'

/** An answer that a person has seen, or that says no more than yes, is forgotten after this time. */
const ANSWER_DAYS = 7
const DAY_MS = 24 * 60 * 60 * 1000

/** Gives everything held back another chance, and forgets answers seen long ago. Run at each start. */
export function tidyUp(db: LocalDb, now: Instant): Promise<void> {
  return db.write(['outbox', 'answers'], (tx) => tidyInside(tx, now), { bySync: true })
}

async function tidyInside(tx: WriteTx<('outbox' | 'answers')[]>, now: Instant): Promise<void> {
  const [outbox, answers] = [tx.objectStore('outbox'), tx.objectStore('answers')]
  for (const entry of await outbox.getAll()) {
    if (entry.state === 'attention') await outbox.put({ ...entry, state: 'waiting' })
  }
  for (const { operation, outcome, seen, answeredAt } of await answers.getAll()) {
    const isOld = Date.parse(now) - Date.parse(answeredAt) > ANSWER_DAYS * DAY_MS
    const needsNobody = seen || (outcome.status === 'accepted' && outcome.value === null)
    if (needsNobody && isOld) await answers.delete(operation.id)
  }
}
