import { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import { createWhoIs } from '#login/server/logins.ts'
import type { ServerKit } from '#server/kit.ts'
import { syncRoute } from '#sync/server/sync-route.ts'
import { makeHttpPhone, pairPhone } from '../make/pairing.ts'
import { makePhoneTown, type PhoneTown } from '../make/phone-town.ts'

let phones: PhoneTown
beforeAll(async () => {
  phones = await makePhoneTown({ start: '2026-05-12T04:30:00.000Z' as Instant })
  return () => phones.town.close()
})

describe('a phone that is stopped while it asks', () => {
  test('counts as wiped only once it has heard of it, not by the answer that still brought it a list', async () => {
    const { kit, naomi } = phones
    const server = phones.begin()
    const sessionId = await phones.publishClass([naomi], 2)
    const whoIs = createWhoIs(kit)
    let isStopped = false
    const stopping: ServerKit = {
      ...kit,
      async whoIs(c, deviceId, isUse) {
        const who = await whoIs(c, deviceId, isUse)
        if (!isStopped) await phones.endPairing(server, deviceId as Uuid)
        isStopped = true
        return who
      },
    }
    const routes = new Hono().route('/', syncRoute(stopping))
    const phone = makeHttpPhone((path, init) => routes.request(path, init))
    await pairPhone(kit, phone.device, naomi)
    const late = await phone.sync()
    expect(late.changes.filter(({ kind }) => kind === 'rosterEntry')).toHaveLength(2)
    expect(await phones.pairingsOf(phone.device.id)).toEqual([{ whose: naomi, reason: 'lost', wiped: false }])
    const lists = await kit.database.sql<{ id: string }>`
      select session_id as id from pairing_lists where city = ${kit.city} and until_at is null`
    expect(lists).toEqual([{ id: sessionId }]) // so that those on it can be told what the phone holds
    const next = await phone.sync()
    expect(next.holder).toEqual({ role: 'resident', name: null, paired: false })
    expect(phone.held().filter((bucket) => bucket.startsWith('session:'))).toEqual([])
    expect(await phones.pairingsOf(phone.device.id)).toEqual([{ whose: naomi, reason: 'lost', wiped: true }])
  })
})
