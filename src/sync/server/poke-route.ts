import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import * as v from 'valibot'
import { uuid } from '#kernel/schema.ts'
import { logFault } from '#server/faults.ts'
import type { ServerKit } from '#server/kit.ts'
import { POKE_CHANNEL, type Poke } from '#server/poke.ts'
import type { Bucket } from '#sync/domain/device-record.ts'
import { grantedBuckets } from './buckets.ts'

const HEARTBEAT_MS = 25_000 // below the 30 to 60 s after which proxies close a silent connection
const GATHER_MS = 15 // a burst of commits makes one poke

/** `null`: news in more buckets than could be named. */
type Listener = (buckets: ReadonlySet<Bucket> | null) => void

/** Everybody in this process who waits for news. Hears the pokes of all processes through the database. */
export async function createPokes(kit: Pick<ServerKit, 'database' | 'city'>): Promise<{
  readonly listen: (listener: Listener) => () => void
  /** Aborted when the process stops: streams end, and phones ask another process. */
  readonly ending: AbortSignal
  readonly stop: () => Promise<void>
}> {
  const listeners = new Set<Listener>()
  const end = new AbortController()
  const gather = gathering((buckets) => listeners.forEach((listener) => listener(buckets)))
  const stopListening = await kit.database.listen(POKE_CHANNEL, (payload) => {
    const poke = payload === null ? { city: kit.city, buckets: null } : (JSON.parse(payload) as Poke)
    if (poke.city === kit.city) gather(poke.buckets)
  })
  return {
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    ending: end.signal,
    async stop() {
      end.abort()
      listeners.clear()
      await stopListening()
    },
  }
}

/** Says once, a moment later, what was named meanwhile. */
function gathering(say: Listener): (buckets: Poke['buckets']) => void {
  let named = new Set<Bucket>()
  let [isPlanned, isEverywhere] = [false, false]
  return (buckets) => {
    if (buckets === null) isEverywhere = true
    else for (const bucket of buckets) named.add(bucket)
    if (isPlanned) return
    isPlanned = true
    setTimeout(() => {
      const gathered = isEverywhere ? null : named
      ;[named, isPlanned, isEverywhere] = [new Set(), false, false]
      say(gathered)
    }, GATHER_MS)
  }
}

/** GET /api/poke?device=: a stream of server-sent events that say «there is news» and nothing else; the device then pulls. */
export function pokeRoute(kit: ServerKit, pokes: Awaited<ReturnType<typeof createPokes>>): Hono {
  return new Hono().get('/api/poke', async (c) => {
    const device = v.safeParse(uuid, c.req.query('device'))
    if (!device.success) return c.json({ code: 'unreadable_request' }, 400)
    const own: Bucket = `device:${device.output}`
    let who = await kit.whoIs(c, device.output, false)
    let held = new Set(await grantedBuckets(kit, { ...who, deviceId: device.output }))
    c.header('X-Accel-Buffering', 'no') // nginx would hold the stream back
    return streamSSE(c, async (stream) => {
      const tell = async (buckets: ReadonlySet<Bucket> | null): Promise<void> => {
        const before = held
        // Asked anew: a pairing or a login may have ended since. Residents, who are many, begin or end nothing unsaid.
        const mayDiffer = who.role !== 'resident' || buckets === null || buckets.has(own)
        if (mayDiffer) who = await kit.whoIs(c, device.output, false)
        held = new Set(await grantedBuckets(kit, { ...who, deviceId: device.output }))
        // Also of what it held and may not hold any more: it has to hear that it should let go.
        const isNews = buckets === null || [...buckets].some((bucket) => held.has(bucket) || before.has(bucket))
        if (isNews) await stream.writeSSE({ event: 'news', data: '' })
      }
      const leave = pokes.listen((buckets) => void tell(buckets).catch(logFault))
      stream.onAbort(leave)
      await stream.writeSSE({ event: 'hello', data: '' })
      while (!stream.aborted && !pokes.ending.aborted) {
        await sleep(HEARTBEAT_MS, undefined, { ref: false, signal: pokes.ending }).catch(() => undefined)
        if (!pokes.ending.aborted) await stream.writeSSE({ event: 'alive', data: '' })
      }
      leave()
    })
  })
}
