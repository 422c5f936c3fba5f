import { ensureCity } from '#server/city.ts'
import type { Config } from '#server/config.ts'
import type { Database } from '#server/database.ts'

/** A town that is not on any map. */
export const CITY = { code: '000000', name: 'うみかぜ町', phone: '0000-00-0000' } as const

/** Another one, in the same database. */
export const NEIGHBOR = { code: '000001', name: 'やまなみ町', phone: '0000-00-9999' } as const

/** Puts a town into a database, as the first start does; returns its code. */
export async function insertCity(database: Pick<Database, 'sql'>, city: Config['city'] = CITY): Promise<string> {
  await ensureCity(database, city)
  return city.code
}
