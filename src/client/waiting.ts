import type { OperationName, OperationOf } from '#sync/domain/protocol.ts'
import type { LocalDb } from './local-db.ts'
import type { OutboxEntry } from './local-schema.ts'

export interface WaitingEntry<Name extends OperationName> extends OutboxEntry {
  readonly operation: OperationOf<Name>
}

interface OutboxStore {
  getAll(): Promise<OutboxEntry[]>
}

/** What was said here by these names and not answered yet, oldest first, inside a transaction of the caller. */
export async function waitingIn<Name extends OperationName>(
  store: OutboxStore,
  names: readonly Name[],
): Promise<readonly WaitingEntry<Name>[]> {
  const wanted: readonly string[] = names
  return (await store.getAll()).filter((entry) => wanted.includes(entry.operation.name)) as WaitingEntry<Name>[]
}

/** What was said here by these names and not answered yet, oldest first: pages lay it over the records they show. */
export function readWaiting<Name extends OperationName>(
  db: Pick<LocalDb, 'read'>,
  names: readonly Name[],
): Promise<readonly WaitingEntry<Name>[]> {
  return db.read(['outbox'], (tx) => waitingIn(tx.objectStore('outbox'), names))
}
