import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { Role } from '#login/domain/roles.ts'
import { createWhoIs } from '#login/server/logins.ts'
import { grantedBuckets } from '#sync/server/buckets.ts'
import { createPokes, pokeRoute } from '#sync/server/poke-route.ts'
import { makeIdentity } from '../make/device.ts'
import { makeDeviceProof, makeHttpPhone, pairPhone } from '../make/pairing.ts'
import { makePhoneTown, type PhoneTown } from '../make/phone-town.ts'

let phones: PhoneTown
let pokes: Awaited<ReturnType<typeof createPokes>>
beforeAll(async () => {
  phones = await makePhoneTown({ start: '2026-05-12T04:30:00.000Z' as Instant })
  pokes = await createPokes(phones.kit)
  return async () => {
    await pokes.stop()
    await phones.town.close()
  }
})

/** The stream of news as this phone hears it. */
async function listen(deviceId: Uuid) {
  const { fetch: answer } = pokeRoute({ ...phones.kit, whoIs: createWhoIs(phones.kit) }, pokes)
  const server = createAdaptorServer({ fetch: answer }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const leaving = new AbortController()
  const { port } = server.address() as AddressInfo
  const stream = await fetch(`http://127.0.0.1:${port}/api/poke?device=${deviceId}`, { signal: leaving.signal })
  let heard = ''
  const reading = (async () => {
    for await (const part of stream.body ?? []) heard += Buffer.from(part).toString()
  })().catch(() => undefined) // the phone hung up
  await vi.waitFor(() => expect(heard).toContain('event: hello'))
  return {
    newsCount: () => heard.split('event: news').length - 1,
    async leave() {
      leaving.abort()
      await reading
      server.close()
    },
  }
}

const asTeacher = (instructorId: PhoneTown['naomi']) => [{ instructorId, role: 'instructor' as const }]

describe('a phone that is listening', () => {
  test('hears at once that it is nobody’s any more', async () => {
    const server = phones.begin()
    const phone = makeHttpPhone(server.request)
    await pairPhone(phones.kit, phone.device, phones.naomi)
    const stream = await listen(phone.device.id)
    await phones.endPairing(server, phone.device.id)
    await vi.waitFor(() => expect(stream.newsCount()).toBe(1))
    await stream.leave()
  })

  test('hears that a session is its own now, and that it is no longer; of others’ sessions it hears nothing', async () => {
    const { town, naomi, ken } = phones
    const sessionId = await phones.publishClass([ken])
    const device = makeDeviceProof()
    await pairPhone(phones.kit, device, naomi)
    const stream = await listen(device.id)
    const hearsMore = async (change: Promise<void>): Promise<void> => {
      const before = stream.newsCount()
      await change
      await vi.waitFor(() => expect(stream.newsCount()).toBeGreaterThan(before))
    }
    await hearsMore(town.editSession(sessionId, { teachers: asTeacher(naomi) }))
    await hearsMore(town.editSession(sessionId, { teachers: asTeacher(ken) }))
    const kens = makeDeviceProof()
    await pairPhone(phones.kit, kens, ken)
    const other = await listen(kens.id)
    const before = stream.newsCount()
    await town.device('organizer').say('attendance.mark', {
      markId: town.newId(),
      sessionId,
      learnerId: town.newId(),
    })
    await vi.waitFor(() => expect(other.newsCount()).toBe(1))
    await hearsMore(town.editSession(sessionId, { title: '名前の変わった教室' })) // everybody hears of this one
    expect(stream.newsCount()).toBe(before + 1)
    await Promise.all([stream.leave(), other.leave()])
  })
})

describe('what each role may hold', () => {
  const listsOf = async (role: Role): Promise<number> => {
    const granted = await grantedBuckets(phones.kit, { ...makeIdentity(role), deviceId: phones.town.newId() })
    return granted.filter((bucket) => bucket.startsWith('session:')).length
  }
  const holds = async (role: Role, bucket: 'office' | 'hall'): Promise<boolean> =>
    (await grantedBuckets(phones.kit, { ...makeIdentity(role), deviceId: phones.town.newId() })).includes(bucket)

  test('whoever plans has the lists of these days; whoever only looks has the office, and nobody’s name', async () => {
    await phones.publishClass([phones.ken], 90)
    await phones.publishClass([phones.naomi], 90, '15:30')
    for (const role of ['organizer', 'admin'] as const) {
      expect(await listsOf(role)).toBeGreaterThanOrEqual(2)
      expect([await holds(role, 'office'), await holds(role, 'hall')]).toEqual([true, true])
    }
    expect(await listsOf('viewer')).toBe(0)
    expect([await holds('viewer', 'office'), await holds('viewer', 'hall')]).toEqual([true, false])
    expect(await listsOf('resident')).toBe(0)
  })

  test('a helper of demo mode helps everywhere, within the same 100 people', async () => {
    const all = await listsOf('admin')
    const some = await listsOf('volunteer')
    expect(some).toBeGreaterThanOrEqual(1)
    expect(some).toBeLessThan(all)
  })
})
