import type { LocalDb } from './local-db.ts'
import type { AnswerEntry } from './local-schema.ts'

/** Everything the server answered to decisions and that nobody has put aside, newest first. */
export async function readAnswers(db: Pick<LocalDb, 'read'>): Promise<readonly AnswerEntry[]> {
  const answers = await db.read(['answers'], (tx) => tx.objectStore('answers').getAll())
  return answers.sort((a, b) => b.operation.seq - a.operation.seq)
}

/** A page has shown this answer: the banner need not. */
export function markSeen(db: LocalDb, operationId: string): Promise<void> {
  return db.write(['answers'], async (tx) => {
    const answer = await tx.objectStore('answers').get(operationId)
    if (answer !== undefined) await tx.objectStore('answers').put({ ...answer, seen: true })
  })
}

/** A person has put this answer aside: nothing of it stays but a line in 送った. */
export function dismissAnswer(db: LocalDb, operationId: string): Promise<void> {
  return db.write(['answers'], (tx) => tx.objectStore('answers').delete(operationId))
}
