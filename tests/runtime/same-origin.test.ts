import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { refuseOtherSites } from '#server/same-origin.ts'
import { securityHeaders } from '#server/security-headers.ts'

const app = new Hono()
  .use(securityHeaders())
  .use(refuseOtherSites)
  .get('/', (c) => c.text('a page with a form'))
  .post('/', (c) => c.text('taken'))
  .post('/api/any', (c) => c.json('taken'))

async function post(headers: Record<string, string>, path = '/'): Promise<number> {
  const answer = await app.request(`http://yorozu.example.jp${path}`, {
    method: 'POST',
    headers: { host: 'yorozu.example.jp', ...headers },
  })
  return answer.status
}

describe('a form sent to us', () => {
  test.each([
    ['a browser that names the place', { 'sec-fetch-site': 'same-origin', origin: 'null' }],
    ['an older one that names only the site', { origin: 'https://yorozu.example.jp' }],
    ['a text browser that names neither', {}],
  ])('is taken from %s', async (_who, headers) => {
    expect(await post(headers)).toBe(200)
  })

  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbor of ours', { 'sec-fetch-site': 'same-site' }],
    ['another site, in an older browser', { origin: 'https://example.com' }],
    ['a page that hides where it is', { origin: 'null' }],
  ])('is refused from %s', async (_who, headers) => {
    expect(await post(headers)).toBe(403)
  })

  test('names our site in browsers of every age: our own pages do not forbid it', async () => {
    // Fetch, «append a request Origin header»: under `no-referrer` a form says `Origin: null`, which older browsers then say alone.
    const policy = (await app.request('/')).headers.get('referrer-policy')
    expect(policy).toBe('same-origin')
  })

  test('has to be JSON where programs talk to us, which no other site can send unasked', async () => {
    const own = { 'sec-fetch-site': 'same-origin' }
    expect(await post({ ...own, 'content-type': 'text/plain' }, '/api/any')).toBe(415)
    expect(await post({ ...own, 'content-type': 'application/json; charset=utf-8' }, '/api/any')).toBe(200)
  })
})
