import type { Project } from '#server/apply.ts'
import type { Sql } from '#server/database.ts'
import { poke } from '#server/poke.ts'
import { type Bucket, type ChangedRecord } from '#sync/domain/device-record.ts'
import { PULL_MAX } from '#sync/domain/limits.ts'
import type { SyncAnswer, SyncRequest } from '#sync/domain/protocol.ts'

export type ProjectedRecord = Omit<ChangedRecord, 'version'>

type Records = ReadonlyMap<string, ProjectedRecord>

/** What a transaction will show to devices. */
export interface Projection {
  readonly project: Project
  all(): readonly ProjectedRecord[]
  /** The state to `restore` when a savepoint is rolled back. */
  save(): Records
  restore(saved: Records): void
}

/** Collects records; the last word for a key wins. */
export function createProjection(): Projection {
  let records = new Map<string, ProjectedRecord>()
  return {
    project(bucket, kind, id, body) {
      records.set(`${bucket} ${kind} ${id}`, { bucket, kind, id, body } as ProjectedRecord)
    },
    all: () => [...records.values()],
    save: () => new Map(records),
    restore(saved) {
      records = new Map(saved)
    },
  }
}

/** Writes the records of one transaction under its version, and pokes the devices that hold their buckets. What did not change is not sent again. */
export async function writeFeed(
  sql: Sql,
  city: string,
  version: number,
  records: readonly ProjectedRecord[],
): Promise<void> {
  if (records.length === 0) return
  await sql`
    insert into device_records as held (city, bucket, kind, id, version, body)
    select ${city}, bucket, kind, id, ${version}, nullif(body, 'null')
      from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as t(bucket text, kind text, id text, body jsonb)
    on conflict (city, bucket, kind, id) do update set version = excluded.version, body = excluded.body
     where held.body is distinct from excluded.body`
  await poke(
    sql,
    city,
    records.map((record) => record.bucket),
  )
}

/** Whether a device has seen what this city's history does not hold: a backup was put back in between. For one round trip nothing is
 *  granted to it then, so that it drops what the server no longer knows; the next one brings everything anew. */
export async function isFromLostHistory(
  sql: Sql,
  city: string,
  { cursors, place }: Pick<SyncRequest, 'cursors' | 'place'>,
): Promise<boolean> {
  const [seen = 0, stamp = null] = place?.split(' ') ?? [Math.max(0, ...Object.values(cursors))]
  if (Number(seen) === 0) return false
  // Phones of protocol 1 know no mark: theirs is noticed only while the city has not come as far again.
  const known = await sql`
    select 1 from feed_versions where city = ${city} and version = ${seen} and stamp = ${stamp}::uuid
     union all
    select 1 from cities where city = ${city} and version >= ${seen} and ${stamp}::uuid is null`
  return known.length === 0
}

/** Everything that changed in the granted buckets since the cursors: one index range scan per bucket, whatever exists besides. */
export async function readFeed(
  sql: Sql,
  city: string,
  granted: readonly Bucket[],
  cursors: Readonly<Record<string, number>>,
): Promise<Pick<SyncAnswer, 'changes' | 'cursors' | 'place' | 'more'>> {
  const after = granted.map((bucket) => cursors[bucket] ?? 0)
  // One value for all rows: a phone's first fetch is thousands of them, and reading each by itself would take most of the time.
  const [found] = await sql<{ changes: readonly ChangedRecord[]; place: string | null }>`
    select coalesce(json_agg(f order by f.version), '[]') as changes,
           (select c.version || ' ' || v.stamp from cities c join feed_versions v using (city, version)
             where c.city = ${city}) as place -- in the same statement: what is read here is no newer
      from (select r.bucket, r.kind, r.id, r.version, r.body
              from unnest(${granted}::text[], ${after}::bigint[]) as want(bucket, after)
              join device_records r on r.city = ${city} and r.bucket = want.bucket and r.version > want.after
             where r.body is not null or want.after > 0
             order by r.version
             fetch first ${PULL_MAX} rows with ties) as f`
  const changes = found?.changes ?? []
  const next = Object.fromEntries(granted.map((bucket, index) => [bucket, after[index] ?? 0]))
  for (const { bucket, version } of changes) next[bucket] = version // they come in order: the last one is the highest
  return { changes, cursors: next, place: found?.place ?? null, more: changes.length >= PULL_MAX }
}
