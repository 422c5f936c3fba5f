import { invariant } from '#kernel/invariant.ts'
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

/** Whether a device of protocol 1, which sends no place, has seen more than this city ever said: a backup was put back in between.
 *  Noticed only while the city has not come as far again. */
export async function isAheadOfCity(sql: Sql, city: string, cursors: SyncRequest['cursors']): Promise<boolean> {
  const seen = Math.max(0, ...Object.values(cursors))
  if (seen === 0) return false
  const [known] = await sql<{ version: number }>`select version from cities where city = ${city}`
  return seen > (known?.version ?? 0)
}

/** What a device gets. Records stay the text that PostgreSQL made of them: a phone's first fetch is thousands, and only it reads them. */
export interface Feed extends Pick<SyncAnswer, 'cursors' | 'place' | 'more'> {
  /** A JSON array of `ChangedRecord`. */
  readonly changes: string
  /** How many people of which lists are among them. */
  readonly people: Readonly<Record<string, number>>
}

interface FeedRow {
  readonly here: boolean
  readonly place: string | null
  readonly changes: string
  readonly count: number
  readonly last: Readonly<Record<string, number>>
  readonly people: Feed['people']
}

/** Everything that changed in the granted buckets since the cursors: one index range scan per bucket, whatever exists besides.
 *  A device whose place this city's history does not hold gets nothing and is granted nothing, for one round trip: so it drops what the
 *  server no longer knows, and the next one brings everything anew. */
export async function readFeed(
  sql: Sql,
  city: string,
  granted: readonly Bucket[],
  { cursors, place = null }: Pick<SyncRequest, 'cursors' | 'place'>,
): Promise<Feed> {
  const after = granted.map((bucket) => cursors[bucket] ?? 0)
  const [seen = null, stamp = null] = place?.split(' ') ?? []
  const [row] = await sql<FeedRow>`
    with history as materialized (
           select ${stamp}::uuid is null or exists (
                  select 1 from feed_versions where city = ${city} and version = ${seen}::bigint and stamp = ${stamp}::uuid) as here),
         found as materialized (
           select r.bucket, r.kind, r.id, r.version, r.body
             from history, unnest(${granted}::text[], ${after}::bigint[]) as want(bucket, after)
             join device_records r on r.city = ${city} and r.bucket = want.bucket and r.version > want.after
            where here and (r.body is not null or want.after > 0)
            order by r.version
            fetch first ${PULL_MAX} rows with ties),
         buckets as (
           select bucket, max(version) as last, count(*) filter (where kind = 'rosterEntry' and body is not null)::int as people
             from found group by bucket)
    select h.here,
           (select c.version || ' ' || v.stamp from cities c join feed_versions v using (city, version)
             where c.city = ${city}) as place, -- in the same statement: what is read here is no newer
           -- Written by hand, at half the price of json_agg: names and ids hold nothing to escape. Like stands beside like, and packs well.
           (select '[' || coalesce(string_agg('{"version":' || version || ',"bucket":"' || bucket || '","kind":"' || kind || '","id":"' || id
                                              || '","body":' || coalesce(body::text, 'null') || '}', ','
                                              order by version, bucket collate "C", kind collate "C", id collate "C"), '') || ']'
              from found) as changes,
           (select count(*)::int from found) as count,
           (select coalesce(json_object_agg(bucket, last), '{}') from buckets) as last,
           (select coalesce(json_object_agg(bucket, people), '{}') from buckets where people > 0) as people
      from history h`
  invariant(row !== undefined, 'a feed is one row')
  const next = row.here ? granted.map((bucket, index) => [bucket, row.last[bucket] ?? after[index] ?? 0] as const) : []
  return {
    changes: row.changes,
    people: row.people,
    cursors: Object.fromEntries(next),
    place: row.place,
    more: !row.here || row.count >= PULL_MAX,
  }
}
