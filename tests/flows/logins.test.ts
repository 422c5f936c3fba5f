import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Instant, instantOf } from '#kernel/time.ts'
import type { AccountAnswer } from '#login/domain/account.ts'
import { LOGIN_ABSOLUTE_MS, LOGIN_IDLE_MS } from '#login/domain/login-limits.ts'
import { endLoginsOf } from '#login/server/logins.ts'
import { type RunningProduct, startProduct } from '../make/running-product.ts'
import { makeHttpDevice, signIn } from '../make/signed-in.ts'
import { makeLogin, makeStaff, makeStaffLogin } from '../make/staff.ts'

const NOW = '2026-05-12T00:00:00.000Z'
let product: RunningProduct

beforeEach(async () => {
  product = await startProduct({ now: NOW })
})
afterEach(() => product.stop())

const tokenIn = (cookie: string): Buffer => Buffer.from(cookie.slice(cookie.indexOf('=') + 1), 'base64url')
const later = (ms: number): void => product.setNow(instantOf(Date.parse(NOW) + ms))

/** What somebody with this cookie is answered where only staff may ask. */
async function statusOf(cookie: string): Promise<number> {
  return (await product.fetch('/api/account', { headers: { Cookie: cookie } })).status
}

const post = (path: string, body: object, cookie: string): Promise<Response> =>
  product.fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Cookie: cookie },
    body: JSON.stringify(body),
  })

/** Every word of every row of the database. */
async function dump(): Promise<string> {
  const { sql } = product.kit.database
  const tables = await sql<{ rows: string }>`
    select query_to_xml(format('select * from %I', table_name), false, true, '')::text as rows
      from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`
  return tables.map(({ rows }) => rows).join('\n')
}

test('a token is 256 random bits, and no two are the same', async () => {
  const staffId = await makeStaff(product, 'organizer')
  const cookies = await Promise.all(Array.from({ length: 50 }, () => makeLogin(product, staffId, 'organizer')))
  const tokens = cookies.map(tokenIn)
  expect(new Set(tokens.map((token) => token.length))).toEqual(new Set([32]))
  expect(new Set(tokens.map((token) => token.toString('hex'))).size).toBe(50)
  // Of 12,800 random bits, about half are set; 5 standard deviations are 283.
  const bits = tokens.reduce((sum, token) => sum + token.reduce((count, byte) => count + popCount(byte), 0), 0)
  expect(Math.abs(bits - 6400)).toBeLessThan(283)
})

function popCount(byte: number): number {
  return byte === 0 ? 0 : (byte & 1) + popCount(byte >> 1)
}

test('the database holds the hash of a token, and nothing else of it', async () => {
  const { cookie } = await makeStaffLogin(product, 'organizer')
  const token = tokenIn(cookie)
  const all = await dump()
  expect(all).toContain(createHash('sha256').update(token).digest('base64'))
  for (const shape of ['hex', 'base64', 'base64url'] as const) expect(all).not.toContain(token.toString(shape))
})

test('each sign-in has a token of its own, and the one this browser had before is dead', async () => {
  const first = await signIn(product, 'organizer')
  const again = await product.fetch(product.links.organizer, { headers: { Cookie: first } })
  const [second = ''] = (again.headers.get('set-cookie') ?? '').split(';')
  expect(second).not.toBe(first)
  const asks = (cookie: string) => product.fetch('/api/training/trainees', { headers: { Cookie: cookie } })
  expect([(await asks(first)).status, (await asks(second)).status]).toEqual([403, 200])
})

test('after leaving, the token is dead, and the browser forgets everything only when nothing waits there', async () => {
  const { cookie, staffId } = await makeStaffLogin(product, 'organizer')
  const kept = await post('/api/sign-out', { clear: false }, cookie)
  expect(kept.headers.get('set-cookie')).toMatch(/^__Host-yorozu=;.*Max-Age=0/)
  expect(kept.headers.get('clear-site-data')).toBeNull()
  expect(await statusOf(cookie)).toBe(403)
  const cleared = await post('/api/sign-out', { clear: true }, await makeLogin(product, staffId, 'organizer'))
  expect(cleared.headers.get('clear-site-data')).toBe('"cache", "storage"')
})

