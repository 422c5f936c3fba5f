import { createHmac } from 'node:crypto'
import { instantOf } from '#kernel/time.ts'
import type { ServerKit } from './kit.ts'
import type { Budget, Limiter } from './limiter.ts'

type TriesKit = Pick<ServerKit, 'database' | 'city' | 'now' | 'keyFor'>

/** Counts by key, wherever that is kept. */
export type TryLimiter = Pick<Limiter, 'spend' | 'giveBack'>

/** Counts wrong answers in the database, so that they are as few through ten processes as through one, and none is forgotten by a restart.
 *  `name`: what is counted. Whose it is, an address or a number, is kept only as an HMAC. */
export function createTries(
  { database: { sql }, city, now, keyFor }: TriesKit,
  name: string,
  budget: Budget,
): TryLimiter {
  const hashOf = (key: string): Buffer =>
    createHmac('sha256', keyFor('tries')).update(`${city} ${name} ${key}`).digest()

  return {
    async spend(key) {
      const at = now()
      const keyHash = hashOf(key)
      const end = instantOf(Date.parse(at) + budget.seconds * 1000)
      const taken = await sql`
        insert into tries as known (city, budget, key_hash, points, expires_at) values (${city}, ${name}, ${keyHash}, 1, ${end})
        on conflict (city, budget, key_hash) do update
          set points = case when known.expires_at <= ${at} then 1 else known.points + 1 end,
              expires_at = case when known.expires_at <= ${at} then excluded.expires_at else known.expires_at end
          where known.expires_at <= ${at} or known.points < ${budget.points}
        returning 1 as one`
      if (taken.length > 0) return null
      const [full] = await sql<{ expires_at: string }>`
        select expires_at from tries where city = ${city} and budget = ${name} and key_hash = ${keyHash}`
      const restMs = Date.parse(full?.expires_at ?? at) - Date.parse(at)
      return Math.max(1, Math.ceil(restMs / 1000))
    },
    async giveBack(key) {
      await sql`
        update tries set points = points - 1
         where city = ${city} and budget = ${name} and key_hash = ${hashOf(key)} and points > 0 and expires_at > ${now()}`
    },
  }
}

/** Lets go what counts no more. Returns how many there were. */
export async function forgetTries({
  database,
  city,
  now,
}: Pick<TriesKit, 'database' | 'city' | 'now'>): Promise<number> {
  const gone = await database.sql`delete from tries where city = ${city} and expires_at <= ${now()} returning 1 as one`
  return gone.length
}
