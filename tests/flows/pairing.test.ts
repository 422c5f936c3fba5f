import { createHash } from 'node:crypto'
import type { Hono } from 'hono'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import type { ServerKit } from '#server/kit.ts'
import { ensureCity } from '#server/city.ts'
import { NEIGHBOR } from '../make/city.ts'
import { makeCode, makeHttpPhone, pairPhone, phoneServer } from '../make/pairing.ts'
import { answerOf, makePhoneTown, type PhoneTown } from '../make/phone-town.ts'

const START = '2026-05-12T04:30:00.000Z' as Instant
const UNKNOWN = [404, { code: 'pairing_code_unknown' }]
let phones: PhoneTown
let kit: ServerKit
let server: Hono
let naomi: InstructorId
let ken: InstructorId
beforeAll(async () => {
  phones = await makePhoneTown({ start: START })
  ;({ kit, naomi, ken } = phones)
  return () => phones.town.close()
})
beforeEach(() => {
  server = phones.begin()
})

describe('a code', () => {
  test.each(['code', 'token'] as const)(
    'pairs one phone by its %s, greets the person by name, and is used up',
    async (way) => {
      const made = await makeCode(kit, naomi)
      expect(made.code).toMatch(/^\d{8}$/)
      const phone = makeHttpPhone(server.request)
      expect(await answerOf(phone.pair({ [way]: made[way] }))).toEqual([200, { name: '川畑 直美' }])
      expect((await phone.sync()).holder).toEqual({ role: 'volunteer', name: '川畑 直美', paired: true })
      for (const again of ['code', 'token'] as const) {
        expect(await answerOf(makeHttpPhone(server.request).pair({ [again]: made[again] }))).toEqual(UNKNOWN)
      }
      expect(await phones.auditOf(phone.device.id)).toEqual(['pairing.done'])
    },
  )

  test('is given to one of two phones that come in the same moment', async () => {
    const { token } = await makeCode(kit, naomi)
    const answers = await Promise.all([1, 2, 3].map(() => makeHttpPhone(server.request).pair({ token })))
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 404, 404])
  })

  test('on the screen is good for 10 minutes, one on a sheet for 72 hours', async () => {
    const [shown, printed] = [await makeCode(kit, naomi), await makeCode(kit, ken, 'printed')]
    phones.later(10)
    expect(await answerOf(makeHttpPhone(server.request).pair({ code: shown.code }))).toEqual(UNKNOWN)
    phones.later(72 * 60 - 1)
    expect(await answerOf(makeHttpPhone(server.request).pair({ code: printed.code }))).toEqual([
      200,
      { name: '福元 健' },
    ])
    const late = await makeCode(kit, ken, 'printed')
    phones.later(72 * 60 - 1 + 72 * 60)
    expect(await answerOf(makeHttpPhone(server.request).pair({ token: late.token }))).toEqual(UNKNOWN)
  })

  test('takes the place of the one before', async () => {
    const [first, second] = [await makeCode(kit, naomi), await makeCode(kit, naomi, 'printed')]
    expect(await answerOf(makeHttpPhone(server.request).pair({ token: first.token }))).toEqual(UNKNOWN)
    expect(await answerOf(makeHttpPhone(server.request).pair({ token: second.token }))).toEqual([
      200,
      { name: '川畑 直美' },
    ])
  })

  test('of one city opens nothing in another', async () => {
    await ensureCity(kit.database, NEIGHBOR)
    const neighbor = phoneServer({ ...kit, city: NEIGHBOR.code })
    const { code, token } = await makeCode(kit, naomi)
    expect(await answerOf(makeHttpPhone(neighbor.request).pair({ code }))).toEqual(UNKNOWN)
    expect(await answerOf(makeHttpPhone(neighbor.request).pair({ token }))).toEqual(UNKNOWN)
  })

  test('cannot be found in the database: neither digits nor token are there, and the digits only under a key that is not', async () => {
    const made = await makeCode(kit, naomi)
    const rows = await kit.database.sql<{
      row: string
    }>`select pairing_codes::text as row from pairing_codes where city = ${kit.city}`
    const all = rows.map(({ row }) => row).join('\n')
    const plain = ['', `pairing ${kit.city} `].map((salt) =>
      createHash('sha256')
        .update(salt + made.code)
        .digest('hex'),
    )
    const asHex = (text: string) => Buffer.from(text).toString('hex')
    for (const word of [made.code, made.token, asHex(made.code), asHex(made.token), ...plain])
      expect(all).not.toContain(word)
  })

  test('with anything else in the request is not read', async () => {
    const { code, token } = await makeCode(kit, naomi)
    const phone = makeHttpPhone(server.request)
    for (const proof of [
      {},
      { code: '1234567' },
      { code: Number(code) },
      { code, token },
      { token: `${token}=` },
      { code, name: 'x' },
    ]) {
      expect(await answerOf(phone.pair(proof))).toEqual([400, { code: 'unreadable_request' }])
    }
  })

  test('does not make a device somebody’s whose secret is another', async () => {
    const [known, thief] = [makeHttpPhone(server.request), makeHttpPhone(server.request)]
    await pairPhone(kit, known.device, ken)
    const { token } = await makeCode(kit, naomi)
    const stolen = { ...thief.device, id: known.device.id }
    const ask = (path: string, body: object) =>
      server.request(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }) as Promise<Response>
    expect(await answerOf(ask('/api/pair', { device: stolen, token }))).toEqual([403, { code: 'device_unknown' }])
    expect(await answerOf(ask('/api/pair/leave', { device: stolen }))).toEqual([403, { code: 'device_unknown' }])
    expect(await phones.pairingsOf(known.device.id)).toEqual([{ whose: ken, reason: null, wiped: false }])
  })
})