test('whoever was disabled is out with the next request', async () => {
  const { cookie, staffId } = await makeStaffLogin(product, 'organizer')
  const { database, city, now } = product.kit
  expect(await statusOf(cookie)).toBe(200)
  await database.sql`update staff set disabled_at = ${now()} where city = ${city} and staff_id = ${staffId}`
  const asked = performance.now()
  expect(await statusOf(cookie)).toBe(403)
  expect(performance.now() - asked).toBeLessThan(1000)
})

test('all logins of one person can be ended at once, and of nobody else', async () => {
  const { cookie, staffId } = await makeStaffLogin(product, 'organizer')
  const other = await makeStaffLogin(product, 'organizer')
  const second = await makeLogin(product, staffId, 'organizer')
  const { database, city, now } = product.kit
  expect(await endLoginsOf(database.sql, city, staffId, now())).toBe(2)
  expect(await Promise.all([cookie, second, other.cookie].map(statusOf))).toEqual([403, 403, 200])
})

test('a browser nobody uses for 30 minutes is out; what its open page asks by itself does not count', async () => {
  const used = await makeStaffLogin(product, 'organizer')
  const idle = await makeStaffLogin(product, 'organizer')
  const half = LOGIN_IDLE_MS * 0.6
  later(half)
  expect(await statusOf(used.cookie)).toBe(200)
  await makeHttpDevice(product, idle.cookie).push() // a page that only looks for news
  later(half * 2)
  expect([await statusOf(used.cookie), await statusOf(idle.cookie)]).toEqual([200, 403])
})

test('what an open page asks by itself keeps nobody signed in', async () => {
  const { cookie } = await makeStaffLogin(product, 'organizer')
  const look = async (byItself: boolean): Promise<number> =>
    (await product.fetch('/api/account', { headers: { Cookie: cookie, ...(byItself && { 'X-By-Itself': '1' }) } }))
      .status
  for (const share of [0.4, 0.8]) {
    later(LOGIN_IDLE_MS * share)
    expect(await look(true)).toBe(200)
  }
  later(LOGIN_IDLE_MS + 1000)
  expect(await look(true)).toBe(403)
})

test('however busy a browser is, it is out after 12 hours', async () => {
  const { cookie } = await makeStaffLogin(product, 'organizer')
  const step = LOGIN_IDLE_MS / 2
  for (let at = step; at < LOGIN_ABSOLUTE_MS; at += step) {
    later(at)
    expect(await statusOf(cookie)).toBe(200)
  }
  later(LOGIN_ABSOLUTE_MS + 1000)
  expect(await statusOf(cookie)).toBe(403)
})

