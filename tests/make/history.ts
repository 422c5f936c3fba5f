import type { Uuid } from '#kernel/uuid.ts'
import type { Operation, SyncAnswer, SyncRequest } from '#sync/domain/protocol.ts'

/** Everything that clients said, asked and heard, in the order in which it happened. */
export type HistoryEvent =
  /** Somebody did something: from now on it waits on their device. */
  | { readonly kind: 'said'; readonly client: string; readonly operation: Operation }
  | { readonly kind: 'asked'; readonly client: string; readonly asked: number; readonly request: SyncRequest }
  /** `asked`: which request of this client was answered. */
  | { readonly kind: 'answered'; readonly client: string; readonly asked: number; readonly answer: SyncAnswer }
  /** No whole answer came; `status` when a server said at least that. */
  | { readonly kind: 'lost'; readonly client: string; readonly asked: number; readonly status: number | null }

export interface History {
  readonly events: readonly HistoryEvent[]
  add(event: HistoryEvent): void
  /** Operations that were answered for good, so far: accepted or refused. */
  settled(): ReadonlySet<Uuid>
}

export function createHistory(): History {
  const events: HistoryEvent[] = []
  const settled = new Set<Uuid>()
  return {
    events,
    settled: () => settled,
    add(event) {
      events.push(event)
      if (event.kind !== 'answered') return
      for (const { id, status } of event.answer.outcomes) if (status !== 'held') settled.add(id)
    },
  }
}

/** How many of what happened, for the line at the end of a proof. */
export function countEvents({ events }: Pick<History, 'events'>): Readonly<Record<HistoryEvent['kind'], number>> {
  const counts = { said: 0, asked: 0, answered: 0, lost: 0 }
  for (const { kind } of events) counts[kind] += 1
  return counts
}
