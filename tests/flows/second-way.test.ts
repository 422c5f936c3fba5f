import { beforeAll, describe, expect, test } from 'vitest'
import { instantOf } from '#kernel/time.ts'
import type { SecondWayEntry, SecondWaySheet } from '#login/domain/second-way.ts'
import type { ServerKit } from '#server/kit.ts'
import { type App, createApp } from '../../src/main.server.ts'
import { ensureBuilt } from '../make/built-product.ts'
import { CITY } from '../make/city.ts'
import { hearDatabase } from '../make/heard-database.ts'
import { changingCodeAt, makeSheetHolder } from '../make/second-way.ts'
import { makeStaff, makeStaffLogin } from '../make/staff.ts'
import { makeTown, type Town } from '../make/town.ts'

const START = Date.parse('2026-05-01T00:00:00.000Z')
const STEP_MS = 30_000
let town: Town
let kit: ServerKit
let app: App
let now = START
let addresses = 0
let statements: string[]

beforeAll(async () => {
  await ensureBuilt()
  town = await makeTown({ now: instantOf(START) })
  kit = { ...town.kit, now: () => instantOf(now) }
  const listening = hearDatabase(kit.database)
  statements = listening.heard
  app = await createApp(
    { ...kit, database: listening.database },
    { city: CITY, links: null, origin: () => 'http://localhost', addressOf: (c) => c.req.header('x-from') ?? null },
  )
  return async () => {
    await app.stop()
    await town.close()
  }
})

const newAddress = (): string => `house ${++addresses}`

