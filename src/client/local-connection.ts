import { type IDBPDatabase, openDB } from 'idb'
import type { LocalSchema, Upgrade } from './local-schema.ts'
import { createObservable, type Observable } from './observable.ts'
import { StorageUnavailable, type StorageTrouble, troubleOf } from './storage-trouble.ts'

const RETRIES = 3
const RETRY_PAUSE_MS = 20

type Handle = Promise<IDBPDatabase<LocalSchema>>

interface Wanted {
  readonly name: string
  readonly upgrades: readonly Upgrade[]
  readonly openLimitMs: number
  /** The store was not there before. */
  readonly onNew: () => void
}

/** A way to the store that the browser may drop at any time. */
export interface Connection {
  readonly trouble: Observable<StorageTrouble | null>
  /** Runs `work` in the transaction that `begin` opens, and once more with a new handle after the old one was lost. */
  run<Tx extends Settling, Value>(
    begin: (db: IDBPDatabase<LocalSchema>) => Tx,
    work: (tx: Tx) => Promise<Value>,
  ): Promise<Value>
  close(): void
}

/** Nothing is opened before the first transaction. */
export function createConnection(wanted: Wanted): Connection {
  const trouble = createObservable<StorageTrouble | null>(null)
  const underWay = new Set<Settling>()
  let handle: Handle | null = null

  function open(): Handle {
    const opened: Handle = openStore(wanted, () => drop(opened))
    return opened
  }

  function drop(dead: Handle | null): void {
    if (handle === dead) handle = null
    dead?.then((db) => db.close()).catch(() => {}) // a handle that never opened has nothing to close
  }

  const stopWatching = whenPutAside(() => {
    underWay.forEach(abort) // and taken up again when the page is back
    drop(handle)
  })

  return {
    trouble,
    async run(begin, work) {
      for (let attempt = 0; ; attempt += 1) {
        const opened = (handle ??= open())
        try {
          const tx = begin(await opened)
          underWay.add(tx)
          const value = await settle(tx, () => work(tx)).finally(() => underWay.delete(tx))
          // To read takes no room: only a write shows that there is some again.
          if (trouble.current !== null && (trouble.current !== 'full' || tx.mode !== 'readonly')) trouble.set(null)
          return value
        } catch (error) {
          const reason = troubleOf(error)
          if (reason === null) throw error
          drop(opened)
          if (reason !== 'lost' || attempt === RETRIES) {
            trouble.set(reason)
            throw new StorageUnavailable(reason, error)
          }
          await new Promise((resolve) => setTimeout(resolve, RETRY_PAUSE_MS * 2 ** attempt))
        }
      }
    },
    close() {
      drop(handle)
      stopWatching()
    },
  }
}

/** WebKit puts a page aside together with its open transactions, and until it comes back no other page of this device can write.
 *  Returns how to stop listening. */
function whenPutAside(letGo: () => void): () => void {
  if (typeof addEventListener === 'undefined') return () => {} // not in a page
  const onHide = ({ persisted }: PageTransitionEvent): void => void (persisted && letGo())
  addEventListener('pagehide', onHide)
  return () => removeEventListener('pagehide', onHide)
}

async function openStore(
  { name, upgrades, openLimitMs, onNew }: Wanted,
  onLost: () => void,
): Promise<IDBPDatabase<LocalSchema>> {
  if (typeof indexedDB === 'undefined') throw new StorageUnavailable('absent', null)
  let [isBlocked, isNew] = [false, false]
  let timer: ReturnType<typeof setTimeout> | undefined
  const opening = openDB<LocalSchema>(name, upgrades.length, {
    upgrade(db, oldVersion, _newVersion, tx) {
      isNew = oldVersion === 0
      for (const upgrade of upgrades.slice(oldVersion)) upgrade(db, tx as never)
    },
    blocked: () => void (isBlocked = true),
    blocking: onLost,
    terminated: onLost,
  })
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new StorageUnavailable(isBlocked ? 'blocked' : 'lost', null)), openLimitMs)
  })
  try {
    const opened = await Promise.race([opening, limit])
    if (isNew) onNew()
    return opened
  } catch (error) {
    opening.then((late) => late.close()).catch(() => {}) // opened after all, but nobody waits for it any more
    throw error
  } finally {
    clearTimeout(timer)
  }
}

interface Settling {
  readonly mode: IDBTransactionMode
  readonly done: Promise<void>
  readonly error: DOMException | null
  abort(): void
}

/** Runs `work` and waits for the commit. Whatever goes wrong, nothing of it stays. */
async function settle<Value>(tx: Settling, work: () => Promise<Value>): Promise<Value> {
  const done = tx.done.then(() => null).catch((error: unknown) => error ?? tx.error)
  try {
    const value = await work()
    const failure = await done
    if (failure !== null) throw failure
    return value
  } catch (error) {
    const reason = tx.error // why the browser gave up; ours, below, is the consequence
    abort(tx)
    await done
    throw reason ?? error
  }
}

function abort(tx: Settling): void {
  try {
    tx.abort()
  } catch {
    // over already
  }
}
