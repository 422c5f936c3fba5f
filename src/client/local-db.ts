import type { RecordKind } from '#sync/domain/device-record.ts'
import { createConnection } from './local-connection.ts'
import { type ReadTx, type StoreName, type Upgrade, UPGRADES, type WriteTx } from './local-schema.ts'
import type { Observable } from './observable.ts'
import type { StorageTrouble } from './storage-trouble.ts'

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
  const changes = createChanges(name)
  // Perhaps it was there before, and cleared below this page.
  const onNew = (): void => changes.tell({ stores: ['keys'], buckets: [], elsewhere: false, bySync: true })
  const connection = createConnection({ name, upgrades, openLimitMs, onNew })
  return {
    trouble: connection.trouble,
    keeps: () => true,
    onChange: changes.onChange,
    read: (stores, work) =>
      connection.run(
        (db) => db.transaction([...stores], 'readonly'),
        (tx) => work(tx as never),
      ),
    async write(stores, work, { durability = 'strict', bySync = false } = {}) {
      let buckets = new Set<string>()
      const value = await connection.run(
        (db) => db.transaction([...stores], 'readwrite', { durability }),
        (tx) => {
          buckets = new Set()
          return work(tx as never, (bucket) => buckets.add(bucket))
        },
      )
      const written = stores.filter((store) => store !== 'records' || buckets.size > 0)
      changes.tell({ stores: written, buckets: [...buckets], elsewhere: false, bySync })
      return value
    },
    close() {
      connection.close()
      changes.close()
    },
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
