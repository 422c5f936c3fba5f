import type { Keyring } from './keyring.ts'
import type { LocalChange, LocalDb, WriteOptions } from './local-db.ts'
import type { HeldRecord, ReadTx, StoreName } from './local-schema.ts'
import { isPlain, sealOf } from './sealed-kinds.ts'
import type { Inside, Sealing } from './sealing.ts'
import { StorageUnavailable, troubleOf } from './storage-trouble.ts'

export interface SealedDb extends LocalDb {
  /** Seals what an older version of this program has left in clear. For a quiet moment after each start, and after unlocking. */
  sealLeftovers(): Promise<void>
}

/** The store with what names people sealed; for everybody above it the same as without (docs/decisions/028-sealed-store.md).
 *  Who only looks at what the city holds never fetches the part that seals: it comes with the first name. */
export function createSealedDb(raw: LocalDb, keyring: Keyring): SealedDb {
  if (!keyring.canSeal) return createClearDb(raw)
  const listeners = new Set<(change: LocalChange) => void>()
  let loading: Promise<Sealing> | null = null

  function load(): Promise<Sealing> {
    const mine = (loading ??= import('./sealing.ts').then(({ createSealing }) =>
      createSealing({ raw, keyring, tell: (change) => listeners.forEach((listener) => listener(change)) }),
    ))
    return mine.catch((error: unknown) => {
      if (loading === mine) loading = null
      throw new StorageUnavailable('lost', error)
    })
  }

  async function run<Value>(
    stores: readonly StoreName[],
    attempt: (inside: Inside) => Promise<Value>,
    options?: WriteOptions,
  ): Promise<Value> {
    if (isPlain(stores)) return attempt((tx, work) => work(tx))
    let hasMetName = false
    try {
      if (loading === null) return await attempt((tx, work) => work(watch(tx, () => (hasMetName = true))))
    } catch (error) {
      if (!hasMetName || troubleOf(error) !== null) throw error
    }
    return (await load()).inRounds(attempt, options?.ahead)
  }

  const db: SealedDb = {
    ...raw,
    keeps: (bucket, kind) => sealOf(bucket, kind) !== 'vault' || keyring.state.current !== 'locked',
    onChange(listener) {
      listeners.add(listener)
      const stop = raw.onChange(listener)
      return () => {
        listeners.delete(listener)
        stop()
      }
    },
    read: (stores, work) => run(stores, (inside) => raw.read(stores, (tx) => inside(tx, work))),
    write: (stores, work, options) =>
      run(
        stores,
        (inside) => raw.write(stores, (tx, touch) => inside(tx, (given) => work(given, touch)), options),
        options,
      ),
    async sealLeftovers() {
      const lookAround = (tx: ReadTx<('outbox' | 'answers' | 'forms' | 'records')[]>): Promise<unknown> =>
        Promise.all(ALL.map((store) => tx.objectStore(store).getAll()))
      if (loading === null) await db.read([...ALL], lookAround) // meets a name, if there is one
      if (loading !== null) await (await load()).sealLeftovers(db)
    },
  }
  return db
}

const ALL = ['outbox', 'answers', 'forms', 'records'] as const

/** Without https nothing can be sealed: one's own words stay in clear, names of others are not kept. */
function createClearDb(raw: LocalDb): SealedDb {
  const isOwn = (kind: string): boolean => kind !== 'rosterEntry' && kind !== 'instructor'
  return { ...raw, keeps: (_bucket, kind) => isOwn(kind), sealLeftovers: () => Promise.resolve() }
}

/** A transaction that ends at the first value that names somebody, be it found or given. */
function watch<Thing extends object>(thing: Thing, onName: () => void, name?: StoreName): Thing {
  const see = (value: unknown): void => {
    const { bucket, kind } = value as HeldRecord
    if (name === undefined || isPlain([name]) || (name === 'records' && sealOf(bucket, kind) === 'none')) return
    onName()
    throw new Error('To be sealed')
  }
  const get = (_thing: Thing, method: string) => {
    const run = (...given: unknown[]): unknown => (thing as Methods)[method]?.(...given)
    if (method === 'objectStore') return (store: StoreName) => watch(run(store) as object, onName, store)
    if (method === 'index') return (index: string) => watch(run(index) as object, onName, name)
    return async (...given: unknown[]) => {
      if (method === 'put' || method === 'add') see(given[0])
      const found = await run(...given)
      if (method.startsWith('get')) for (const value of [found].flat()) if (value !== undefined) see(value)
      return found
    }
  }
  return new Proxy(thing, { get: get as never })
}

type Methods = Readonly<Record<string, (...given: unknown[]) => unknown>>
