import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createObservable } from '#client/observable.ts'
import type { Instant } from '#kernel/time.ts'
import { checkPhone, putOnLock } from '#login/client/lock.ts'
import { leavePhone, type PairingParts, pairPhone } from '#login/client/pair-phone.ts'
import { readPhone } from '#login/client/phone-store.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { ensureDevice } from '#sync/client/outbox.ts'
import { browserSurroundings } from '#sync/client/surroundings.ts'
import type { Send } from '#sync/client/sync-once.ts'
import type { Hono } from 'hono'
import { pairPhone as pairDirectly } from '../make/pairing.ts'
import { makeMark } from '../make/payloads.ts'
import { makePhone, type Page, readKept } from '../make/phone.ts'
import { makePhoneTown, type PhoneTown } from '../make/phone-town.ts'

const START = '2026-05-12T04:30:00.000Z' as Instant
const DAY_MIN = 24 * 60

let town: PhoneTown
let server: Hono
let sessionId: SessionId
beforeAll(async () => {
  town = await makePhoneTown({ start: START })
  sessionId = await town.publishClass([town.naomi])
  return () => town.town.close()
})
beforeEach(() => {
  server = town.begin()
})
afterEach(() => {
  vi.unstubAllGlobals()
})

interface Held {
  readonly page: Page
  readonly deviceId: string
  /** One round trip; throws without a network. */
  sync(): Promise<void>
  readonly parts: PairingParts
  goOffline(): void
}

/** 川畑's phone with her list, a lock, and one mark that nobody has heard of. Its `fetch` reaches the real routes. */
async function heldPhone(): Promise<Held> {
  const surroundings = { ...browserSurroundings, now: () => town.now() }
  const page = makePhone(surroundings.now).open()
  const device = await ensureDevice(page.db, surroundings)
  await pairDirectly(town.kit, device, town.naomi)
  let isOnline = true
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    if (!isOnline) throw new TypeError('Failed to fetch')
    return server.request(path, init)
  })
  const send: Send = async (request) =>
    fetch('/api/sync', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(request),
    })
  const sync = async (): Promise<void> => {
    let result = await page.sync(send)
    while (result.kind === 'done' && result.more) result = await page.sync(send)
  }
  const status = createObservable<{ readonly state: string }>({ state: 'idle' })
  const wake = (): void => {
    status.set({ state: 'sending' })
    void sync().finally(() => status.set({ state: 'idle' }))
  }
  await sync()
  const parts: PairingParts = {
    db: page.db,
    keyring: page.keyring,
    now: surroundings.now,
    ensureDevice: () => ensureDevice(page.db, surroundings),
    wake,
    status,
    alone: (work) => work(),
  }
  await putOnLock(parts, '314159')
  await sync()
  await page.recorder.record('attendance.mark', makeMark({ sessionId }))
  return { page, deviceId: device.id, sync, parts, goOffline: () => void (isOnline = false) }
}

async function outboxOf({ page }: Held) {
  return (await readKept(page.db)).outbox
}

/** The server failed at what waits, and said so. */
async function holdByFault(phone: Held): Promise<void> {
  await phone.page.db.write(['outbox'], async (tx) => {
    for (const entry of await tx.objectStore('outbox').getAll()) {
      const outcome = { id: entry.operation.id, status: 'held', reason: 'fault' } as const
      await tx.objectStore('outbox').put({ ...entry, state: 'attention', outcome })
    }
  })
}

async function countMarks(deviceId: string): Promise<number> {
  const rows = await town.kit.database.sql`
    select 1 from operations where city = ${town.kit.city} and device_id = ${deviceId} and name = 'attendance.mark'`
  return rows.length
}

describe('a change of person', () => {
  test('sends first', async () => {
    const phone = await heldPhone()
    expect(await leavePhone(phone.parts)).toBeNull()
    expect(await outboxOf(phone)).toEqual([])
    expect(await countMarks(phone.deviceId)).toBe(1)
  })

  test('without a signal is told how much waits, and nothing leaves the phone', async () => {
    const phone = await heldPhone()
    phone.goOffline()
    expect(await leavePhone(phone.parts)).toEqual({ code: 'unsent', count: 1 })
    expect(await pairPhone(phone.parts, { code: '12345678' })).toEqual({ code: 'unsent', count: 1 })
    expect(await outboxOf(phone)).toHaveLength(1)
    expect((await readPhone(phone.page.db)).hasLists).toBe(true)
  })

  test('waits as well for what the server failed at: nobody else hands it in', async () => {
    const phone = await heldPhone()
    await holdByFault(phone)
    expect(await leavePhone(phone.parts)).toEqual({ code: 'unsent', count: 1 })
    expect(await outboxOf(phone)).toHaveLength(1)
  })
})

describe('lists whose time is over go without what waits', () => {
  test.each([
    ['a day after the last session', 'over', 2 * DAY_MIN],
    ['after two weeks without a word', 'away', 14 * DAY_MIN],
  ] as const)('%s', async (_when, why, minutes) => {
    const phone = await heldPhone()
    phone.goOffline()
    town.later(minutes)
    await checkPhone(phone.parts)
    const { hasLists, news, waitingCount } = await readPhone(phone.page.db)
    expect({ hasLists, why: news?.why, waitingCount }).toEqual({ hasLists: false, why, waitingCount: 1 })
    expect(await outboxOf(phone)).toHaveLength(1)
  })
})

describe('a phone that the office has stopped', () => {
  test('keeps its lock until what waits was sent, and lets go of everything after', async () => {
    const phone = await heldPhone()
    await town.endPairing(server, phone.deviceId)
    const { db } = phone.page
    await db.write(['meta'], async (tx) => {
      await tx.objectStore('meta').put({ role: 'resident', name: null, paired: false }, 'holder') // it has heard of it
    })
    await checkPhone(phone.parts)
    expect(await readPhone(db)).toMatchObject({ waitingCount: 1, news: null })
    await phone.sync()
    await checkPhone(phone.parts)
    expect(await readPhone(db)).toMatchObject({
      waitingCount: 0,
      heldCount: 0,
      hasLists: false,
      news: { why: 'stopped' },
    })
    expect(await countMarks(phone.deviceId)).toBe(1)
  })

  test('says what could not be sent, and keeps it', async () => {
    const phone = await heldPhone()
    await holdByFault(phone)
    await town.endPairing(server, phone.deviceId)
    await phone.sync()
    await checkPhone(phone.parts)
    expect(await readPhone(phone.page.db)).toMatchObject({ heldCount: 1, hasLists: false, news: { why: 'stopped' } })
    expect(await outboxOf(phone)).toHaveLength(1)
  })
})
