import type { Uuid } from '#kernel/uuid.ts'
import type { Operation, OperationName, OperationOf, PayloadOf } from '#sync/domain/protocol.ts'

/** Something to say to the server, before it has a number. */
export type Draft = {
  [Name in OperationName]: { readonly name: Name; readonly payload: PayloadOf<Name> }
}[OperationName]

export interface Recorder {
  /** Keeps one operation for the server. Resolves once it is on the disk; throws `StorageUnavailable`, and then nothing is kept. */
  record<Name extends OperationName>(name: Name, payload: PayloadOf<Name>): Promise<OperationOf<Name>>
  /** The same for several at once: all, or none. */
  recordAll(drafts: readonly Draft[]): Promise<readonly Operation[]>
  /** An id for something new: a person, a mark, a session. */
  newId(): Uuid
}
