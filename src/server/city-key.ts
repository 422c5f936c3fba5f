import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Config } from './config.ts'
import type { Sql } from './database.ts'
import type { ServerKit } from './kit.ts'
import { BRING_KEY, deriveKeys, type KeyFor, readServerKey } from './server-key.ts'
import { StartRefusal } from './start-refusal.ts'

type CityKit = Pick<ServerKit, 'database' | 'city' | 'now'>

/** Reads the server's key, and makes sure that it is the one this city was begun with: a process with another key would refuse codes that
 *  its neighbors gave out. The first process of all writes its key's fingerprint down; of several at once, one is the first.
 *  Throws a StartRefusal. */
export async function readCityKey(
  { database: { sql }, city, now }: CityKit,
  { serverKeyFile, takesNewKey }: Pick<Config, 'serverKeyFile' | 'takesNewKey'>,
): Promise<KeyFor> {
  if (takesNewKey) await sql`delete from server_keys where city = ${city}`
  const keyFor = deriveKeys(await readServerKey(serverKeyFile, (await readFingerprint(sql, city)) === null))
  const own = createHmac('sha256', keyFor('fingerprint')).update(`city ${city}`).digest()
  await sql`
    insert into server_keys (city, fingerprint, begun_at) values (${city}, ${own}, ${now()}) on conflict (city) do nothing`
  const begun = await readFingerprint(sql, city)
  if (begun !== null && timingSafeEqual(begun, own)) return keyFor
  throw new StartRefusal(`${serverKeyFile} は、この市町村のデータを始めたときの鍵ではありません。${BRING_KEY}`)
}

async function readFingerprint(sql: Sql, city: string): Promise<Buffer | null> {
  const [row] = await sql<{ fingerprint: Buffer }>`select fingerprint from server_keys where city = ${city}`
  return row?.fingerprint ?? null
}
