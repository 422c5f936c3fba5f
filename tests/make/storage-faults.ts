import { IDBIndex, IDBObjectStore } from 'fake-indexeddb'

const REQUESTS = ['get', 'getAll', 'getKey', 'put', 'add', 'delete'] as const

/** A phone whose storage fails at a chosen request. */
export interface StorageFaults {
  /** From the n-th request on (1 = the next one), every request fails: the page was killed there. */
  killAt(request: number): void
  /** The n-th request fails once, with this error. */
  failAt(request: number, errorName: string): void
  /** All is well again. Tells whether the fault was met. */
  heal(): boolean
}

/** Puts itself between pages and the store, for as long as the test file runs. */
export function installStorageFaults(): StorageFaults {
  let count = 0
  let from = Infinity
  let errorName: string | null = null // null = killed

  function meet(request: {
    readonly transaction?: IDBTransaction
    readonly objectStore?: { readonly transaction: IDBTransaction }
  }): void {
    count += 1
    if (count < from || (errorName !== null && count > from)) return
    const tx = request.transaction ?? request.objectStore?.transaction
    try {
      tx?.abort()
    } catch {
      // dead already
    }
    throw new DOMException('The storage failed', errorName ?? 'InvalidStateError')
  }

  for (const type of [IDBObjectStore, IDBIndex]) {
    for (const name of REQUESTS) {
      const methods = type.prototype as unknown as Record<string, ((...args: unknown[]) => unknown) | undefined>
      const real = methods[name]
      if (real === undefined) continue
      methods[name] = function (this: never, ...args: unknown[]) {
        meet(this)
        return real.apply(this, args)
      }
    }
  }

  return {
    killAt(request) {
      ;[count, from, errorName] = [0, request, null]
    },
    failAt(request, name) {
      ;[count, from, errorName] = [0, request, name]
    },
    heal() {
      const wasMet = count >= from
      from = Infinity
      return wasMet
    },
  }
}
