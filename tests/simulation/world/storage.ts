import { IDBFactory, IDBIndex, IDBObjectStore } from 'fake-indexeddb'

const REQUESTS = ['get', 'getAll', 'getKey', 'put', 'add', 'delete'] as const

/** What happens to a phone's storage. `killed`: the page is gone, and nothing of it tries again. `quota`: no room left.
 *  `lost`: the browser drops the connection, as WebKit does. `aborted`: the browser gives up one transaction. */
export const STORAGE_FAULTS = ['killed', 'quota', 'lost', 'aborted'] as const
export type StorageFault = (typeof STORAGE_FAULTS)[number]

const ERRORS: Readonly<Record<StorageFault, string>> = {
  killed: 'Killed', // no word of any browser: the page must not take it for a trouble it can mend
  quota: 'QuotaExceededError',
  lost: 'InvalidStateError',
  aborted: 'AbortError',
}

interface Plan {
  readonly fault: StorageFault
  readonly at: number
  count: number
}
type Asked =
  | { readonly transaction: IDBTransaction }
  | { readonly objectStore: { readonly transaction: IDBTransaction } }

/** The storage of all phones, by the name of each. */
export interface Storages {
  /** The n-th request of this phone from now on meets the fault; one that is killed answers none after it either. */
  plan(name: string, fault: StorageFault, at: number): void
  /** All is well again. Tells whether the fault was met. */
  heal(name: string): boolean
  /** Throws away what every phone holds. */
  clear(): void
}

/** Puts itself between pages and their store, for as long as the test file runs. */
export function installStorages(): Storages {
  const plans = new Map<string, Plan>()

  function meet(asked: Asked): void {
    const { transaction } = 'transaction' in asked ? asked : asked.objectStore
    const plan = plans.get(transaction.db.name)
    if (plan === undefined) return
    plan.count += 1
    if (plan.count < plan.at || (plan.fault !== 'killed' && plan.count > plan.at)) return
    try {
      transaction.abort()
    } catch {
      // dead already
    }
    throw new DOMException('The storage failed', ERRORS[plan.fault])
  }

  for (const type of [IDBObjectStore, IDBIndex]) {
    const methods = type.prototype as unknown as Record<string, ((...args: unknown[]) => unknown) | undefined>
    for (const name of REQUESTS) {
      const real = methods[name]
      if (real === undefined) continue
      methods[name] = function (this: Asked, ...args: unknown[]) {
        meet(this)
        return real.apply(this, args)
      }
    }
  }

  return {
    plan: (name, fault, at) => void plans.set(name, { fault, at, count: 0 }),
    heal(name) {
      const plan = plans.get(name)
      plans.delete(name)
      return plan !== undefined && plan.count >= plan.at
    },
    clear() {
      plans.clear()
      globalThis.indexedDB = new IDBFactory()
    },
  }
}
