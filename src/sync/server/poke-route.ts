import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import * as v from 'valibot'
import { uuid } from '#kernel/schema.ts'
import type { ServerKit } from '#server/kit.ts'
import type { Bucket } from '#sync/domain/device-record.ts'
import { grantedBuckets } from './buckets.ts'
import { POKE_CHANNEL, type Poke } from './feed.ts'

const HEARTBEAT_MS = 25_000 // below the 30 to 60 s after which proxies close a silent connection
const GATHER_MS = 50 // a burst of commits makes one poke

type Listener = (buckets: readonly Bucket[] | null) => void

/** Everybody in this process who waits for news. Hears the pokes of all processes through the database. */
export async function createPokes(kit: Pick<ServerKit, 'database' | 'city'>): Promise<{
  readonly listen: (listener: Listener) => () => void
  readonly stop: () => Promise<void>
}> {
  const listeners = new Set<Listener>()
  const stop = await kit.database.listen(POKE_CHANNEL, (payload) => {
    const poke = JSON.parse(payload) as Poke
    if (poke.city === kit.city) for (const listener of listeners) listener(poke.buckets)
  })
  return {
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop,
  }
}

/** GET /api/poke?device=: a stream of server-sent events that say «there is news» and nothing else; the device then pulls. */
export function pokeRoute(kit: ServerKit, pokes: Awaited<ReturnType<typeof createPokes>>): Hono {
  return new Hono().get('/api/poke', async (c) => {
    const device = v.safeParse(uuid, c.req.query('device'))
    if (!device.success) return c.json({ code: 'unreadable_request' }, 400)
    const role = await kit.roleOf(c)
    return streamSSE(c, async (stream) => {
      let waiting = false
      const leave = pokes.listen(async (buckets) => {
        const granted = new Set(await grantedBuckets(kit, { role, deviceId: device.output }))
        if (waiting || (buckets !== null && !buckets.some((bucket) => granted.has(bucket)))) return
        waiting = true
        await stream.sleep(GATHER_MS)
        waiting = false
        await stream.writeSSE({ event: 'news', data: '' })
      })
      stream.onAbort(leave)
      await stream.writeSSE({ event: 'hello', data: '' })
      while (!stream.aborted) {
        await stream.sleep(HEARTBEAT_MS)
        await stream.writeSSE({ event: 'alive', data: '' })
      }
    })
  })
}
