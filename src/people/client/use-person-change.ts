import { useState } from 'preact/hooks'
import { dismissAnswer } from '#client/answers.ts'
import type { Device } from '#client/page-context.tsx'
import { useDecision } from '#client/use-decision.ts'
import type { OperationOf, PayloadOf } from '#sync/domain/protocol.ts'

export type PersonChange = 'correct' | 'stop' | 'resume' | 'erase'
/** With what is said of two records at once. */
type AnyChange = PersonChange | 'merge' | 'separate'
type Said = OperationOf<`person.${AnyChange}`>

/** What has become of the last change: `lost`: it could not be kept on this device. */
export type ChangeState =
  | { readonly status: 'waiting' | 'held' | 'lost' | 'accepted'; readonly change: AnyChange }
  | { readonly status: 'refused'; readonly change: AnyChange; readonly code: string }

/** Says what is to be done about a person, and follows it to the answer. Once the server has taken it, this device forgets the words. */
export function usePersonChange({ db, recorder }: Device, onAnswer: () => void) {
  const [settled, setSettled] = useState<ChangeState | null>(null)
  const { said, state, follow } = useDecision<Said>(db, (outcome, operation) => {
    const change = changeOf(operation)
    void dismissAnswer(db, operation.id).catch(() => {})
    setSettled(
      outcome.status === 'accepted'
        ? { status: 'accepted', change }
        : { status: 'refused', change, code: outcome.refusal.code },
    )
    onAnswer()
  })
  const pending: ChangeState | null =
    said !== null && (state?.status === 'waiting' || state?.status === 'held')
      ? { status: state.status, change: changeOf(said) }
      : null

  async function say<Change extends AnyChange>(change: Change, payload: PayloadOf<`person.${Change}`>): Promise<void> {
    setSettled(null)
    try {
      follow((await recorder.record(`person.${change}`, payload)) as Said)
    } catch {
      setSettled({ status: 'lost', change })
    }
  }
  return { state: settled ?? pending, say }
}

function changeOf({ name }: Said): AnyChange {
  return name.slice('person.'.length) as AnyChange
}
