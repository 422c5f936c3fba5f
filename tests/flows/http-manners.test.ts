import { CITY } from '../make/city.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeFormSheet } from '#pages/server/form-token.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { expectGuarded } from '../make/guarded-answer.ts'
import { makePeople } from '../make/names.ts'
import { makeEnrollment } from '../make/payloads.ts'
import { makeIndicator } from '../make/plan.ts'
import { type RunningProduct, startProduct } from '../make/running-product.ts'
import { LATE, publishSession, setPlan, signUp } from '../make/said-by-office.ts'
import { countRows, makeHttpDevice, signIn } from '../make/signed-in.ts'

let product: RunningProduct
let sessionId: SessionId
let organizer: string
beforeAll(async () => {
  product = await startProduct()
  await setPlan(product)
  sessionId = await publishSession(product, { ...LATE, inDays: 0 })
  await signUp(product, sessionId, makePeople().slice(0, 3))
  organizer = await signIn(product, 'organizer')
  return () => product.stop()
})

const year = new Date().getFullYear()
const everyAddress = (): readonly string[] => [
  '/',
  `/sessions/${sessionId}`,
  `/sessions/${sessionId}/enroll?name=x&nameKana=x&phone=0996000000`,
  '/language/en?back=/',
  '/shell',
  '/sw.js',
  '/manifest.webmanifest',
  '/icons/icon-192.png',
  '/hall',
  `/hall/${sessionId}`,
  '/office',
  '/office/import',
  '/office/kpi',
  '/device',
  '/api/sync',
  `/api/kpi/${year}`,
  `/api/kpi/${year}/${makeIndicator('classAttendances').indicatorId}`,
  '/api/training/trainees',
  `/api/office/sessions/${sessionId}/enrollments`,
  '/nowhere',
]

test('looking never writes, whoever looks', async () => {
  const before = await countRows(product)
  for (const cookie of ['', organizer, await signIn(product, 'volunteer')]) {
    for (const path of everyAddress()) {
      for (const method of ['GET', 'HEAD', 'OPTIONS']) {
        const answer = await product.fetch(path, { method, headers: { Cookie: cookie } })
        expect(answer.status, `${method} ${path}`).toBeLessThan(500)
      }
    }
  }
  expect(await countRows(product)).toEqual(before)
})

describe('a request that another site caused', () => {
  const form = () =>
    new URLSearchParams({
      ...makeFormSheet(product.kit, 'enroll'),
      name: '髙橋',
      nameKana: 'たかはし',
      phone: '0996000000',
    }).toString()
  const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' }
  test.each([
    ['says so', { 'Sec-Fetch-Site': 'cross-site' }],
    ['comes from a neighbor', { 'Sec-Fetch-Site': 'same-site' }],
    ['has another origin', { Origin: 'https://example.com' }],
    ['has an origin without a name', { Origin: 'null' }],
  ])('and that %s writes nothing: 403', async (_what, headers) => {
    const before = await countRows(product)
    const plain = { method: 'POST', headers: { ...FORM, ...headers, Host: '127.0.0.1' }, body: form() }
    expect((await product.fetch(`/sessions/${sessionId}/enroll`, plain)).status).toBe(403)
    const device = makeHttpDevice(product, organizer)
    const push = device.request([device.op('enrollment.request', makeEnrollment({ sessionId }))])
    expect((await device.post(push, headers)).status).toBe(403)
    expect(await countRows(product)).toEqual(before)
  })

  test('a form of our own page is taken, and so is one of a browser that names no site', async () => {
    for (const headers of [
      { 'Sec-Fetch-Site': 'same-origin' },
      { Origin: product.url, Host: new URL(product.url).host },
      {},
    ]) {
      const body = new URLSearchParams(form())
      body.set('phone', `0996${String(Math.floor(Math.random() * 1e6)).padStart(6, '0')}`)
      const answer = await product.fetch(`/sessions/${sessionId}/enroll`, { method: 'POST', body, headers })
      expect(answer.status).toBe(200)
    }
  })
})

describe('every answer', () => {
  test('carries the policy: pages, data, files, refusals, nothing new', async () => {
    for (const path of everyAddress()) expectGuarded(await product.fetch(path, { headers: { Cookie: organizer } }))
    const file = await product.fetch('/sw.js')
    const again = await product.fetch('/sw.js', { headers: { 'If-None-Match': file.headers.get('etag') ?? '' } })
    expect(again.status).toBe(304)
    expectGuarded(again)
    const device = makeHttpDevice(product)
    for (const [answer, status] of [
      [await device.post('{'), 400],
      [await device.post({}, { 'Content-Type': 'text/plain' }), 415],
      [await device.post({}, { 'Sec-Fetch-Site': 'cross-site' }), 403],
      [await product.fetch(`/api/kpi/${year}`), 403],
      [await product.fetch(`/demo/organizer/${'x'.repeat(22)}`), 302],
      [await product.fetch(product.links.volunteer), 302],
    ] as const) {
      expect(answer.status).toBe(status)
      expectGuarded(answer)
    }
  })

  test('says nothing of other people to those who may not know, and is kept by no cache', async () => {
    const volunteer = await signIn(product, 'volunteer')
    for (const path of [
      `/api/kpi/${year}`,
      `/api/office/sessions/${sessionId}/enrollments`,
      '/api/training/trainees',
    ]) {
      for (const cookie of ['', volunteer, 'yorozu_login=' + 'f'.repeat(64)]) {
        const answer = await product.fetch(path, { headers: { Cookie: cookie } })
        expect([answer.status, await answer.json()]).toEqual([403, { code: 'not_permitted' }])
      }
      const answer = await product.fetch(path, { headers: { Cookie: organizer } })
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
    }
  })

  test('of a broken server too, with a number to quote and not a word of the inside', async () => {
    const broken = await startProduct()
    await broken.kit.database.close()
    for (const path of ['/', `/sessions/${sessionId}`]) {
      const answer = await broken.fetch(path)
      expect(answer.status).toBe(500)
      expectGuarded(answer)
      const page = await answer.text()
      expect(page).toContain('うまく表示できませんでした')
      expect(page).toMatch(/番号「[0-9a-f]{8}」/)
      expect(page).toContain(CITY.phone)
      expect(page).not.toContain('/src/')
    }
    const answer = await broken.fetch(`/api/kpi/${year}`, { headers: { Cookie: organizer } })
    expect([answer.status, await answer.json()]).toEqual([
      500,
      { code: 'fault', faultId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    ])
  })
})
