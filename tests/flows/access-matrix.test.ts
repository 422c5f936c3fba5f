import { inspectRoutes } from 'hono/dev'
import type { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { ROUTES } from '#login/domain/access.ts'
import { ROLES } from '#login/domain/roles.ts'
import { fieldNamesOf, requestOf } from '../make/access-requests.ts'
import {
  type AskerName,
  ASKERS,
  digestOf,
  makeAsker,
  makeTwoCities,
  objectsOf,
  type TwoCities,
  type Whose,
  WHOSE,
} from '../make/access-world.ts'

const NAMES = Object.keys(ASKERS) as AskerName[]
const TABLE = Object.keys(ROUTES)
const NOT_PERMITTED = JSON.stringify({ code: 'not_permitted' })

let cities: TwoCities
beforeAll(async () => {
  cities = await makeTwoCities()
  return () => cities.stop()
})

/** What one person got for one question. */
async function ask(route: string, name: AskerName, whose: Whose) {
  const asker = await makeAsker(cities, name)
  const objects = objectsOf(cities, whose, asker)
  const { product } = cities.here
  const controller = new AbortController()
  const request = requestOf(route, { objects, asker, city: cities.here })
  const answer = await product.fetch(request.url, {
    method: request.method,
    headers: request.headers,
    signal: controller.signal,
    ...(request.method !== 'GET' && { body: await request.text() }),
  })
  const type = answer.headers.get('content-type') ?? ''
  const text = type.startsWith('text/event-stream') ? '' : await answer.text()
  controller.abort()
  const json: unknown = type.startsWith('application/json') ? JSON.parse(text) : null
  return { status: answer.status, text, json }
}

test('every route has its line in the table, every line has its route, and nothing else answers', async () => {
  const { routes } = cities.here.product
  const mounted = inspectRoutes({ routes } as Hono).filter(({ isMiddleware }) => !isMiddleware)
  const names = mounted.map(({ method, path }) => `${method} ${path}`)
  const files = names.filter((name) => /^GET \/(?:assets|icons)\/|^GET \/(?:sw\.js|manifest\.webmanifest)$/.test(name))
  expect(files.length).toBeGreaterThan(10)
  expect(names.filter((name) => !files.includes(name)).sort()).toEqual([...TABLE].sort())
  const around = inspectRoutes({ routes } as Hono).filter(({ method }) => method === 'ALL')
  expect(around.filter(({ isMiddleware }) => !isMiddleware)).toEqual([])
})

test('what is the same for everybody is for every role', () => {
  const open = TABLE.filter((route) => ROUTES[route]?.of === 'public')
  expect(open.filter((route) => ROUTES[route]?.roles !== ROLES)).toEqual([])
})

let cells = 0

describe.each(TABLE)('everybody asks %s', (route) => {
  const rule = ROUTES[route]
  const allowed = NAMES.filter((name) => rule?.roles.includes(ASKERS[name]))
  test.each(WHOSE)(
    `of %s: for ${allowed.length} of ${NAMES.length}, with the fields of its line and no others`,
    async (whose) => {
      const before = await digestOf(cities.there)
      for (const name of NAMES) {
        const { status, text, json } = await ask(route, name, whose)
        cells += 1
        const cell = `${name}: ${status} ${text.slice(0, 300)}`
        expect(status, cell).toBeLessThan(500)
        if (!allowed.includes(name)) {
          expect([status, text], cell).toEqual([403, NOT_PERMITTED])
          continue
        }
        expect(text, cell).not.toBe(NOT_PERMITTED)
        const allowedFields = rule?.fields ?? []
        const extra = fieldNamesOf(json).filter((field) => !allowedFields.includes(field))
        expect([...new Set(extra)], cell).toEqual([])
        for (const secret of cities.there.secrets) expect(text, cell).not.toContain(secret)
        if (rule?.of === 'own' && whose === 'other person') {
          for (const secret of cities.here.otherSecrets) expect(text, cell).not.toContain(secret)
        }
      }
      expect(await digestOf(cities.there)).toEqual(before)
    },
  )
})

test('no route, person or object was left out', () => {
  expect(cells).toBe(TABLE.length * NAMES.length * WHOSE.length)
  process.stdout.write(
    `${TABLE.length} routes × ${NAMES.length} people × ${WHOSE.length} = ${cells} cells, all as the table says\n`,
  )
})
