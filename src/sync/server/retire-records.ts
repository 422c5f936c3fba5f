import type { ServerKit } from '#server/kit.ts'
import { publicSince } from '#sessions/domain/public-session.ts'
import { createProjection, writeFeed } from './feed.ts'

/** Takes sessions that ended long ago out of the bucket `public`, so that no phone of a resident fetches years of them.
 *  Only what devices may hold changes; the city's own tables do not. Returns how many were taken out. */
export async function retireRecords({ database, city, now }: ServerKit): Promise<number> {
  return database.transaction(async (sql) => {
    const [locked] = await sql<{ version: number }>`select version from cities where city = ${city} for update`
    const past = await sql<{ id: string }>`
      select id from device_records
       where city = ${city} and bucket = 'public' and kind = 'publicSession' and body is not null
         and body ->> 'endsAt' < ${publicSince(now())}`
    if (locked === undefined || past.length === 0) return 0
    const version = locked.version + 1
    const { project, all } = createProjection()
    for (const { id } of past) project('public', 'publicSession', id, null)
    await sql`update cities set version = ${version} where city = ${city}`
    await writeFeed(sql, city, version, all())
    return past.length
  })
}
