import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'
import type { Database } from './database.ts'

const ANSWER_LIMIT_MS = 2_000

/** GET /api/health, for whoever spreads requests over several processes: 200 while this one can do its work, else 503. Says nothing about
 *  anybody, and not why. */
export function healthRoute({ database }: { readonly database: Pick<Database, 'sql'> }): Hono {
  return new Hono().get('/api/health', async (c) => {
    const ready = await Promise.race([takesWrites(database), sleep(ANSWER_LIMIT_MS, false, { ref: false })])
    return c.json({ ready }, ready ? 200 : 503, { 'Cache-Control': 'no-store' })
  })
}

async function takesWrites({ sql }: Pick<Database, 'sql'>): Promise<boolean> {
  try {
    const [row] = await sql<{ ready: boolean }>`select not pg_is_in_recovery() as ready`
    return row?.ready === true
  } catch {
    return false // it said so already where it was needed
  }
}
