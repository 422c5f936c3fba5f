import { beforeAll, expect, test } from 'vitest'
import { PROTOCOL } from '#sync/domain/limits.ts'
import type { SyncAnswer } from '#sync/domain/protocol.ts'
import { syncRoute } from '#sync/server/sync-route.ts'
import { makeIdentity } from '../make/device.ts'
import { makeTown, type Town } from '../make/town.ts'

let town: Town
beforeAll(async () => {
  town = await makeTown({ now: '2026-05-12T04:30:00.000Z' })
  return () => town.close()
})

const secretOf = (digit: string): string => digit.repeat(64)

function sync(body: object, role: 'resident' | 'volunteer' = 'resident'): Response | Promise<Response> {
  const route = syncRoute({ ...town.kit, whoIs: async () => makeIdentity(role) })
  const headers = { 'content-type': 'application/json' }
  return route.request('/api/sync', { method: 'POST', headers, body: JSON.stringify(body) })
}

async function countDevices(): Promise<number> {
  const [row] = await town.kit.database.sql<{ count: number }>`
    select count(*)::int as count from devices where city = ${town.kit.city}`
  return row?.count ?? 0
}

test('a resident who only looks leaves no trace; one who signs up is known from then on', async () => {
  const sessionId = await town.publishSession({})
  const phone = town.device('resident')
  const device = { id: phone.actor.deviceId, secret: secretOf('a'), unsentCount: 0 }
  await sync({ protocol: PROTOCOL, device, push: [], cursors: {} })
  expect(await countDevices()).toBe(0)
  const push = [phone.op('enrollment.request', town.request({ sessionId }))]
  await sync({ protocol: PROTOCOL, device: { ...device, unsentCount: 1 }, push, cursors: {} })
  expect(await countDevices()).toBe(1)
})

test('nobody gets at the bookings of a device without its secret', async () => {
  const sessionId = await town.publishSession({})
  const phone = town.device('resident')
  const device = { id: phone.actor.deviceId, secret: secretOf('b'), unsentCount: 1 }
  const push = [phone.op('enrollment.request', town.request({ sessionId }))]
  const own = (await (await sync({ protocol: PROTOCOL, device, push, cursors: {} })).json()) as SyncAnswer
  expect(own.changes.map((change) => change.kind)).toContain('booking')
  const thief = await sync({ protocol: PROTOCOL, device: { ...device, secret: secretOf('c') }, push: [], cursors: {} })
  expect(thief.status).toBe(403)
  expect(await thief.json()).toEqual({ code: 'device_unknown' })
})

test('a request that is no request is refused in a code, and so is one from a newer product', async () => {
  const device = { id: town.newId(), secret: secretOf('d'), unsentCount: 0 }
  const newer = await sync({ protocol: PROTOCOL + 1, device, push: [], cursors: {} })
  expect([newer.status, await newer.json()]).toEqual([409, { code: 'protocol_too_new' }])
  for (const body of [{}, [], 'text', { protocol: PROTOCOL, device, push: 'all', cursors: {} }]) {
    const answer = await sync(body as object)
    expect([answer.status, await answer.json()]).toEqual([400, { code: 'unreadable_request' }])
  }
})

test('the ledger keeps when a phone was last in contact and what it said still waits', async () => {
  const id = town.newId()
  await sync(
    { protocol: PROTOCOL, device: { id, secret: secretOf('e'), unsentCount: 7 }, push: [], cursors: {} },
    'volunteer',
  )
  const [row] = await town.kit.database.sql`
    select role, unsent_count, last_contact_at from devices where city = ${town.kit.city} and device_id = ${id}`
  expect(row).toEqual({ role: 'volunteer', unsent_count: 7, last_contact_at: '2026-05-12T04:30:00.000Z' })
})
