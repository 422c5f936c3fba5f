import { request as httpRequest } from 'node:http'
import { beforeAll, describe, expect, test } from 'vitest'
import { ROUTES } from '#login/domain/access.ts'
import { ROLES } from '#login/domain/roles.ts'
import { requestOf } from '../make/access-requests.ts'
import { type Asker, digestOf, makeAsker, makeTwoCities, objectsOf, type TwoCities } from '../make/access-world.ts'
import { expectGuarded } from '../make/guarded-answer.ts'
import { type RunningProduct, startProduct } from '../make/running-product.ts'
import { makeHttpDevice, signIn } from '../make/signed-in.ts'

let cities: TwoCities
let product: RunningProduct
beforeAll(async () => {
  cities = await makeTwoCities()
  product = cities.here.product
  return () => cities.stop()
})

/** A request to a route of the table as an admin would send it, changed as a test wants. */
interface Change {
  readonly asker?: Asker
  readonly headers?: Readonly<Record<string, string>>
  readonly method?: string
}
async function send(route: string, change: Change = {}) {
  const asker = change.asker ?? (await makeAsker(cities, 'admin'))
  const request = requestOf(route, { objects: objectsOf(cities, 'own', asker), asker, city: cities.here })
  const headers = new Headers(request.headers)
  headers.delete('Sec-Fetch-Site')
  for (const [name, value] of Object.entries(change.headers ?? {})) headers.set(name, value)
  const method = change.method ?? request.method
  const controller = new AbortController()
  const answer = await product.fetch(request.url, {
    method,
    headers,
    signal: controller.signal,
    redirect: 'manual',
    ...(method !== 'GET' && method !== 'HEAD' && { body: await request.text() }),
  })
  controller.abort()
  return answer
}

/** Asks over the network with exactly these words: no part of the way tidies the address up. */
async function ask(method: string, path: string, headers: Readonly<Record<string, string>> = {}) {
  const { port } = new URL(product.url)
  return new Promise<{ status: number; type: string; body: string }>((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent: false }, (answer) => {
      let body = ''
      answer.setEncoding('utf8').on('data', (text: string) => (body += text))
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, type: answer.headers['content-type'] ?? '', body }),
      )
    })
    request.on('error', reject).end()
  })
}

const TABLE = Object.keys(ROUTES)
const WRITING = TABLE.filter((route) => !route.startsWith('GET '))

describe('every answer carries the policy', () => {
  test.each(TABLE)('%s', async (route) => {
    expectGuarded(await send(route), route)
    expectGuarded(await send(route, { headers: { Cookie: '' } }), `${route} of nobody`)
    expectGuarded(await send(route, { headers: { 'Sec-Fetch-Site': 'cross-site' } }), `${route} from elsewhere`)
  })

  test('also a file, one that did not change, nothing, too much, the wrong kind, too often, and a redirect', async () => {
    const one = await startProduct({ addressOf: () => 'one house' })
    const file = await one.fetch('/sw.js')
    const device = makeHttpDevice(one)
    const answers: (readonly [Response | Promise<Response>, number])[] = [
      [file, 200],
      [one.fetch('/sw.js', { headers: { 'If-None-Match': file.headers.get('etag') ?? '' } }), 304],
      [one.fetch('/nowhere'), 404],
      [one.fetch('/api/nowhere'), 404],
      [one.fetch('/', { method: 'DELETE' }), 404],
      [one.fetch('/', { method: 'OPTIONS' }), 404],
      [one.fetch('/booking', { method: 'POST', body: new URLSearchParams({ a: 'x'.repeat(20_000) }) }), 413],
      [device.post({}, { 'Content-Type': 'text/plain' }), 415],
      [device.post('{'), 400],
      [one.fetch(one.links.volunteer, { redirect: 'manual' }), 302],
    ]
    for (const [answer, status] of answers) {
      expect((await answer).status).toBe(status)
      expectGuarded(await answer, String(status))
    }
    const many = await Promise.all(Array.from({ length: 60 }, () => one.fetch('/')))
    const refused = many.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(0)
    for (const answer of refused) expectGuarded(answer, '429')
    await one.kit.database.close()
    const broken = await one.fetch('/api/sync', { method: 'POST', body: '{}', headers: { Cookie: 'x' } })
    expectGuarded(broken, 'broken')
  })
})

