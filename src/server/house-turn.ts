import { instantOf } from '#kernel/time.ts'
import type { ServerKit } from './kit.ts'

/** Somewhat less than the hour after which each process asks, so that a single one gets its turn each hour. */
const TURN_MS = 50 * 60 * 1000

/** Whether the next round of housekeeping is this process's: of all that ask, in one moment or within the hour, it is one. The row lock
 *  of a single statement decides, and nothing is held meanwhile: a process that dies in its round is followed by another at the next. */
export async function takeHouseTurn({
  database,
  city,
  now,
}: Pick<ServerKit, 'database' | 'city' | 'now'>): Promise<boolean> {
  const at = now()
  const [before, after] = [-TURN_MS, TURN_MS].map((ms) => instantOf(Date.parse(at) + ms))
  const taken = await database.sql`
    insert into house_rounds as last (city, begun_at) values (${city}, ${at})
    on conflict (city) do update set begun_at = excluded.begun_at
      where last.begun_at <= ${before} or last.begun_at > ${after} -- ahead of time: some clock was wrong
    returning 1 as one`
  return taken.length === 1
}
