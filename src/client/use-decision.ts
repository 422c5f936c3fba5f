import { useEffect, useRef, useState } from 'preact/hooks'
import type { Operation, Outcome } from '#sync/domain/protocol.ts'
import { markSeen } from './answers.ts'
import type { LocalDb } from './local-db.ts'
import { useLive } from './use-live.ts'

/** What has become of a decision this page asked for: still on the device, held there for a person, or answered. */
export type DecisionState = { readonly status: 'waiting' | 'held' } | Answered
export type Answered = Extract<Outcome, { status: 'accepted' | 'refused' }>

export interface Decision<Said extends Operation> {
  /** What this page last asked for; `null` before. */
  readonly said: Said | null
  readonly state: DecisionState | null
  /** Follows this operation from now on. */
  readonly follow: (operation: Said) => void
}

/** Follows what a page asked for from outbox to answer: tells the answer once, and puts it down as seen. */
export function useDecision<Said extends Operation>(
  db: LocalDb,
  onAnswer: (outcome: Answered, said: Said) => void,
): Decision<Said> {
  const [said, follow] = useState<Said | null>(null)
  const toldRef = useRef<string | null>(null)
  const state =
    useLive(db, (live) => (said === null ? Promise.resolve(null) : readState(live, said.id)), [said]) ?? null

  useEffect(() => {
    if (said === null || state === null || toldRef.current === said.id) return
    if (state.status !== 'accepted' && state.status !== 'refused') return
    toldRef.current = said.id
    void markSeen(db, said.id).catch(() => {})
    onAnswer(state, said)
  }, [db, said, state, onAnswer])

  return { said, state, follow }
}

function readState(db: Pick<LocalDb, 'read'>, operationId: string): Promise<DecisionState | null> {
  return db.read(['outbox', 'answers'], async (tx) => {
    const [waiting, answer] = await Promise.all([
      tx.objectStore('outbox').index('byId').get(operationId),
      tx.objectStore('answers').get(operationId),
    ])
    if (answer !== undefined && answer.outcome.status !== 'held') return answer.outcome
    if (waiting === undefined) return null
    return { status: waiting.state === 'attention' ? 'held' : 'waiting' }
  })
}