describe('what another site causes is refused, and not a row changes', () => {
  test.each(WRITING)('%s', async (route) => {
    const asker = await makeAsker(cities, 'admin')
    const before = await digestOf(cities.here)
    for (const headers of [
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
      { Origin: 'https://example.com' },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'cross-site', Origin: product.url },
    ]) {
      const answer = await send(route, { asker, headers })
      expect([answer.status, await answer.json()], JSON.stringify(headers)).toEqual([403, { code: 'other_site' }])
    }
    if (route.startsWith('POST /api/')) {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', '']) {
        expect((await send(route, { asker, headers: { 'Content-Type': type } })).status, type).toBe(415)
      }
    }
    for (const method of ['GET', 'HEAD']) {
      const answer = await send(route, { asker, method, headers: { 'X-HTTP-Method-Override': 'POST' } })
      const other = `GET ${route.split(' ')[1] ?? ''}`
      if (!TABLE.includes(other)) expect(answer.status, method).toBe(404)
    }
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const answer = await send(route, { asker, method, headers: { 'X-HTTP-Method-Override': 'POST' } })
      expect(answer.status, method).toBe(404)
    }
    expect(await digestOf(cities.here)).toEqual(before)
  })
})

describe('no other spelling of an address leads past the guard', () => {
  const closed = TABLE.filter((route) => route.startsWith('GET ') && ROUTES[route]?.roles !== ROLES)
  test.each(closed)('%s', async (route) => {
    const asker = await makeAsker(cities, 'resident')
    const { url } = requestOf(route, { objects: objectsOf(cities, 'own', asker), asker, city: cities.here })
    const { pathname } = new URL(url)
    const encoded = pathname.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`)
    for (const path of [
      pathname,
      `${pathname}/`,
      `${pathname}?x=1`,
      `/${pathname}`,
      pathname.replaceAll('/', '//'),
      pathname.toUpperCase(),
      encoded,
      pathname.replace('/api/', '/api%2F'),
      pathname.replace('/api/', '/./api/'),
      `/hall/..${pathname}`,
      `/hall/..%2f${pathname.slice(1)}`,
      `/office/%2e%2e${pathname}`,
      `/shell;${pathname}`,
      `${pathname};.js`,
      `${pathname}%00`,
      `${pathname}%20`,
      pathname.replaceAll('/', '\\'),
      `http://localhost${pathname}`,
    ]) {
      const { status, type, body } = await ask('GET', path)
      const isFrame = status === 200 && type.startsWith('text/html')
      expect(isFrame || [400, 403, 404].includes(status), `${path}: ${status} ${body.slice(0, 200)}`).toBe(true)
      for (const secret of cities.here.secrets.slice(-6)) expect(body, path).not.toContain(secret)
    }
  })
})

describe('there is nothing to find beside the program', () => {
  test.each([
    ['GET', '/.git/config'],
    ['GET', '/.env'],
    ['TRACE', '/'],
    ['TRACK', '/'],
    ['GET', '/server-status'],
    ['GET', '/debug'],
    ['GET', '/assets/'],
    ['GET', '/icons/'],
    ['GET', '/../package.json'],
    ['GET', '/assets/../../package.json'],
    ['GET', '/assets/..%2f..%2fpackage.json'],
    ['GET', '/icons/%2e%2e/%2e%2e/server.key'],
    ['GET', '/api/../package.json'],
    ['GET', '/package.json'],
    ['GET', '/src/main.server.ts'],
    ['GET', '/.vite/manifest.json'],
    ['GET', '/main.sw.js'],
    ['GET', '/api/'],
    ['GET', '/metrics'],
    ['GET', '/etc/passwd%00.png'],
    ['PROPFIND', '/'],
  ])('%s %s: 404, and not a word of the inside', async (method, path) => {
    const { status, body } = await ask(method, path)
    expect([404, 405, 400]).toContain(status)
    expect(body).not.toMatch(/\n\s+at |node_modules|"dependencies"|password|\[core\]/)
  })

  test('no file of the program names its source', async () => {
    const { routes } = product
    const files = routes.filter(({ method, path }) => method === 'GET' && /\.(?:js|css)$/.test(path))
    expect(files.length).toBeGreaterThan(5)
    for (const { path } of files) {
      expect(await (await product.fetch(path)).text(), path).not.toContain('sourceMappingURL')
      expect((await product.fetch(`${path}.map`)).status).toBe(404)
    }
  })
})

test('a login of one city opens nothing in the other', async () => {
  const cookie = await signIn(cities.there.product, 'organizer')
  const answer = await product.fetch('/api/training/trainees', { headers: { Cookie: cookie } })
  expect(answer.status).toBe(403)
})
