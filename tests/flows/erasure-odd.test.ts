import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import { CANARY, tracesIn } from '../make/canary.ts'
import { dumpDatabase } from '../make/dump.ts'
import { makeWalkIn } from '../make/payloads.ts'
import { makeTestDevice } from '../make/server-kit.ts'
import { makeTown, type Town } from '../make/town.ts'

const LATER = '2026-06-20T01:00:00.000Z' as Instant
let town: Town
beforeEach(async () => {
  town = await makeTown({ now: '2026-05-12T04:30:00.000Z' })
})
afterEach(() => town.close())

test('a phone that says two walk-ins under the name of one mark leaves no trace of either after an erasure', async () => {
  const [sessionId, other] = [await town.publishSession({}), await town.publishSession({})]
  const desk = town.device('volunteer')
  const { name, nameKana } = CANARY
  const first = makeWalkIn({ sessionId })
  const second = makeWalkIn({ sessionId: other, markId: first.markId, name, nameKana })
  await desk.push(desk.op('attendance.walkIn', first))
  await desk.push(desk.op('attendance.walkIn', second))
  const admin = makeTestDevice({ ...town.kit, now: () => LATER }, { role: 'admin' })
  const [answer] = await admin.push(admin.op('person.erase', { learnerId: second.learnerId, reason: 'self' }))
  expect(answer).toMatchObject({ status: 'accepted' })
  expect(tracesIn(await dumpDatabase(town.kit.database))).toEqual([])
})
