import { beforeAll, describe, expect, test } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import { makeDemoLinks } from '#login/server/demo-links.ts'
import type { BookingSheet, PageData } from '#pages/domain/page.ts'
import { makeFormSheet } from '#pages/server/form-token.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import type { SyncAnswer } from '#sync/domain/protocol.ts'
import { type App, createApp } from '../../src/main.server.ts'
import { ensureBuilt } from '../make/built-product.ts'
import { bookElsewhere } from '../make/booked-elsewhere.ts'
import { CITY } from '../make/city.ts'
import { makeTown, type Town } from '../make/town.ts'
import { makeWithdrawer } from '../make/withdrawer.ts'

const NOW = '2026-05-01T00:00:00.000Z'
let town: Town
let app: App
let clock = NOW
let addresses = 0

beforeAll(async () => {
  await ensureBuilt()
  town = await makeTown({ now: NOW })
  const kit = { ...town.kit, now: () => clock as Instant }
  app = await createApp(kit, {
    city: CITY,
    links: makeDemoLinks(),
    origin: () => 'http://localhost',
    addressOf: (c) => c.req.header('x-from') ?? null,
  })
  return async () => {
    await app.stop()
    await town.close()
  }
})

type Typed = Readonly<Record<string, string>>
const newAddress = (): string => `house ${++addresses}`

const newSheet = (): Typed => ({ ...makeFormSheet({ ...town.kit, now: () => clock as Instant }, 'booking') })

async function post(typed: Typed, from = newAddress(), sheet = newSheet()) {
  const answer = await app.fetch(
    new Request('http://localhost/booking', {
      method: 'POST',
      body: new URLSearchParams({ ...sheet, ...typed }),
      headers: { 'x-from': from },
    }),
  )
  const html = await answer.text()
  const [, json = ''] = /id="page-data">(.+?)<\/script>/.exec(html) ?? []
  const { page } = JSON.parse(json) as { page: { data: Extract<PageData, { page: 'booking' }> } }
  return { status: answer.status, headers: answer.headers, html, sheet: page.data.sheet }
}

type Booked = Readonly<Record<'receiptNumber' | 'phoneLast4', string>>

/** Somebody signs up by telephone; their number, and the end of their phone number. */
async function book(sessionId: SessionId): Promise<Booked> {
  const request = town.request({ sessionId })
  const outcome = await town.device('organizer').say('enrollment.request', request)
  if (outcome.status !== 'accepted' || outcome.value === null) throw new Error('No seat')
  const { receiptNumber } = outcome.value
  return { receiptNumber, phoneLast4: request.phone.slice(-4) }
}

const wire = () => makeWithdrawer(app, { newId: town.newId, at: NOW, from: newAddress() })
const otherDigits = (digits: string): string => String((Number(digits) + 1) % 10_000).padStart(4, '0')
const shown = (sheet: BookingSheet) => (sheet.step === 'ask' ? null : sheet.booking)

