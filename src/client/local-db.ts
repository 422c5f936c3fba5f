import { type IDBPDatabase, openDB } from 'idb'
import type { RecordKind } from '#sync/domain/device-record.ts'
import { type LocalSchema, type ReadTx, type StoreName, type Upgrade, UPGRADES, type WriteTx } from './local-schema.ts'
import { createObservable, type Observable } from './observable.ts'
import { StorageUnavailable, type StorageTrouble, troubleOf } from './storage-trouble.ts'

const RETRIES = 3
const RETRY_PAUSE_MS = 20
const OPEN_LIMIT_MS = 5000

/** What was written, in this tab or in another one. */
export interface LocalChange {
  readonly stores: readonly StoreName[]
  /** Buckets whose records changed; empty when none did. */
  readonly buckets: readonly string[]
  /** Written by another tab. */
  readonly elsewhere: boolean
  /** Written by the sync loop, which must not wake itself. */
  readonly bySync: boolean
}

export interface WriteOptions {
  /** `strict` (the default) waits for the disk. `relaxed` is for what the server would send again. */
  readonly durability?: 'strict' | 'relaxed'
  readonly bySync?: boolean
  /** Values that `work` will keep, as far as they are known before: they are sealed before the transaction begins. */
  readonly ahead?: readonly Ahead[]
}

export interface Ahead {
  readonly store: StoreName
  readonly value: object
  /** Where the value does not hold its own key. */
  readonly key?: string
}

/** The store of this device. Both functions run `work` in one transaction: all of it is kept, or nothing. `work` may be run
 *  again after a lost connection, and waits for nothing but the transaction. They throw `StorageUnavailable`. */
export interface LocalDb {
  read<Names extends StoreName[], Value>(
    stores: readonly [...Names],
    work: (tx: ReadTx<Names>) => Promise<Value>,
  ): Promise<Value>
  /** Resolves once everything is on the disk. `touch` names a bucket whose records change. */
  write<Names extends StoreName[], Value>(
    stores: readonly [...Names],
    work: (tx: WriteTx<Names>, touch: (bucket: string) => void) => Promise<Value>,
    options?: WriteOptions,
  ): Promise<Value>
  /** Tells of every write, here and in other tabs. Returns how to stop listening. */
  onChange(listener: (change: LocalChange) => void): () => void
  /** Whether records of this kind may be kept here now: lists of people are not while this device is locked. */
  keeps(bucket: string, kind: RecordKind): boolean
  /** What keeps this device from storing; `null` while all is well. */
  readonly trouble: Observable<StorageTrouble | null>
  close(): void
}

export interface LocalDbOptions {
  readonly name?: string
  readonly upgrades?: readonly Upgrade[]
  /** How long another tab may take to let go of an older store. */
  readonly openLimitMs?: number
}

/** The store of this device, opened at first use and again whenever the browser drops it. */
export function openLocalDb(options: LocalDbOptions = {}): LocalDb {
  const { name = 'yorozu', upgrades = UPGRADES, openLimitMs = OPEN_LIMIT_MS } = options
  const trouble = createObservable<StorageTrouble | null>(null)
  const changes = createChanges(name)
  let handle: Promise<IDBPDatabase<LocalSchema>> | null = null

  function open(): Promise<IDBPDatabase<LocalSchema>> {
    const opened: Promise<IDBPDatabase<LocalSchema>> = openStore(
      { name, upgrades, openLimitMs },
      { onNew, onLost: () => drop(opened) },
    )
    return opened
  }

  // Perhaps it was there before, and cleared below this page.
  function onNew(): void {
    changes.tell({ stores: ['keys'], buckets: [], elsewhere: false, bySync: true })
  }

  function drop(dead: Promise<IDBPDatabase<LocalSchema>>): void {
    if (handle === dead) handle = null
    dead.then((db) => db.close()).catch(() => {}) // a handle that never opened has nothing to close
  }

  async function run<Value>(work: (db: IDBPDatabase<LocalSchema>) => Promise<Value>): Promise<Value> {
    for (let attempt = 0; ; attempt += 1) {
      const opened = (handle ??= open())
      try {
        const value = await work(await opened)
        if (trouble.current !== null) trouble.set(null)
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
  }

  return {
    trouble,
    keeps: () => true,
    onChange: changes.onChange,
    read: (stores, work) =>
      run(async (db) => {
        const tx = db.transaction([...stores], 'readonly')
        return settle(tx, () => work(tx as never))
      }),
    async write(stores, work, { durability = 'strict', bySync = false } = {}) {
      let buckets = new Set<string>()
      const value = await run(async (db) => {
        buckets = new Set()
        const tx = db.transaction([...stores], 'readwrite', { durability })
        return settle(tx, () => work(tx as never, (bucket) => buckets.add(bucket)))
      })
      const written = stores.filter((store) => store !== 'records' || buckets.size > 0)
      changes.tell({ stores: written, buckets: [...buckets], elsewhere: false, bySync })
      return value
    },
    close() {
      if (handle !== null) drop(handle)
      changes.close()
    },
  }
}

async function openStore(
  { name, upgrades, openLimitMs }: Required<LocalDbOptions>,
  { onNew, onLost }: { readonly onNew: () => void; readonly onLost: () => void },
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
    try {
      tx.abort()
    } catch {
      // over already
    }
    await done
    throw reason ?? error
  }
}

interface Changes {
  onChange: LocalDb['onChange']
  tell(change: LocalChange): void
  close(): void
}

function createChanges(name: string): Changes {
  const listeners = new Set<(change: LocalChange) => void>()
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`${name}:changes`)
  function hear(change: LocalChange): void {
    for (const listener of listeners) listener(change)
  }
  channel?.addEventListener('message', (event) => hear({ ...(event.data as LocalChange), elsewhere: true }))
  return {
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    tell(change) {
      hear(change)
      channel?.postMessage(change)
    },
    close() {
      listeners.clear()
      channel?.close()
    },
  }
}