async function send(path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return app.fetch(
    new Request(`http://localhost${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin', ...headers },
      body: JSON.stringify(body),
    }),
  )
}

const enter = (entry: SecondWayEntry, from = newAddress()) => send('/api/sign-in/second-way', entry, { 'x-from': from })
const other = (digits: string): string => digits.replace(/.$/, (last) => String((Number(last) + 1) % 10))

/** Whether whoever got this answer is in. */
async function isIn(answer: Response): Promise<boolean> {
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';')
  const seen = await app.fetch(new Request('http://localhost/api/admin/recovery', { headers: { Cookie: cookie } }))
  return seen.status === 200
}

describe('whoever holds the sheet and the app', () => {
  test('comes in with staff number, one number of the sheet and the changing number', async () => {
    const { entryAt } = await makeSheetHolder(kit)
    const answer = await enter(entryAt(now))
    expect([answer.status, await answer.json()]).toEqual([200, { role: 'organizer' }])
    expect(await isIn(answer)).toBe(true)
  })

  test('may be half a minute slow or fast, and not more', async () => {
    const answers = { '-2': 403, '-1': 200, '1': 200, '2': 403 }
    for (const [steps, status] of Object.entries(answers)) {
      const { entryAt } = await makeSheetHolder(kit)
      expect((await enter(entryAt(now + Number(steps) * STEP_MS))).status, `${steps} steps`).toBe(status)
    }
  })

  test('uses each number of the sheet once', async () => {
    const { entryAt } = await makeSheetHolder(kit)
    expect((await enter(entryAt(now))).status).toBe(200)
    now += 2 * STEP_MS
    const again = await enter(entryAt(now))
    expect([again.status, await again.json()]).toEqual([403, { code: 'second_way_wrong' }])
    expect((await enter(entryAt(now, 1))).status).toBe(200)
  })

  test('uses each changing number once, whichever number of the sheet stands beside it, and none from before it', async () => {
    const { entryAt } = await makeSheetHolder(kit)
    expect((await enter(entryAt(now))).status).toBe(200)
    expect((await enter(entryAt(now, 1))).status).toBe(403)
    expect((await enter(entryAt(now - STEP_MS, 1))).status).toBe(403)
    now += STEP_MS
    expect((await enter(entryAt(now, 1))).status).toBe(200)
  })

  test('of two who send the same three numbers at once, one comes in', async () => {
    const { entryAt } = await makeSheetHolder(kit)
    const answers = await Promise.all([enter(entryAt(now)), enter(entryAt(now)), enter(entryAt(now))])
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 403, 403])
  })
})

describe('nobody else comes in', () => {
  test('with one of the three wrong, with a colleague’s sheet or app, after the sheet was renewed, or once disabled', async () => {
    const [mine, theirs] = [await makeSheetHolder(kit), await makeSheetHolder(kit)]
    const right = mine.entryAt(now)
    const wrong: readonly SecondWayEntry[] = [
      { ...right, sheetCode: other(right.sheetCode) },
      { ...right, changingCode: other(right.changingCode) },
      { ...right, sheetCode: theirs.entryAt(now).sheetCode },
      { ...right, changingCode: theirs.entryAt(now).changingCode },
      { ...right, staffNumber: theirs.entryAt(now).staffNumber },
    ]
    for (const entry of wrong) expect((await enter(entry)).status).toBe(403)
    expect((await enter(right)).status).toBe(200)
    const left = await makeSheetHolder(kit)
    await kit.database.sql`
      update staff set disabled_at = ${kit.now()} where city = ${kit.city} and staff_id = ${left.staffId}`
    expect((await enter(left.entryAt(now))).status).toBe(403)
  })

  test('S6: of 200 guesses from 50 addresses, five at one person are looked at in an hour', async () => {
    const { entryAt, sheet } = await makeSheetHolder(kit)
    const from = Array.from({ length: 50 }, newAddress)
    const guess = (nth: number): SecondWayEntry => ({
      staffNumber: sheet.staffNumber,
      sheetCode: String(10_000_000 + nth),
      changingCode: String(nth).padStart(6, '0'),
    })
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, nth) => enter(guess(nth), from[nth % from.length])),
    )
    expect(answers.filter(({ status }) => status === 403).length).toBeLessThanOrEqual(5)
    const refused = answers.find(({ status }) => status === 429)
    expect(await refused?.json()).toEqual({ code: 'too_many', restS: expect.any(Number) })
    expect((await enter(entryAt(now))).status).toBe(429) // not even the right ones are looked at
  })

  test('after twenty wrong tries from one address nobody comes in from there, and others do', async () => {
    const { entryAt } = await makeSheetHolder(kit)
    const from = newAddress()
    for (let nth = 0; nth < 20; nth++) {
      const nobody = { staffNumber: String(910_000 + nth), sheetCode: '10000000', changingCode: '000000' }
      expect((await enter(nobody, from)).status).toBe(403)
    }
    expect((await enter(entryAt(now), from)).status).toBe(429)
    expect((await enter(entryAt(now))).status).toBe(200)
  })
})

describe('nobody finds out which staff numbers there are', () => {
  const WRONG = { sheetCode: '10000000', changingCode: '000000' }

  test('a number that somebody has and one that nobody has get the same answer after the same statements', async () => {
    const { sheet } = await makeSheetHolder(kit)
    const heard = async (staffNumber: string) => {
      statements.length = 0
      const answer = await enter({ ...WRONG, staffNumber })
      const [text, asked] = [await answer.text(), [...statements]]
      return { status: answer.status, text, headers: [...answer.headers.keys()], asked }
    }
    const known = await heard(sheet.staffNumber)
    expect(known.status).toBe(403)
    expect(known.asked.length).toBeGreaterThan(4)
    expect(await heard('199999')).toEqual(known)
  })

  test('S6: and in the same time: the medians are at most 5 ms apart', async () => {
    const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
    const times = { known: [] as number[], unknown: [] as number[] }
    async function ask(kind: 'known' | 'unknown', staffNumber: string): Promise<void> {
      const begun = performance.now()
      await enter({ ...WRONG, staffNumber })
      times[kind].push(performance.now() - begun)
    }
    const holders = []
    for (let nth = 0; nth < 10; nth++) holders.push(await makeSheetHolder(kit))
    for (let round = 0; round < 4; round++)
      for (const [nth, { sheet }] of holders.entries()) {
        await ask('known', sheet.staffNumber)
        await ask('unknown', String(920_000 + nth))
      }
    expect(Math.abs(median(times.known) - median(times.unknown))).toBeLessThanOrEqual(5)
  })
})

test('the database holds neither a number of the sheet nor the secret: an HMAC and a ciphertext, each bound to its owner', async () => {
  const [mine, theirs] = [await makeSheetHolder(kit), await makeSheetHolder(kit)]
  const { sql } = kit.database
  const rows = await sql<{ text: string }>`
    select second_ways::text || coalesce((select string_agg(second_way_codes::text, ' ') from second_way_codes
                                           where second_way_codes.city = second_ways.city), '') as text
      from second_ways where city = ${kit.city}`
  const text = rows.map((row) => row.text).join(' ')
  const hex = Buffer.from(mine.sheet.secret).toString('hex')
  for (const secret of [...mine.sheet.sheetCodes, mine.sheet.secret, hex]) expect(text).not.toContain(secret)
  // A row put in another's place opens nothing: it is a fault, and nobody is in.
  await sql`
    update second_ways w set secret = o.secret from second_ways o
     where w.city = ${kit.city} and w.staff_id = ${mine.staffId} and o.city = w.city and o.staff_id = ${theirs.staffId}`
  const entry = { ...mine.entryAt(now), changingCode: theirs.entryAt(now).changingCode }
  expect((await enter(entry)).status).toBe(500)
})

describe('a sheet', () => {
  test('is made by a 管理者 for a colleague, shown once, and works after one changing number was typed', async () => {
    const admin = await makeStaffLogin(kit, 'admin')
    const staffId = await makeStaff(kit, 'viewer')
    const by = { Cookie: admin.cookie }
    const made = await send(`/api/admin/staff/${staffId}/second-way`, {}, by)
    expect([made.status, made.headers.get('cache-control')]).toEqual([200, 'no-store'])
    const sheet = (await made.json()) as SecondWaySheet
    expect(new Set(sheet.sheetCodes).size).toBe(10)
    expect([sheet.staffNumber, ...sheet.sheetCodes].join(' ')).toMatch(/^[1-9]\d{5}( [1-9]\d{7}){10}$/)
    expect(sheet.uri).toContain(`secret=${sheet.secret}`)
    const entry = (): SecondWayEntry => ({
      staffNumber: sheet.staffNumber,
      sheetCode: sheet.sheetCodes[0] ?? '',
      changingCode: changingCodeAt(sheet.secret, now),
    })
    expect((await enter(entry())).status).toBe(403)
    const confirm = (changingCode: string) =>
      send(`/api/admin/staff/${staffId}/second-way/confirm`, { changingCode }, by)
    expect((await confirm(other(entry().changingCode))).status).toBe(409)
    expect((await confirm(entry().changingCode)).status).toBe(204)
    expect((await enter(entry())).status).toBe(403) // the number it was confirmed with is used
    now += STEP_MS
    expect((await enter(entry())).status).toBe(200)
    expect((await send(`/api/admin/staff/${staffId}/second-way/remove`, {}, by)).status).toBe(204)
    now += STEP_MS
    expect((await enter({ ...entry(), sheetCode: sheet.sheetCodes[1] ?? '' })).status).toBe(403)
  })

  test('is not made for oneself, and not confirmed half an hour later', async () => {
    const admin = await makeStaffLogin(kit, 'admin')
    const by = { Cookie: admin.cookie }
    const own = await send(`/api/admin/staff/${admin.staffId}/second-way`, {}, by)
    expect([own.status, await own.json()]).toEqual([409, { code: 'own_second_way' }])
    const staffId = await makeStaff(kit, 'viewer')
    const sheet = (await (await send(`/api/admin/staff/${staffId}/second-way`, {}, by)).json()) as SecondWaySheet
    now += 29 * 60_000
    await send('/api/admin/recovery', {}, by) // keeps the login awake
    now += 60_000
    const late = await send(
      `/api/admin/staff/${staffId}/second-way/confirm`,
      { changingCode: changingCodeAt(sheet.secret, now) },
      by,
    )
    expect([late.status, await late.json()]).toEqual([404, { code: 'second_way_unknown' }])
  })
})