test('one can see where one is in and end it from elsewhere, one or all others, but nobody else’s', async () => {
  const mine = await makeStaffLogin(product, 'organizer')
  const library = await makeLogin(product, mine.staffId, 'organizer', 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0')
  const other = await makeStaffLogin(product, 'organizer')
  const read = async (cookie: string): Promise<AccountAnswer> =>
    (await (await product.fetch('/api/account', { headers: { Cookie: cookie } })).json()) as AccountAnswer
  const account = await read(mine.cookie)
  expect(account.logins.map(({ browser, isThis }) => ({ browser, isThis }))).toEqual([
    { browser: '', isThis: true },
    { browser: 'Firefox（Windows）', isThis: false },
  ])
  const [theirs] = (await read(other.cookie)).logins
  await post('/api/account/logins/end', { loginId: theirs?.loginId }, mine.cookie)
  expect(await statusOf(other.cookie)).toBe(200)
  await post('/api/account/logins/end', { loginId: account.logins[1]?.loginId }, mine.cookie)
  expect([await statusOf(library), await statusOf(mine.cookie)]).toEqual([403, 200])
  const third = await makeLogin(product, mine.staffId, 'organizer')
  await post('/api/account/logins/end', { loginId: null }, third)
  expect(await Promise.all([mine.cookie, third, other.cookie].map(statusOf))).toEqual([403, 200, 200])
})

test('whoever stole the database signs in with nothing of it', async () => {
  const { cookie } = await makeStaffLogin(product, 'admin')
  await product.fetch(product.links.organizer)
  const stolen = await product.kit.database.sql<{ hash: Buffer; loginId: string }>`
    select token_hash as hash, login_id as "loginId" from logins`
  expect(stolen).toHaveLength(2)
  const words = (await dump()).match(/[A-Za-z0-9+/=_-]{20,}/g) ?? []
  const name = cookie.slice(0, cookie.indexOf('='))
  const tries = new Set([...words, ...stolen.flatMap(({ hash, loginId }) => [...shapesOf(hash), loginId])])
  const statuses = new Set<number>()
  for (const word of tries) statuses.add(await statusOf(`${name}=${word}`))
  expect(tries.size).toBeGreaterThan(10)
  expect(statuses).toEqual(new Set([403]))
})

function shapesOf(hash: Buffer): readonly string[] {
  return [hash.toString('base64url'), hash.toString('base64'), hash.toString('hex')]
}

test('the cookie is for this host alone, over https, out of reach of scripts and of other sites', async () => {
  const answer = await product.fetch(`https://localhost${product.links.organizer}`)
  const [pair, ...attributes] = (answer.headers.get('set-cookie') ?? '').split('; ')
  expect(pair).toMatch(/^__Host-yorozu=[A-Za-z0-9_-]{43}$/)
  expect(attributes.toSorted()).toEqual(['HttpOnly', 'Max-Age=604800', 'Path=/', 'SameSite=Strict', 'Secure'])
})

test('a demo without https keeps its role in a cookie of its own, which lets nobody of the staff in', async () => {
  const answer = await product.fetch(product.links.organizer)
  expect(answer.headers.get('set-cookie')).toMatch(/^yorozu_demo=[A-Za-z0-9_-]{43};/)
  const { cookie } = await makeStaffLogin(product, 'admin')
  expect(await statusOf(cookie)).toBe(200)
  expect(await statusOf(cookie.replace('__Host-yorozu', 'yorozu_demo'))).toBe(403)
})

test('a token is in no body of any answer that its owner gets', async () => {
  const { cookie } = await makeStaffLogin(product, 'admin')
  const token = tokenIn(cookie).toString('base64url')
  const paths = ['/api/account', '/api/training/trainees', '/', '/office', '/admin/account', '/nowhere']
  const bodies = await Promise.all(
    paths.map(async (path) => (await product.fetch(path, { headers: { Cookie: cookie } })).text()),
  )
  expect(bodies.filter((body) => body.length > 10)).toHaveLength(paths.length)
  expect(bodies.join('\n')).not.toContain(token)
})

test('what changes a way in asks for a sign-in of the last ten minutes', async () => {
  const { cookie } = await makeStaffLogin(product, 'organizer')
  expect((await post('/api/account/passkeys/options', {}, cookie)).status).toBe(200)
  later(11 * 60_000)
  const answer = await post('/api/account/passkeys/options', {}, cookie)
  expect([answer.status, await answer.json()]).toEqual([403, { code: 'sign_in_again' }])
})

test('sign-ins and departures are in the audit, by number and not by name', async () => {
  const { cookie, staffId } = await makeStaffLogin(product, 'organizer', { name: '浜田 みなと' })
  await post('/api/sign-out', { clear: false }, cookie)
  const lines = await product.kit.database.sql<{ action: string; object: string; at: Instant }>`
    select action, object, at from audit_log order by seq`
  expect(lines.map(({ action, object }) => [action, object])).toEqual([
    ['signIn.done', `staff:${staffId}`],
    ['signIn.ended', `staff:${staffId}`],
  ])
  expect(JSON.stringify(lines)).not.toContain('浜田')
})

test('a passkey that answers wrongly ten times in an hour is not listened to for a while; others are', async () => {
  const wrong = (id: string): Promise<Response> =>
    post('/api/sign-in', { answer: { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response } }, '')
  const response = { clientDataJSON: 'e30', authenticatorData: 'AAAA', signature: 'AAAA' }
  const statuses: number[] = []
  for (let nth = 0; nth < 11; nth++) statuses.push((await wrong('guessed')).status)
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 403), 429])
  expect((await wrong('another')).status).toBe(403)
})

test('what is not exactly a sign-in is not read', async () => {
  const response = { clientDataJSON: 'e30', authenticatorData: 'AAAA', signature: 'AAAA' }
  const answer = { id: 'a', rawId: 'a', type: 'public-key', clientExtensionResults: {}, response }
  const bodies = [
    {},
    { answer: { ...answer, role: 'admin' } },
    { answer, staffId: 'me' },
    { answer: { ...answer, id: '' } },
  ]
  const statuses = await Promise.all(bodies.map(async (body) => (await post('/api/sign-in', body, '')).status))
  expect(statuses).toEqual([400, 400, 400, 400])
})
