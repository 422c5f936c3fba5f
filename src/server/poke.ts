import type { Bucket } from '#sync/domain/device-record.ts'
import type { Sql } from './database.ts'

/** The channel on which a transaction says «there is news». */
export const POKE_CHANNEL = 'yorozu_poke'
const NOTIFY_MAX_BYTES = 7000 // PostgreSQL takes payloads below 8000 bytes

/** What a poke says: the city and the buckets with news, or no buckets at all when they are too many to name. */
export interface Poke {
  readonly city: string
  readonly buckets: readonly Bucket[] | null
}

/** Tells the devices that hold these buckets, once the transaction is committed, that there is something to ask for. */
export async function poke(sql: Sql, city: string, buckets: readonly Bucket[]): Promise<void> {
  const named = JSON.stringify({ city, buckets: [...new Set(buckets)] } satisfies Poke)
  const payload = named.length < NOTIFY_MAX_BYTES ? named : JSON.stringify({ city, buckets: null } satisfies Poke)
  await sql`select pg_notify(${POKE_CHANNEL}, ${payload})`
}