describe('whoever knows the number and the last four digits', () => {
  test('sees the state, the day, the place and what to bring, and no name or phone number of anybody', async () => {
    const sessionId = await town.publishSession({ title: '写真の教室', note: '持ち物：スマホ', heldOn: '2026-05-20' })
    const { receiptNumber, phoneLast4 } = await book(sessionId)
    const { status, html, headers, sheet } = await post({ receiptNumber, phoneLast4, step: 'look' })
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(shown(sheet)).toMatchObject({ state: 'enrolled', session: { title: '写真の教室', venueName: '中央公民館' } })
    for (const words of ['席があります', '写真の教室', '令和8年', '5月20日', '中央公民館', '持ち物：スマホ']) {
      expect(html).toContain(words)
    }
    expect(html).not.toMatch(/和子|かずこ|0901000/)
    const addresses = [...html.matchAll(/(?:href|action|src)="(\/[^"]*)"/g)].map(([, path = '']) => path)
    expect(addresses).toContain('/booking')
    for (const said of [receiptNumber, phoneLast4]) expect(addresses.join(' ')).not.toContain(said)
  })

  test('may type them in full width, with a hyphen, and the whole phone number', async () => {
    const { receiptNumber, phoneLast4 } = await book(await town.publishSession({}))
    const wide = receiptNumber.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)))
    const typed = `${wide.slice(0, 3)}－${wide.slice(3)}`
    for (const end of [phoneLast4, ` ${phoneLast4} `, `090-1000-${phoneLast4}`]) {
      expect((await post({ receiptNumber: typed, phoneLast4: end })).status).toBe(200)
    }
  })

  test('cancels only after being asked once more; the seat goes to whoever waits longest, and they see it', async () => {
    const sessionId = await town.publishSession({ capacity: 1, teacherCount: 1 })
    const [first, second, third] = [await book(sessionId), await book(sessionId), await book(sessionId)]
    expect(shown((await post({ ...third })).sheet)).toMatchObject({ state: 'waitlisted', position: 2 })
    const asked = await post({ ...first, step: 'confirm' })
    expect(asked.html).toContain('この申し込みを取り消しますか')
    expect(await town.states(sessionId)).toEqual(['enrolled', 'waitlisted', 'waitlisted'])
    const done = await post({ ...first, step: 'withdraw' })
    expect([done.status, done.sheet.step, shown(done.sheet)?.state]).toEqual([200, 'withdraw', 'cancelled'])
    expect(done.html).toContain('申し込みを取り消しました')
    expect(await town.states(sessionId)).toEqual(['cancelled', 'enrolled', 'waitlisted'])
    expect(shown((await post({ ...second })).sheet)).toMatchObject({ state: 'enrolled' })
    expect(shown((await post({ ...third })).sheet)).toMatchObject({ state: 'waitlisted', position: 1 })
  })

  test('sends the same sheet twice and has cancelled once; on a new sheet it is said that it was done before', async () => {
    const first = await book(await town.publishSession({}))
    const sheet = newSheet()
    const send = () => post({ ...first, step: 'withdraw' }, newAddress(), sheet)
    const [once, again] = [await send(), await send()]
    expect([once.status, again.status, again.sheet.step]).toEqual([200, 200, 'withdraw'])
    const later = await post({ ...first, step: 'withdraw' })
    expect([later.status, later.sheet]).toMatchObject([409, { step: 'look', refusal: 'already_cancelled' }])
    expect(later.html).toContain('この申し込みは取り消してあります')
  })

  test('cannot cancel any more once the class has begun, and is told of a class that was cancelled', async () => {
    const sessionId = await town.publishSession({ heldOn: '2026-05-02', startTime: '10:00', endTime: '11:00' })
    const begun = await book(sessionId)
    clock = '2026-05-02T01:00:00.000Z'
    const late = await post({ ...begun, step: 'withdraw' })
    clock = NOW
    expect([late.status, late.sheet]).toMatchObject([409, { refusal: 'session_begun' }])
    expect(await town.states(sessionId)).toEqual(['enrolled'])
    await town.device('organizer').say('session.cancel', { sessionId, reason: '台風のため' })
    expect((await post({ ...begun })).html).toContain('この回は中止になりました')
  })
})

test('a sheet this server did not give out lately comes back as typed, is taken when pressed once more, and costs no try', async () => {
  const mine = await book(await town.publishSession({}))
  const stale = { ...makeFormSheet({ ...town.kit, now: () => '2026-04-28T00:00:00.000Z' as Instant }, 'booking') }
  const from = newAddress()
  for (const sheet of [{}, stale, { ...makeFormSheet(town.kit, 'enroll') }]) {
    for (const step of ['look', 'confirm', 'withdraw']) {
      for (let time = 0; time < 3; time++) {
        const { status, html, sheet: shownSheet } = await post({ ...mine, step }, from, sheet)
        expect([status, shownSheet]).toMatchObject([403, { step: 'ask', trouble: 'old_form', form: { values: mine } }])
        expect(html).toContain('もう一度押してください')
      }
    }
  }
  const { sheet } = await post(mine, from, {})
  const { formId, formToken } = sheet
  expect(shown((await post(mine, from, { formId, formToken })).sheet)).toMatchObject({ state: 'enrolled' })
  const head = await app.fetch(new Request('http://localhost/booking', { method: 'HEAD' }))
  const [id = '', token = ''] = (head.headers.get('form-sheet') ?? '').split(' ')
  expect((await post(mine, from, { formId: id, formToken: token })).status).toBe(200)
})

