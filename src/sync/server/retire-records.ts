import { localDateOf, plusDays } from '#kernel/time.ts'
import type { ServerKit } from '#server/kit.ts'
import { publicSince } from '#sessions/domain/public-session.ts'
import { endTurn, takeTurn } from './city-turn.ts'
import { createProjection, writeFeed } from './feed.ts'

/** Lists stay this long after their day, so that a session that was put off finds its list again. source: docs/rules.md#rosters-on-phones */
const LISTS_KEPT_DAYS = 14

/** Takes out what no device may hold any more. Only what devices may hold changes; the city's own tables do not.
 *  Returns how many sessions left the pages of residents. */
export async function retireRecords(kit: ServerKit): Promise<number> {
  await retireLists(kit)
  return retireSessions(kit)
}

/** Deletes the lists of sessions that are over, with everything that came in for them since. Nobody is told: whoever held one has let go
 *  of it when it was no longer granted. */
async function retireLists({ database, city, now }: ServerKit): Promise<void> {
  await database.sql`
    delete from device_records r using sessions s
     where s.city = ${city} and s.held_on < ${plusDays(localDateOf(now()), -LISTS_KEPT_DAYS)}
       and r.city = s.city and r.bucket = 'session:' || s.session_id`
}

/** Takes sessions that ended long ago out of the bucket `public`, so that no phone of a resident fetches years of them. */
async function retireSessions({ database, city, now }: ServerKit): Promise<number> {
  return database.transaction(async (sql) => {
    const turn = await takeTurn(sql, city)
    const past = await sql<{ id: string }>`
      select id from device_records
       where city = ${city} and bucket = 'public' and kind = 'publicSession' and body is not null
         and body ->> 'endsAt' < ${publicSince(now())}`
    if (past.length === 0) return 0
    const { project, all } = createProjection()
    for (const { id } of past) project('public', 'publicSession', id, null)
    await endTurn(sql, city, turn)
    await writeFeed(sql, city, turn.version, all())
    return past.length
  })
}
