import { once } from 'node:events'
import { Agent, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { countedAs, createAddressOf } from '#server/client-address.ts'
import { createLimiter } from '#server/limiter.ts'
import { createRateLimits } from '#server/rate-limits.ts'
import { refuseTooMany } from '#server/too-many.ts'
import { PROTOCOL } from '#sync/domain/limits.ts'
import { createApp } from '../../src/main.server.ts'
import { ensureBuilt } from '../make/built-product.ts'
import { makeChance } from '../make/chance.ts'
import { CITY } from '../make/city.ts'
import { makeTown, type Town } from '../make/town.ts'

const FLOOD = 1_000
const chance = makeChance('rate limits')
const newId = () => chance.newId(Date.parse('2026-05-12T04:00:00.000Z'))

interface Sent {
  readonly path: string
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}
interface Heard {
  readonly status: number
  readonly retryAfter: string | undefined
  readonly body: string
}

describe('over the network', () => {
  let town: Town
  beforeAll(async () => {
    await ensureBuilt()
    town = await makeTown({ now: '2026-05-12T04:00:00.000Z' })
    return () => town.close()
  })

  /** The whole product behind a port, and a way to ask it as many things at once as a machine can send. */
  async function listening(trustedProxies = 0) {
    const addressOf = createAddressOf(trustedProxies)
    const app = await createApp(town.kit, { city: CITY, links: null, origin: () => 'http://localhost', addressOf })
    const server = createAdaptorServer({ fetch: app.fetch }) as Server
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const agent = new Agent({ keepAlive: true, maxSockets: 20 })
    const { port } = server.address() as AddressInfo
    const ask = ({ path, method = 'GET', headers = {}, body }: Sent): Promise<Heard> =>
      new Promise((resolve, reject) => {
        const sending = request({ agent, port, path, method, headers }, (answer) => {
          const parts: Buffer[] = []
          answer.on('data', (part: Buffer) => parts.push(part))
          answer.on('end', () => {
            const retryAfter = answer.headers['retry-after']
            resolve({ status: answer.statusCode ?? 0, retryAfter, body: Buffer.concat(parts).toString() })
          })
        })
        sending.on('error', reject)
        sending.end(body)
      })
    const flood = (make: (index: number) => Sent) =>
      Promise.all(Array.from({ length: FLOOD }, (_, index) => ask(make(index))))
    return {
      ask,
      flood,
      async stop() {
        agent.destroy()
        server.closeAllConnections()
        server.close()
        await app.stop()
      },
    }
  }

  const sync = (deviceId: string): Sent => ({
    path: '/api/sync',
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      protocol: PROTOCOL,
      device: { id: deviceId, secret: 'ab'.repeat(32), unsentCount: 0 },
      push: [],
      cursors: {},
    }),
  })
  const oneDevice = newId()

  test.each<readonly [what: string, make: (index: number) => Sent]>([
    ['the first page', () => ({ path: '/' })],
    ['pages that are not there', (index) => ({ path: `/nowhere/${index}` })],
    ['what the office reads', () => ({ path: '/api/office/kpi' })],
    [
      'a plain form',
      () => ({
        path: '/booking',
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: 'receiptNumber=1&phoneLast4=2',
      }),
    ],
    ['one device that syncs without a rest', () => sync(oneDevice)],
    ['a new device each time', () => sync(newId())],
    ['nonsense', () => ({ ...sync(oneDevice), body: '{' })],
  ])(
    'of 1,000 requests at once from one address for %s, 95 % and more are refused with a time to wait',
    async (_, make) => {
      const server = await listening()
      const heard = await server.flood(make)
      const refused = heard.filter(({ status }) => status === 429)
      expect(refused.length).toBeGreaterThanOrEqual(FLOOD * 0.95)
      expect(refused.length).toBeLessThan(FLOOD)
      expect(refused.every(({ retryAfter }) => Number(retryAfter) >= 1)).toBe(true)
      await server.stop()
    },
  )

  test('a person is refused in words they can read, a program in a code', async () => {
    const server = await listening()
    await server.flood(() => ({ path: '/' }))
    const page = await server.ask({ path: '/', headers: { 'Accept-Language': 'ja' } })
    expect([page.status, page.body]).toEqual([429, expect.stringContaining('こみ合っています')])
    expect(page.body).toContain(CITY.phone)
    expect((await server.ask({ path: '/', headers: { 'Accept-Language': 'en' } })).body).toContain('We are busy')
    const read = await server.ask({ path: '/api/office/kpi' })
    expect([read.status, JSON.parse(read.body)]).toEqual([429, { code: 'too_many_requests' }])
    const taps = await server.ask(sync(newId()))
    expect(taps.status).toBe(200) // whoever floods pages keeps no helper next door from sending taps
    await server.stop()
  })

  test('behind a proxy each person is counted by themselves; without one, nobody’s own words about it are believed', async () => {
    const from = (address: string): Sent => ({ path: '/nowhere', headers: { 'X-Forwarded-For': address } })
    const proxied = await listening(1)
    await proxied.flood(() => from('203.0.113.7'))
    expect((await proxied.ask(from('203.0.113.7'))).status).toBe(429)
    expect((await proxied.ask(from('8.8.8.8, 203.0.113.7'))).status).toBe(429) // what stands before is made up
    expect((await proxied.ask(from('203.0.113.7, 203.0.113.8'))).status).toBe(404)
    await proxied.stop()
    const open = await listening()
    const heard = await open.flood((index) => from(`203.0.113.${index % 250}`))
    expect(heard.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(FLOOD * 0.95)
    await open.stop()
  })
})

