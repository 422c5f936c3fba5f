import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { ROUTES } from '#login/domain/access.ts'
import { BODIES } from '../make/access-bodies.ts'
import { requestOf } from '../make/access-requests.ts'
import { type Asker, makeAsker, makeTwoCities, objectsOf, type TwoCities } from '../make/access-world.ts'
import { anyDamage, type Damage } from '../make/any-request.ts'
import { runs } from '../make/long.ts'

const TABLE = Object.keys(ROUTES)
const RUNS = runs(2_000)
const MEMORY_MAX_BYTES = 64 * 2 ** 20

let cities: TwoCities
const answered = new Map<number, number>()
let before = 0
beforeAll(async () => {
  cities = await makeTwoCities()
  before = readMemory()
  return () => cities.stop()
})

/** What is held once everything that can go is gone. */
function readMemory(): number {
  setFlagsFromString('--expose_gc')
  ;(runInNewContext('gc') as () => void)()
  return process.memoryUsage().heapUsed
}

/** The request of a route after the damage. */
function damaged(route: string, asker: Asker, { body, part, query, headers }: Damage): Request {
  const objects = objectsOf(cities, 'own', asker)
  const sound = requestOf(route, { objects, asker, city: cities.here })
  const url = new URL(sound.url)
  const at = (route.split(' ')[1] ?? '').split('/').findIndex((one) => one.startsWith(':') || one === '*')
  if (part !== null && at > 0) {
    url.pathname = url.pathname.split('/').with(at, encodeURIComponent(part.toWellFormed())).join('/')
  }
  if (query !== '') url.search = encodeURI(query.toWellFormed())
  const all = new Headers(sound.headers)
  for (const [name, value] of headers) all.set(name, value)
  const make = BODIES[route]
  if (make === undefined) return new Request(url, { headers: all })
  const text = body(make(objects, asker, cities.here))
  return new Request(url, {
    method: sound.method,
    headers: all,
    body: url.pathname.startsWith('/api/') ? text : formOf(text),
  })
}

async function send(route: string, asker: Asker, damage: Damage): Promise<{ status: number; said: string }> {
  const request = damaged(route, asker, damage)
  const controller = new AbortController()
  const { url, method, headers } = request
  const body = method === 'GET' ? null : await request.text()
  const answer = await cities.here.product.fetch(url, { method, headers, body, signal: controller.signal })
  const { status } = answer
  answered.set(status, (answered.get(status) ?? 0) + 1)
  const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') === true
  const said = isStream ? '' : await answer.text()
  controller.abort()
  expect(status, `${method} ${url} ${body?.slice(0, 2000)}: ${said.slice(0, 300)}`).toBeLessThan(500)
  return { status, said }
}

/** The fields of a JSON object as a browser sends a form; anything else as it is. */
function formOf(text: string): string {
  try {
    return new URLSearchParams(JSON.parse(text) as Record<string, string>).toString()
  } catch {
    return text
  }
}

describe('whatever is sent, no answer is a fault', () => {
  test.each(TABLE)('%s', async (route) => {
    const askers = [await makeAsker(cities, 'resident'), await makeAsker(cities, 'admin')]
    const anyAsker = fc.constantFrom(...askers)
    await fc.assert(
      fc.asyncProperty(anyAsker, anyDamage, async (asker, damage) => {
        const { said } = await send(route, asker, damage)
        expect(said).not.toMatch(/\n\s+at |node_modules/)
        expect(Object.keys(Object.prototype)).toEqual([])
      }),
      { numRuns: Math.ceil(RUNS / TABLE.length) },
    )
  })

  test.each(Object.keys(BODIES))('%s with ten million bytes', async (route) => {
    const asker = await makeAsker(cities, 'admin')
    const tenMillion = 'あ'.repeat(3_400_000)
    for (const body of [`{"a":"${tenMillion}"}`, tenMillion]) {
      const { status } = await send(route, asker, { body: () => body, part: null, query: '', headers: [] })
      expect(status).toBeLessThan(500)
    }
  })
})

test('nothing of it stays in memory', () => {
  const asked = [...answered.values()].reduce((sum, count) => sum + count, 0)
  expect(asked).toBeGreaterThanOrEqual(RUNS)
  expect([...answered.keys()]).toEqual(expect.arrayContaining([200, 400, 403, 404])) // some of it was sound, some was not
  const grown = readMemory() - before
  const statuses = [...answered].map(([status, count]) => `${status}: ${count}`).join(', ')
  process.stdout.write(`${asked} requests (${statuses}), memory ${Math.round(grown / 2 ** 20)} MB above the start\n`)
  expect(grown).toBeLessThan(MEMORY_MAX_BYTES)
})