describe('guessing (S6)', () => {
  test('of 200 guesses from 50 addresses within minutes, 5 are looked at; the link in the square still works', async () => {
    const { code, token } = await makeCode(kit, naomi)
    const wrong = String((Number(code) + 1) % 100_000_000).padStart(8, '0')
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        makeHttpPhone(server.request, `198.51.100.${index % 50}`).pair({ code: wrong }),
      ),
    )
    expect(answers.filter((answer) => answer.status === 404)).toHaveLength(5)
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(195)
    const [, refused] = await answerOf(makeHttpPhone(server.request, '203.0.113.7').pair({ code }))
    expect(refused).toEqual({ code: 'too_many', restS: expect.any(Number) })
    const { restS } = refused as { readonly restS: number }
    expect(restS).toBeGreaterThan(0)
    expect(restS).toBeLessThanOrEqual(720)
    expect(await answerOf(makeHttpPhone(server.request, '203.0.113.7').pair({ token }))).toEqual([
      200,
      { name: '川畑 直美' },
    ])
  })

  test('right digits cost nothing: twenty volunteers of one hall are paired one after another', async () => {
    for (let one = 0; one < 20; one++) {
      const { code } = await makeCode(kit, naomi)
      expect((await makeHttpPhone(server.request).pair({ code })).status).toBe(200)
    }
  })

  test('one address alone cannot shut out the city for long: its sixth guess is not counted against the others', async () => {
    await makeCode(kit, naomi)
    const guess = () => makeHttpPhone(server.request, '198.51.100.1').pair({ code: '00000000' })
    for (let one = 0; one < 5; one++) expect((await guess()).status).toBe(404)
    const sixth = await guess()
    expect(sixth.status).toBe(429)
    expect(Number(sixth.headers.get('Retry-After'))).toBeGreaterThan(720)
  })

  test('wrong digits are written into the audit, and guesses at links do not fill it', async () => {
    const [byCode, byToken, used] = [
      makeHttpPhone(server.request),
      makeHttpPhone(server.request),
      makeHttpPhone(server.request),
    ]
    await byCode.pair({ code: '00000000' })
    await byToken.pair({ token: 'A'.repeat(22) })
    const { token } = await makeCode(kit, naomi)
    await makeHttpPhone(server.request).pair({ token })
    await used.pair({ token })
    expect(await phones.auditOf(byCode.device.id)).toEqual(['pairing.refused'])
    expect(await phones.auditOf(byToken.device.id)).toEqual([])
    expect(await phones.auditOf(used.device.id)).toEqual(['pairing.refused'])
  })
})
