import type { StoreName } from './local-schema.ts'
import { isPlain } from './sealed-kinds.ts'

/** A store as transactions use it here. */
export interface AnyStore {
  get(query: unknown): Promise<unknown>
  getAll(query?: unknown, count?: number): Promise<unknown[]>
  getAllKeys(query?: unknown): Promise<unknown[]>
  put(value: unknown, key?: unknown): Promise<unknown>
  add(value: unknown, key?: unknown): Promise<unknown>
  delete(query: unknown): Promise<void>
  clear(): Promise<void>
  index(name: string): Pick<AnyStore, 'get' | 'getAll'>
}

/** What stands between a work and the stores that hold something sealed. */
export interface Between {
  /** Nothing of this run may be kept: something was missing. */
  readonly isDoomed: boolean
  /** Gives what was found to the work. */
  serve(name: StoreName, found: readonly unknown[], store: AnyStore): Promise<unknown[]>
  /** Keeps what the work gives. */
  keep(name: StoreName, given: [unknown, unknown?], how: 'put' | 'add', store: AnyStore): Promise<unknown>
}

/** Runs `work` with `between` in the middle; throws, so that the transaction ends without a trace, once it is doomed. */
export async function runBetween<Tx extends object, Value>(
  tx: Tx,
  between: Between,
  work: (tx: Tx) => Promise<Value>,
): Promise<Value> {
  const value = await work(stepBetween(tx, between))
  if (between.isDoomed) throw new Error('Not sealed yet')
  return value
}

function stepBetween<Tx extends object>(tx: Tx, { serve, keep }: Between): Tx {
  const real = tx as unknown as { objectStore(name: StoreName): AnyStore }
  const objectStore = (name: StoreName): object => {
    const store = real.objectStore(name)
    if (isPlain([name])) return store
    const reading = (source: Pick<AnyStore, 'get' | 'getAll'>) => ({
      get: async (query: unknown) => (await serve(name, [await source.get(query)], store))[0],
      getAll: async (query?: unknown, count?: number) => serve(name, await source.getAll(query, count), store),
    })
    return {
      ...reading(store),
      index: (index: string) => reading(store.index(index)),
      put: (...given: [unknown, unknown?]) => keep(name, given, 'put', store),
      add: (...given: [unknown, unknown?]) => keep(name, given, 'add', store),
      delete: (query: unknown) => store.delete(query),
      clear: () => store.clear(),
      getAllKeys: (query?: unknown) => store.getAllKeys(query),
    }
  }
  return { objectStore } as never
}