test('what cannot be read gets a sentence on its field, filled in as typed, and costs no try', async () => {
  const from = newAddress()
  for (let time = 0; time < 25; time++) await post({ receiptNumber: '12', phoneLast4: '' }, from)
  const { status, html, sheet } = await post({ receiptNumber: '１２', phoneLast4: 'abcd' }, from)
  expect([status, sheet]).toMatchObject([
    400,
    {
      step: 'ask',
      form: {
        values: { receiptNumber: '１２', phoneLast4: 'abcd' },
        problems: { receiptNumber: 'not_six_digits', phoneLast4: 'not_four_digits' },
      },
    },
  ])
  expect(html).toContain('value="１２"')
  expect(html.match(/aria-invalid="true"/g)).toHaveLength(2)
  expect((await post({ receiptNumber: '9'.repeat(20_000), phoneLast4: '' }, newAddress())).status).toBe(413)
})

describe('nobody finds out which bookings there are', () => {
  test('a wrong number, wrong digits and another city’s booking look the same, look or cancel', async () => {
    const mine = await book(await town.publishSession({}))
    const elsewhere = await bookElsewhere(town)
    const wrong = [
      { ...mine, phoneLast4: otherDigits(mine.phoneLast4) },
      { ...mine, receiptNumber: elsewhere.unused },
      { ...mine, receiptNumber: elsewhere.receiptNumber, phoneLast4: elsewhere.phoneLast4 },
    ]
    for (const step of ['look', 'withdraw']) {
      const seen = await Promise.all(
        wrong.map(async (typed) => {
          const { status, html } = await post({ ...typed, step })
          const plain = html.replaceAll(/[\w-]{36,43}/g, 'S') // each page has a sheet of its own
          return [status, plain.replaceAll(typed.receiptNumber, 'N').replaceAll(typed.phoneLast4, 'P')]
        }),
      )
      expect(seen[0]).toEqual([404, expect.stringContaining('申し込みが見つかりません')])
      expect(seen[1]).toEqual(seen[0])
      expect(seen[2]).toEqual(seen[0])
    }
  })

  test('after five wrong tries at a number in an hour even the right one is refused, and other numbers are not', async () => {
    const [mine, other] = [await book(await town.publishSession({})), await book(await town.publishSession({}))]
    const guess = { ...mine, phoneLast4: otherDigits(mine.phoneLast4) }
    for (let time = 0; time < 5; time++) expect((await post(guess)).status).toBe(404)
    const refused = await post(mine)
    expect([refused.status, refused.sheet]).toMatchObject([429, { step: 'ask', trouble: 'too_many' }])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await post(other)).status).toBe(200)
    const unused = { receiptNumber: '999998', phoneLast4: '0000' }
    for (let time = 0; time < 5; time++) await post(unused)
    expect((await post(unused)).status).toBe(429) // a number nobody has wears out in the same way
  })

  test('after twenty wrong tries from an address in an hour nothing more is looked up for it, but for others', async () => {
    const mine = await book(await town.publishSession({}))
    const from = newAddress()
    for (let number = 0; number < 20; number++) {
      expect((await post({ receiptNumber: String(800_000 + number), phoneLast4: '0000' }, from)).status).toBe(404)
    }
    expect((await post(mine, from)).status).toBe(429)
    expect((await post(mine)).status).toBe(200)
  })

  test('right tries cost nothing', async () => {
    const mine = await book(await town.publishSession({}))
    const from = newAddress()
    for (let time = 0; time < 25; time++) expect((await post(mine, from)).status).toBe(200)
  })

  test('a device that guesses by the wire is held to the same number, however many it packs into one push', async () => {
    const mine = await book(await town.publishSession({}))
    const sync = wire()
    const guess = () => ({ receiptNumber: mine.receiptNumber, phoneLast4: otherDigits(mine.phoneLast4) })
    const first = await sync([guess(), guess()])
    expect(((await first.json()) as SyncAnswer).outcomes).toMatchObject(
      [1, 2].map(() => ({ status: 'refused', refusal: { code: 'booking_unknown' } })),
    )
    const refused = await sync(Array.from({ length: 200 }, guess))
    expect([refused.status, await refused.json()]).toEqual([429, { code: 'too_many_requests' }])
    expect((await post(mine)).status).toBe(429)
    const other = await book(await town.publishSession({}))
    const right = await wire()([{ receiptNumber: other.receiptNumber, phoneLast4: other.phoneLast4 }])
    expect(((await right.json()) as SyncAnswer).outcomes).toMatchObject([{ status: 'accepted' }])
  })
})
