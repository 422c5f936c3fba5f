import { beforeAll, describe, expect, test } from 'vitest'
import { PUSH_MAX } from '#sync/domain/limits.ts'
import { fieldsOf, NAMES, ODD, SAID, UNFIT, valueAt, withValue } from '../make/bad-values.ts'
import { makeEnrollment, makeMark } from '../make/payloads.ts'
import { makeFormSheet } from '#pages/server/form-token.ts'
import { type RunningProduct, startProduct } from '../make/running-product.ts'
import { publishSession } from '../make/said-by-office.ts'
import { countRows, makeHttpDevice, newId, signIn } from '../make/signed-in.ts'

let product: RunningProduct
let organizer: string
beforeAll(async () => {
  product = await startProduct()
  organizer = await signIn(product, 'organizer')
  return () => product.stop()
})

describe.each(NAMES)('%s', (name) => {
  test('with a field that cannot be read stays on the device, and nothing is written', async () => {
    const device = makeHttpDevice(product, organizer)
    const before = await countRows(product)
    const bad = fieldsOf(SAID[name]()).flatMap((path) =>
      UNFIT.filter((value) => typeof value !== 'number' || typeof valueAt(SAID[name](), path) === 'string').map(
        (value) => device.op(name, withValue(SAID[name](), path, value)),
      ),
    )
    expect(bad.length).toBeGreaterThan(0)
    for (const push of inPushes(bad)) {
      const { outcomes } = await device.push(...push)
      expect(outcomes).toEqual(push.map(({ id }) => ({ id, status: 'held', reason: 'unreadable' })))
    }
    expect(await countRows(product)).toEqual(before)
  })

  test('with odd words or numbers is answered one by one, and never by a fault of ours', async () => {
    const device = makeHttpDevice(product, organizer)
    const odd = fieldsOf(SAID[name]()).flatMap((path) =>
      ODD.map((value) => device.op(name, withValue(SAID[name](), path, value))),
    )
    for (const push of inPushes(odd)) {
      const { outcomes } = await device.push(...push)
      expect(outcomes.map(({ id }) => id)).toEqual(expect.arrayContaining(push.map(({ id }) => id)))
      expect(outcomes.filter((outcome) => outcome.status === 'held' && outcome.reason !== 'unreadable')).toEqual([])
    }
  })

  test('with a field too many or too few is not read; whole, it is', async () => {
    const device = makeHttpDevice(product, organizer)
    const whole = SAID[name]()
    expect((await device.push(device.op(name, whole))).outcomes).toEqual([
      expect.objectContaining({ status: expect.stringMatching(/^(accepted|refused)$/) }),
    ])
    const push = [
      device.op(name, { ...whole, city: '999999' }),
      ...Object.keys(whole).map((key) => device.op(name, { ...whole, [key]: undefined })),
      ...[null, 'text', 7, [], [whole]].map((payload) => device.op(name, payload)),
    ]
    const { outcomes } = await device.push(...push)
    expect(outcomes).toEqual(push.map(({ id }) => ({ id, status: 'held', reason: 'unreadable' })))
  })
})

describe('the envelope', () => {
  test.each([
    ['seq', [0, -1, 1.5, 2_147_483_648, 1e300, '1', null]],
    ['at', ['', '2026-05-12', '0000-01-01T00:00:00.000Z', '9999-99-99T00:00:00.000Z', 'now()', 7, null]],
    ['name', ['', 'attendance.teleport', '__proto__', 'constructor', 7, null]],
  ])('with a %s that is none stays on the device', async (field, values) => {
    const device = makeHttpDevice(product, organizer)
    const before = await countRows(product)
    for (const value of values) {
      const said = { ...device.op('attendance.mark', makeMark()), [field]: value }
      const { outcomes } = await device.push(said)
      expect(outcomes, `${field} ${JSON.stringify(value)}`).toEqual([
        { id: said.id, status: 'held', reason: 'unreadable' },
      ])
    }
    expect(await countRows(product)).toEqual(before)
  })

  test('without an id that can be answered to is passed over, and blocks nothing', async () => {
    const device = makeHttpDevice(product, organizer)
    const good = device.op('attendance.mark', makeMark())
    const nameless = ['', 'id', 7, null, newId().toUpperCase()].map((id) => ({ ...good, id }))
    const { outcomes } = await device.push(...nameless, null, 7, 'text', [], good)
    expect(outcomes).toEqual([expect.objectContaining({ id: good.id, status: 'accepted' })])
  })
})

