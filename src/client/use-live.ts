import { useEffect, useMemo, useState } from 'preact/hooks'
import type { LocalChange, LocalDb } from './local-db.ts'
import type { StoreName } from './local-schema.ts'
import type { Observable } from './observable.ts'
import { troubleOf } from './storage-trouble.ts'

/** What a page reads of the local store, read again whenever a store it looked into changes, in this tab or another.
 *  `undefined` until the first read, and while the store cannot be opened (`db.trouble` says why).
 *  `buckets` narrows changes of records down to these. */
export function useLive<Value>(
  db: LocalDb,
  read: (db: Pick<LocalDb, 'read'>) => Promise<Value>,
  deps: readonly unknown[],
  buckets?: readonly string[],
): Value | undefined {
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the caller names what its reading depends on
  const reading = useMemo(() => ({ read, buckets }), [db, ...deps])
  const [latest, setLatest] = useState<{ of: object; value: Value } | null>(null)
  useEffect(() => follow(db, reading, (value) => setLatest({ of: reading, value })), [db, reading])
  return latest?.of === reading ? latest.value : undefined
}

/** The current value of something that changes, for as long as a page shows it. */
export function useObservable<Value>(source: Observable<Value>): Value {
  const [, setTick] = useState(0)
  useEffect(() => {
    let seen = source.current
    setTick((tick) => tick + 1) // it may have changed between render and effect
    return source.subscribe((value) => {
      if (value === seen) return
      seen = value
      setTick((tick) => tick + 1)
    })
  }, [source])
  return source.current
}

interface Reading<Value> {
  readonly read: (db: Pick<LocalDb, 'read'>) => Promise<Value>
  readonly buckets?: readonly string[] | undefined
}

/** Reads now and after every change that matters, one read at a time. Returns how to stop. */
export function follow<Value>(
  db: LocalDb,
  { read, buckets }: Reading<Value>,
  tell: (value: Value) => void,
): () => void {
  const looked = new Set<StoreName>()
  const watched: Pick<LocalDb, 'read'> = {
    read(stores, work) {
      for (const store of stores) looked.add(store)
      return db.read(stores, work)
    },
  }
  let isStopped = false
  let isReading = false
  let isStale = false

  function matters(change: LocalChange): boolean {
    const stores = change.stores.filter((store) => looked.has(store))
    const onlyRecords = stores.length === 1 && stores[0] === 'records'
    if (!onlyRecords) return stores.length > 0
    return change.buckets.some((bucket) => buckets?.includes(bucket) ?? true)
  }

  async function refresh(): Promise<void> {
    isStale = isReading
    if (isReading) return
    isReading = true
    try {
      do {
        isStale = false
        const value = await read(watched)
        if (!isStopped) tell(value)
      } while (isStale && !isStopped)
    } catch (error) {
      if (troubleOf(error) === null) throw error // a fault of ours; the others are said by `db.trouble`
    } finally {
      isReading = false
    }
  }

  const stops = [
    db.onChange((change) => {
      if (matters(change)) void refresh()
    }),
    db.trouble.subscribe((trouble) => {
      if (trouble === null) void refresh()
    }),
  ]
  void refresh()
  return () => {
    isStopped = true
    for (const stop of stops) stop()
  }
}
