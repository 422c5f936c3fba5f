import { forceCloseDatabase, IDBIndex, IDBObjectStore } from 'fake-indexeddb'
import type { StorageTrouble } from '#client/storage-trouble.ts'

const REQUESTS = ['get', 'getAll', 'getAllKeys', 'put', 'add', 'delete', 'clear'] as const

/** What a browser does to a write, and what a page may say of it; `null` = nothing, since it was kept after all. */
export const WRITE_FAULTS = {
  'there is no room for the value': 'full',
  'there is no room when the browser commits': 'full',
  'the connection is lost once': null,
  'the browser closes the store in the middle': null,
  'the browser gives the transaction up at its end': null,
  'the connection does not come back': 'lost',
} as const satisfies Readonly<Record<string, StorageTrouble | null>>
export type WriteFault = keyof typeof WRITE_FAULTS

/** A transaction of the store that the tests use, with the browser's own hand on it. */
type Tx = IDBTransaction & { _abort(errorName: string): void }
type Asked = { readonly transaction: Tx } | { readonly objectStore: { readonly transaction: Tx } }

/** A phone whose storage fails at a chosen request of a write. */
export interface WriteFaults {
  /** The n-th request (1 = the next one) of all that belong to writes meets the fault; a lasting one is met by every request after it. */
  plan(fault: WriteFault, at: number): void
  /** All is well again. Tells whether the fault was met. */
  heal(): boolean
}

/** Puts itself between pages and the store, for as long as the test file runs. Reading alone never fails here. */
export function installWriteFaults(): WriteFaults {
  let planned: WriteFault | null = null
  let [at, count] = [Infinity, 0]

  function ask(asked: Asked, request: () => IDBRequest): IDBRequest {
    const { transaction: tx } = 'transaction' in asked ? asked : asked.objectStore
    if (planned === null || tx.mode !== 'readwrite') return request()
    count += 1
    const isLasting = WRITE_FAULTS[planned] !== null
    if (count === at || (isLasting && count > at)) return FAILURES[planned](tx, request)
    return request()
  }

  for (const type of [IDBObjectStore, IDBIndex]) {
    const methods = type.prototype as unknown as Record<string, ((...args: unknown[]) => IDBRequest) | undefined>
    for (const name of REQUESTS) {
      const real = methods[name]
      if (real === undefined) continue
      methods[name] = function (this: Asked, ...args: unknown[]) {
        return ask(this, () => real.apply(this, args))
      }
    }
  }

  return {
    plan(fault, request) {
      ;[planned, at, count] = [fault, request, 0]
    },
    heal() {
      planned = null
      return count >= at
    },
  }
}

const FAILURES: Readonly<Record<WriteFault, (tx: Tx, request: () => IDBRequest) => IDBRequest>> = {
  'there is no room for the value': (tx) => refuse(tx, 'QuotaExceededError'),
  'there is no room when the browser commits': (tx, request) => giveUpAfter(tx, request, 'QuotaExceededError'),
  'the connection is lost once': (tx) => refuse(tx, 'UnknownError'),
  'the browser closes the store in the middle': (tx, request) => {
    const asked = request()
    tx._abort('AbortError')
    forceCloseDatabase(tx.db as never)
    return asked
  },
  'the browser gives the transaction up at its end': (tx, request) => giveUpAfter(tx, request, 'UnknownError'),
  'the connection does not come back': (tx) => refuse(tx, 'InvalidStateError'),
}

function refuse(tx: Tx, errorName: string): never {
  try {
    tx.abort()
  } catch {
    // over already
  }
  throw new DOMException('The storage failed', errorName)
}

/** The request is answered, and the transaction fails all the same. */
function giveUpAfter(tx: Tx, request: () => IDBRequest, errorName: string): IDBRequest {
  const asked = request()
  asked.addEventListener('success', () => tx._abort(errorName))
  return asked
}