describe('a request that is not for us', () => {
  const whole = () => makeHttpDevice(product).request([])
  const wrong: readonly (readonly [string, () => unknown])[] = [
    ['no JSON', () => '{'],
    ['nothing', () => ''],
    ['null', () => null],
    ['a list', () => []],
    ['a field too many', () => ({ ...whole(), role: 'organizer' })],
    ['no device', () => ({ ...whole(), device: undefined })],
    ['a device without a secret', () => ({ ...whole(), device: { ...whole().device, secret: '' } })],
    ['an endless count', () => ({ ...whole(), device: { ...whole().device, unsentCount: 1e300 } })],
    ['an endless cursor', () => ({ ...whole(), cursors: { public: 1e300 } })],
    ['a cursor below zero', () => ({ ...whole(), cursors: { public: -1 } })],
    ['too many operations', () => ({ ...whole(), push: Array.from({ length: PUSH_MAX + 1 }, () => 7) })],
    ['too much of everything', () => ({ ...whole(), push: ['あ'.repeat(1_000_000)] })],
    ['protocol 0', () => ({ ...whole(), protocol: 0 })],
  ]
  test.each(wrong)('%s: 400 with a code', async (_what, body) => {
    const answer = await makeHttpDevice(product).post(body())
    expect([answer.status, await answer.json()]).toEqual([400, { code: 'unreadable_request' }])
  })

  test('a newer protocol: 409; somebody else’s device: 403; no JSON by its type: 415', async () => {
    const device = makeHttpDevice(product)
    const newer = await device.post({ ...device.request([]), protocol: 99 })
    expect([newer.status, await newer.json()]).toEqual([409, { code: 'protocol_too_new' }])
    await device.push(device.op('enrollment.request', makeEnrollment()))
    const stranger = { ...device.request([]).device, secret: 'f'.repeat(64) }
    const stolen = await device.post({ ...device.request([]), device: stranger })
    expect([stolen.status, await stolen.json()]).toEqual([403, { code: 'device_unknown' }])
    const form = await device.post('a=b', { 'Content-Type': 'application/x-www-form-urlencoded' })
    expect(form.status).toBe(415)
  })

  test.each([
    '/api/kpi/abcd',
    '/api/kpi/1999',
    "/api/kpi/2026/'; drop table learners; --",
    '/api/kpi/99999999999999999999',
    '/api/office/sessions/1/enrollments',
    "/api/office/sessions/' or 1=1/enrollments",
    '/api/poke?device=1',
    '/api/nothing',
    '/sessions/%00',
    '/sessions/%E0%A4%A',
    '/sessions/..%2F..%2Fetc%2Fpasswd',
    '/language/xx?back=//example.com',
    '/assets/../../package.json',
    '/demo/organizer/guess',
  ])('GET %s is answered below 500, and leads nowhere else', async (path) => {
    const answer = await product.fetch(path, { headers: { Cookie: organizer } })
    expect(answer.status).toBeLessThan(500)
    expect(answer.headers.get('location') ?? '/').toMatch(/^\/(?![/\\])/)
  })
})

describe('the plain sign-up form', () => {
  const texts = [...UNFIT, ...ODD].filter((value): value is string => typeof value === 'string')
  test('with anything typed into it comes back with sentences and every word, status 400, and nobody is signed up', async () => {
    const sessionId = await publishSession(product)
    const before = await countRows(product)
    for (const text of texts) {
      const body = new URLSearchParams({
        ...makeFormSheet(product.kit, 'enroll'),
        name: text,
        nameKana: text,
        phone: text,
      })
      const answer = await product.fetch(`/sessions/${sessionId}/enroll`, { method: 'POST', body })
      expect(answer.status).toBe(400)
      const page = await answer.text()
      expect(page.match(/aria-invalid="true"/g)?.length).toBeGreaterThanOrEqual(2) // SQL-like words may be somebody's name
      if (!UNPRINTABLE.test(text)) expect(valuesIn(page)).toEqual([text, text, text])
    }
    expect(await countRows(product)).toEqual(before)
  })

  test('without fields, as a file, torn or endless, is answered below 500, and nobody is signed up', async () => {
    const sessionId = await publishSession(product)
    const before = await countRows(product)
    const file = new FormData()
    for (const field of ['formId', 'formToken', 'name', 'nameKana', 'phone']) file.set(field, new File(['x'], 'x.txt'))
    const bodies: readonly RequestInit[] = [
      { body: '' },
      { body: 'name=%E0%A4%A&phone' },
      { body: file },
      { body: new URLSearchParams({ name: 'あ'.repeat(400_000) }) },
      { body: '--x\r\nbroken', headers: { 'Content-Type': 'multipart/form-data; boundary=x' } },
      { body: '{"name":"x"}', headers: { 'Content-Type': 'application/json' } },
    ]
    for (const init of bodies) {
      const answer = await product.fetch(`/sessions/${sessionId}/enroll`, { method: 'POST', ...init })
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.status).toBeLessThan(500)
    }
    expect(await countRows(product)).toEqual(before)
  })
})

// oxlint-disable-next-line no-control-regex -- what HTML itself cannot carry
const UNPRINTABLE = /[\u0000-\u001F\uD83D]/u

function valuesIn(page: string): readonly string[] {
  return ['name', 'nameKana', 'phone'].map((field) => {
    const inputs = page.match(/<input(?:[^>"]|"[^"]*")*>/g) ?? []
    const input = inputs.find((one) => one.includes(` name="${field}"`)) ?? ''
    const [, value = ''] = /value="([^"]*)"/.exec(input) ?? []
    return value.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
  })
}

function inPushes<Item>(all: readonly Item[]): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(all.length / 50) }, (_, index) => all.slice(index * 50, index * 50 + 50))
}