describe('a hall with 40 people behind one address', () => {
  afterEach(() => void vi.useRealTimers())

  test('each opens the page, taps 30 times in 5 minutes and looks every 30 seconds: nobody is refused', async () => {
    vi.useFakeTimers({ now: Date.parse('2026-05-12T04:00:00.000Z') })
    const limits = createRateLimits({ addressOf: () => 'hall' })
    const app = new Hono()
      .use(limits.guard)
      .post('/api/sync', async (c: Context) => {
        const restS = await limits.restOfDevice(c, c.req.header('device') ?? null)
        return restS === null ? c.body(null, 204) : refuseTooMany(c, restS)
      })
      .all('*', (c) => c.body(null, 204))
    const requests = Array.from({ length: 40 }, newId).flatMap((device) => {
      const openedAt = chance.int(0, 3_000) // «everybody open this page, please»
      const pollsFrom = chance.int(0, 30_000)
      const one = (atMs: number, path: string, method = 'GET') => ({ atMs, path, method, device })
      return [
        one(openedAt, '/'),
        one(openedAt + 500, '/api/sync', 'POST'),
        one(openedAt + 900, '/api/poke'),
        ...Array.from({ length: 30 }, () => one(openedAt + 1_000 + chance.int(0, 295_000), '/api/sync', 'POST')),
        ...Array.from({ length: 10 }, (_, index) => one(pollsFrom + index * 30_000, '/api/sync', 'POST')),
      ]
    })
    const refused: object[] = []
    let clock = 0
    for (const { atMs, path, method, device } of requests.sort((a, b) => a.atMs - b.atMs)) {
      vi.advanceTimersByTime(atMs - clock)
      clock = atMs
      const answer = await app.request(path, { method, headers: { device } })
      if (answer.status !== 204) refused.push({ atMs, path, status: answer.status })
    }
    expect(requests).toHaveLength(40 * 43)
    expect(refused).toEqual([])
  })
})

test('what is counted is held only as long as it counts, and never more than there is room for', async () => {
  vi.useFakeTimers()
  const limiter = createLimiter({ points: 1, seconds: 10 }, 100)
  let most = 0
  for (let key = 0; key < 1_000; key++) {
    await limiter.spend(`address ${key}`)
    most = Math.max(most, limiter.size())
  }
  expect(most).toBe(100)
  vi.advanceTimersByTime(10_000)
  expect(limiter.size()).toBe(0)
  vi.useRealTimers()
})

test('a household counts as one, whichever of its addresses it uses', () => {
  expect(countedAs('203.0.113.7')).toBe('203.0.113.7')
  expect(countedAs('::ffff:203.0.113.7')).toBe('203.0.113.7')
  expect(countedAs('2001:db8:1:2:aaaa::1')).toBe(countedAs('2001:0DB8:0001:0002::ffff'))
  expect(countedAs('2001:db8::1')).toBe('2001:db8:0:0::/64')
  expect(countedAs('2001:db8:1:3::1')).not.toBe(countedAs('2001:db8:1:2::1'))
  expect(countedAs('fe80::1%eth0')).toBe(countedAs('fe80::2'))
})
