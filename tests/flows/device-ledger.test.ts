import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { FiscalYear } from '#kernel/fiscal-year.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'
import type { ServerKit } from '#server/kit.ts'
import type { OwnProgram } from '#sync/domain/device-ledger.ts'
import { PUSH_MAX } from '#sync/domain/limits.ts'
import { syncRoute } from '#sync/server/sync-route.ts'
import { makeIdentity } from '../make/device.ts'
import { type LedgerPhone, makeLedgerPhone } from '../make/ledger-phone.ts'
import { type LedgerTown, makeLedgerTown, namesOf } from '../make/ledger-town.ts'
import { makeVenue } from '../make/payloads.ts'
import { makePhoneTown, type PhoneTown } from '../make/phone-town.ts'
import { makeStaffLogin } from '../make/staff.ts'

const START = '2026-05-12T04:30:00.000Z' as Instant // 13:30 in Japan; the class is from 14:00 to 15:30
const OVER_MIN = 120
const OWN: OwnProgram = { name: 'app-new.js', builtAt: '2026-05-01T00:00:00.000Z' as Instant }

let town: LedgerTown
let phones: PhoneTown
let kit: ServerKit
beforeAll(async () => {
  phones = await makePhoneTown({ start: START })
  kit = phones.kit
  return () => phones.town.close()
})
beforeEach(() => {
  town = makeLedgerTown(phones, OWN)
})

/** The city lost the last `count` operations of a device, as after an older backup was put back. */
async function loseOperations({ deviceId }: LedgerPhone, count: number): Promise<void> {
  await kit.database.sql`
    delete from operations where city = ${kit.city} and id in (
           select id from operations where city = ${kit.city} and device_id = ${deviceId} order by seq desc limit ${count})`
}

describe('a phone with everything in', () => {
  test('stands in the ledger with its owner, its build and its lists, and needs no look', async () => {
    const { phone, name, sessionId } = await town.withClass()
    await phone.tap(sessionId, 2)
    await phone.syncAll()
    expect(await town.find(phone)).toEqual({
      deviceId: phone.deviceId,
      holder: 'phone',
      name,
      endedAt: null,
      lastContactAt: START,
      unsentCount: 0,
      gapCount: 0,
      program: OWN.name,
      isOtherProgram: false,
      concerns: [],
      lists: [expect.objectContaining({ sessionId, heldOn: '2026-05-12' })],
    })
  })
})

describe('a phone that went away with three marks unsent', () => {
  test('needs a look after an hour, and none once it was back', async () => {
    const { phone, sessionId } = await town.withClass()
    await phone.tap(sessionId, PUSH_MAX + 3)
    phones.later(10)
    await phone.syncOnce() // as many as one request carries; then the network is gone
    expect(await town.find(phone)).toMatchObject({ unsentCount: 3, gapCount: 0, concerns: [] })
    phones.later(61)
    expect((await town.find(phone))?.concerns).toEqual([{ code: 'unsent', count: 3, sinceAt: START }])
    expect((await town.readLedger()).devices[0]?.concerns).not.toEqual([]) // before those that need none
    await phone.syncAll()
    expect(await town.find(phone)).toMatchObject({ unsentCount: 0, gapCount: 0, concerns: [] })
  })

  test('is missing by name from its session, until it was in contact after the end with nothing left', async () => {
    const { phone, name, sessionId, id } = await town.withClass()
    await phones.town.editSession(sessionId, {
      teachers: [id, phones.ken].map((one) => ({ instructorId: one, role: 'instructor' })),
    })
    const other = await makeLedgerPhone({ town: phones, server: town.server, whose: phones.ken })
    await other.syncAll()
    expect(await town.readSession(sessionId)).toMatchObject({ state: 'today' })
    phones.later(OVER_MIN)
    expect((await town.readSession(sessionId)).state).toBe('over')
    expect(new Set(namesOf(await town.readSession(sessionId), false))).toEqual(new Set(['福元 健', name]))
    await other.syncAll()
    await phone.tap(sessionId, PUSH_MAX + 1)
    await phone.syncOnce()
    expect(namesOf(await town.readSession(sessionId), false)).toEqual([name])
    expect(namesOf(await town.readSession(sessionId), true)).toEqual(['福元 健'])
    await phone.syncAll()
    expect(namesOf(await town.readSession(sessionId), false)).toEqual([])
  })
})

describe('a phone that was not heard of since its session ended', () => {
  test('needs a look an hour later, and is expected by the yearly figures of that year alone', async () => {
    const { phone } = await town.withClass()
    const before = await town.unreported()
    phones.later(OVER_MIN + 60)
    expect(await town.codesOf(phone)).toEqual([])
    phones.later(OVER_MIN + 61)
    expect(await town.codesOf(phone)).toEqual(['silent'])
    const late = await town.unreported()
    expect(late.deviceCount).toBeGreaterThan(before.deviceCount)
    expect(await town.unreported(2025 as FiscalYear)).toEqual({ factCount: 0, deviceCount: 0 })
    await phone.syncAll()
    expect(await town.codesOf(phone)).toEqual([])
    expect((await town.unreported()).deviceCount).toBe(late.deviceCount - 1)
  })

  test('also one of demo mode that marked somebody there and has no list of its own', async () => {
    const sessionId = await phones.publishClass([phones.ken], 0)
    const demoServer = syncRoute({ ...kit, whoIs: async () => makeIdentity('volunteer') })
    const demo = await makeLedgerPhone({ town: phones, server: demoServer, whose: null })
    await demo.tap(sessionId, 1)
    await demo.syncAll()
    expect(namesOf(await town.readSession(sessionId), false)).toEqual([null])
    expect((await town.readLedger()).demo.deviceCount).toBe(1)
    expect(await town.find(demo)).toBeUndefined()
    const before = await town.unreported()
    phones.later(OVER_MIN)
    const after = await town.unreported()
    expect(after.deviceCount).toBeGreaterThan(before.deviceCount)
  })
})

