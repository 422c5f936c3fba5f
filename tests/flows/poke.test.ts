import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { beforeAll, expect, test, vi } from 'vitest'
import type { Uuid } from '#kernel/uuid.ts'
import type { Role } from '#login/domain/roles.ts'
import { createPokes, pokeRoute } from '#sync/server/poke-route.ts'
import { makeIdentity } from '../make/device.ts'
import { makeTown, type Town } from '../make/town.ts'

let town: Town
let pokes: Awaited<ReturnType<typeof createPokes>>
let listening = 0
beforeAll(async () => {
  town = await makeTown({ now: '2026-05-12T04:30:00.000Z' })
  pokes = await createPokes(town.kit)
  return () => town.close()
})

/** The stream as a phone of `role` hears it. */
async function open(role: Role, deviceId: Uuid = town.newId()) {
  const counted: typeof pokes = {
    ...pokes,
    listen(listener) {
      const leave = pokes.listen(listener)
      listening += 1
      return () => {
        listening -= 1
        leave()
      }
    },
  }
  const route = pokeRoute({ ...town.kit, whoIs: async () => makeIdentity(role) }, counted)
  const server = createAdaptorServer({ fetch: route.fetch }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const leaving = new AbortController()
  const answer = await fetch(`http://127.0.0.1:${port}/api/poke?device=${deviceId}`, { signal: leaving.signal })
  let heard = ''
  const reading = (async () => {
    for await (const part of answer.body ?? []) heard += Buffer.from(part).toString()
  })().catch(() => undefined) // the phone hung up
  await vi.waitFor(() => expect(heard).toContain('event: hello'))
  return {
    answer,
    newsCount: () => heard.split('event: news').length - 1,
    async leave() {
      leaving.abort()
      await reading
      server.close()
    },
  }
}

test('news reach those who may hold them, and nobody else', async () => {
  const sessionId = await town.publishSession({ heldOn: '2026-05-12' })
  const [helper, resident] = [await open('volunteer'), await open('resident')]
  const phone = town.device('volunteer')
  await phone.say('attendance.mark', { markId: town.newId(), sessionId, learnerId: town.newId() })
  await vi.waitFor(() => expect(helper.newsCount()).toBe(1))
  expect(resident.newsCount()).toBe(0)
  await town.device('resident').say('enrollment.request', town.request({ sessionId }))
  await vi.waitFor(() => expect(resident.newsCount()).toBe(1))
  await Promise.all([helper.leave(), resident.leave()])
})

test('a phone that hangs up is not talked to any more', async () => {
  const phones = await Promise.all(Array.from({ length: 20 }, () => open('volunteer')))
  expect(listening).toBe(20)
  await Promise.all(phones.map((phone) => phone.leave()))
  await vi.waitFor(() => expect(listening).toBe(0))
})

test('a proxy is asked not to hold the stream back', async () => {
  const phone = await open('resident')
  expect(phone.answer.headers.get('x-accel-buffering')).toBe('no')
  await phone.leave()
})
