import { beforeEach, expect, test } from 'vitest'
import { instantOf } from '#kernel/time.ts'
import type { ServerKit } from '#server/kit.ts'
import { type App, createApp } from '../../src/main.server.ts'
import { ensureBuilt } from '../make/built-product.ts'
import { CITY } from '../make/city.ts'
import { makePerson, said } from '../make/staff-person.ts'
import { makeTown, type Town } from '../make/town.ts'

const START = Date.parse('2026-05-01T00:00:00.000Z')
const MINUTE_MS = 60_000
let town: Town
let kit: ServerKit
let app: App
let now = START

beforeEach(async () => {
  await ensureBuilt()
  now = START
  town = await makeTown({ now: instantOf(START) })
  kit = { ...town.kit, now: () => instantOf(now) }
  app = await createApp(kit, { city: CITY, links: null, origin: () => 'http://localhost' })
  return async () => {
    await app.stop()
    await town.close()
  }
})

test.each([
  ['invite', () => ({ name: '沖 はるか', role: 'admin' })],
  [':id/role', () => ({ role: 'admin', reason: 'duty_changed' })],
  [':id/disable', () => ({ reason: 'left' })],
  [':id/enable', () => ({})],
  [':id/instructor', () => ({ instructorId: null })],
  [':id/second-way', () => ({})],
])('who may come in is not changed at a machine left open for eleven minutes: %s', async (path, body) => {
  const admin = await makePerson(app, kit, 'admin')
  const other = await makePerson(app, kit, 'viewer')
  const address = `/api/admin/staff/${path.replace(':id', other.staffId)}`
  now += 11 * MINUTE_MS
  expect(await said(await admin.post(address, body()))).toEqual([403, { code: 'sign_in_again' }])
  now -= 2 * MINUTE_MS
  expect((await admin.post(address, body())).status).toBeLessThan(300)
})

test('nor is a colleague let in again from there', async () => {
  const [admin, asker] = [await makePerson(app, kit, 'admin'), await makePerson(app, kit, 'organizer')]
  const lost = await makePerson(app, kit, 'viewer')
  const ask = () => asker.post('/api/admin/recovery', { staffId: lost.staffId, reason: 'seen_at_desk' })
  now += 11 * MINUTE_MS
  expect(await said(await ask())).toEqual([403, { code: 'sign_in_again' }])
  now = START
  expect((await ask()).status).toBe(204)
  now += 11 * MINUTE_MS
  const { waiting } = (await (await admin.get('/api/admin/recovery')).json()) as { waiting: { recoveryId: string }[] }
  const approve = await admin.post(`/api/admin/recovery/${waiting[0]?.recoveryId}/approve`, {})
  expect(await said(approve)).toEqual([403, { code: 'sign_in_again' }])
})