describe('a gap in what a phone has said', () => {
  test('is seen after a backup was put back, and counted for the year with what waits', async () => {
    const { phone, sessionId } = await town.withClass()
    await phone.tap(sessionId, 5)
    await phone.syncAll()
    const whole = await town.unreported()
    await loseOperations(phone, 2)
    expect(await town.find(phone)).toMatchObject({ unsentCount: 0, gapCount: 2, concerns: [{ code: 'gap', count: 2 }] })
    expect(await town.unreported()).toEqual({ factCount: whole.factCount + 2, deviceCount: whole.deviceCount + 1 })
    await phone.tap(sessionId, PUSH_MAX + 1)
    await phone.syncOnce()
    expect(await town.find(phone)).toMatchObject({ unsentCount: 1, gapCount: 2 })
    expect(await town.unreported()).toEqual({ factCount: whole.factCount + 3, deviceCount: whole.deviceCount + 1 })
  })

  test('is not what the server refused or holds back, nor what it heard twice', async () => {
    const { phone, sessionId } = await town.withClass()
    await phone.tap(sessionId, 3)
    await phone.syncUnheard()
    await phone.record('enrollment.request', phones.town.request({ sessionId: phones.town.newId() })) // refused: nobody knows the session
    await phone.record('venue.save', makeVenue()) // not a helper's to say: held
    await phone.syncAll()
    expect(await town.find(phone)).toMatchObject({ unsentCount: 1, gapCount: 0 })
    await phone.tap(sessionId, 1)
    await phone.syncAll()
    expect(await town.find(phone)).toMatchObject({ unsentCount: 1, gapCount: 0 })
  })
})

test('an old program needs a look a week after the new one was there, once the phone was in contact with it', async () => {
  const { phone } = await town.withClass('app-old.js')
  expect(await town.find(phone)).toMatchObject({
    program: 'app-old.js',
    isOtherProgram: true,
    concerns: [{ code: 'oldProgram' }],
  })
  town = makeLedgerTown(phones, { ...OWN, builtAt: START })
  expect(await town.find(phone)).toMatchObject({ isOtherProgram: true, concerns: [] })
})

test('a phone somebody stopped keeps its name in the ledger until it has handed in everything', async () => {
  const { phone, name, sessionId } = await town.withClass()
  await phone.tap(sessionId, PUSH_MAX + 3)
  await phone.syncOnce()
  await phones.endPairing(town.server, phone.deviceId)
  phones.later(OVER_MIN + 90)
  expect(await town.find(phone)).toMatchObject({ name, endedAt: START, unsentCount: 3 })
  expect(await town.codesOf(phone)).toEqual(['unsent', 'silent'])
  await phone.syncAll()
  expect(await town.find(phone)).toBeUndefined()
  expect(namesOf(await town.readSession(sessionId), false)).toEqual([])
})

test('a browser of the office has the name of whoever was signed in there last, also when nobody is any more', async () => {
  const { cookie } = await makeStaffLogin(kit, 'organizer', { name: '海野 さくら' })
  const phone = await makeLedgerPhone({ town: phones, server: town.server, whose: null, cookie })
  await phone.syncAll()
  expect(await town.find(phone)).toMatchObject({ holder: 'office', name: '海野 さくら', endedAt: null, concerns: [] })
  const sessionId = await phones.publishClass([phones.ken], 0)
  await phone.tap(sessionId, 2)
  phones.later(12 * 60 + 1) // the login is over: what was said is held
  await phone.syncOnce()
  phones.later(15 * 60)
  expect(await town.find(phone)).toMatchObject({ holder: 'office', name: '海野 さくら', unsentCount: 2 })
  expect(await town.codesOf(phone)).toEqual(['unsent'])
})

test('residents are a number, and nobody who takes part is in the ledger or beside a session', async () => {
  const sessionId = await phones.publishClass([phones.naomi], 4)
  const before = (await town.readLedger()).residents.deviceCount
  const resident = await makeLedgerPhone({ town: phones, server: town.server, whose: null })
  await resident.tap(sessionId, 1) // not theirs to say: held, and so it waits
  await resident.syncOnce()
  const ledger = await town.readLedger()
  expect(ledger.residents.deviceCount).toBe(before + 1)
  expect(ledger.residents.unsentCount).toBeGreaterThan(0)
  expect(await town.find(resident)).toBeUndefined()
  const said = JSON.stringify([ledger, await town.readSession(sessionId)])
  const people = await kit.database.sql<{ name: string; learner_id: string }>`
    select name, learner_id from learners where city = ${kit.city}`
  expect(people.length).toBeGreaterThan(3)
  for (const { name, learner_id: id } of people)
    expect([said.includes(name), said.includes(id)]).toEqual([false, false])
})

test('a session that nobody knows has no phones, and one of another day has nothing to say yet', async () => {
  for (const id of ['nobody', phones.town.newId()]) {
    const answer = await town.server.request(`/api/office/sessions/${id}/phones`)
    expect([answer.status, await answer.json()]).toEqual([404, { code: 'session_unknown' }])
  }
  const sessionId = await phones.town.publishSession({ heldOn: '2026-05-13' as LocalDate })
  expect(await town.readSession(sessionId)).toEqual({ state: 'before', phones: [] })
})
