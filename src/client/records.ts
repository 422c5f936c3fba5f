import type { Instant } from '#kernel/time.ts'
import type { RecordKind } from '#sync/domain/device-record.ts'
import type { LocalDb } from './local-db.ts'
import type { HeldRecord } from './local-schema.ts'

interface RecordStore {
  get(key: [string, string, string]): Promise<HeldRecord | undefined>
  getAll(query: IDBKeyRange): Promise<HeldRecord[]>
}

/** All keys that begin with these parts. An array sorts after every text, so it is the end of each prefix. */
export function startingWith(...prefix: string[]): IDBKeyRange {
  return IDBKeyRange.bound(prefix, [...prefix, []])
}

/** The records of one kind in one bucket, in the order of their ids, inside a transaction of the caller. */
export async function recordsIn<Kind extends RecordKind>(
  store: RecordStore,
  bucket: string,
  kind: Kind,
): Promise<readonly HeldRecord<Kind>[]> {
  return (await store.getAll(startingWith(bucket, kind))) as unknown as HeldRecord<Kind>[]
}

/** The records of one kind in one bucket, in the order of their ids. */
export function readRecords<Kind extends RecordKind>(
  db: Pick<LocalDb, 'read'>,
  bucket: string,
  kind: Kind,
): Promise<readonly HeldRecord<Kind>[]> {
  return db.read(['records'], (tx) => recordsIn(tx.objectStore('records'), bucket, kind))
}

/** One record; `null` when this device does not hold it. */
export function readRecord<Kind extends RecordKind>(
  db: Pick<LocalDb, 'read'>,
  bucket: string,
  kind: Kind,
  id: string,
): Promise<HeldRecord<Kind> | null> {
  return db.read(
    ['records'],
    async (tx) => ((await tx.objectStore('records').get([bucket, kind, id])) ?? null) as HeldRecord<Kind> | null,
  )
}

/** When the server was last reached; `null` = never. */
export function readLastContact(db: Pick<LocalDb, 'read'>): Promise<Instant | null> {
  return db.read(
    ['meta'],
    async (tx) => ((await tx.objectStore('meta').get('lastContactAt')) ?? null) as Instant | null,
  )
}
