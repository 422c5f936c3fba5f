import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { ReceiptNumber } from '#enrollment/domain/enrollment.ts'
import type { Database } from '#server/database.ts'
import { BUDGETS, createRateLimits } from '#server/rate-limits.ts'
import { PROTOCOL } from '#sync/domain/limits.ts'
import type { SyncAnswer } from '#sync/domain/protocol.ts'
import { syncRoute } from '#sync/server/sync-route.ts'
import { makeIdentity } from '../make/device.ts'
import { makeDeviceProof } from '../make/pairing.ts'
import { makeTown } from '../make/town.ts'

test('a phone that asks again and again while the database is away has not used up its tries at its own booking', async () => {
  const town = await makeTown({ now: '2026-05-12T04:30:00.000Z' })
  const resident = town.device('resident')
  const wanted = town.request({ sessionId: await town.publishSession({}) })
  const booked = await resident.say('enrollment.request', wanted)
  const receiptNumber = (booked.status === 'accepted' && booked.value?.receiptNumber) as ReceiptNumber
  const withdrawal = resident.op('enrollment.withdraw', { receiptNumber, phoneLast4: wanted.phone.slice(-4) })

  let isAway = true
  const { database } = town.kit
  const transaction: Database['transaction'] = (work) =>
    isAway ? Promise.reject(new Error('Connection terminated unexpectedly')) : database.transaction(work)
  const kit = { ...town.kit, database: { ...database, transaction }, whoIs: async () => makeIdentity('resident') }
  const route = new Hono()
    .route('/', syncRoute(kit, createRateLimits({ addressOf: () => 'at home' })))
    .onError((_, c) => c.body(null, 500))
  const headers = { 'Content-Type': 'application/json' }
  const body = JSON.stringify({
    protocol: PROTOCOL,
    device: { ...makeDeviceProof(), unsentCount: 1 },
    push: [withdrawal],
    cursors: {},
  })
  const send = (): Response | Promise<Response> => route.request('/api/sync', { method: 'POST', headers, body })

  const statuses = new Set<number>()
  for (let time = 0; time <= BUDGETS.triesOfAddress.points; time += 1) statuses.add((await send()).status)
  expect([...statuses]).toEqual([500])
  isAway = false
  const answer = (await (await send()).json()) as SyncAnswer
  expect(answer.outcomes).toMatchObject([{ status: 'accepted' }])
  await town.close()
})
