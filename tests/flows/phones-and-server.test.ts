import { beforeAll, expect, test } from 'vitest'
import type { Mark, MarkId } from '#attendance/domain/mark.ts'
import { presentLearners } from '#attendance/domain/mark.ts'
import { readAnswers } from '#client/answers.ts'
import { readRecords } from '#client/records.ts'
import type { Role } from '#login/domain/roles.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { bucketOf } from '#sessions/domain/session-bucket.ts'
import type { Send } from '#sync/client/sync-once.ts'
import { tidyUp } from '#sync/client/tidy-up.ts'
import { syncRoute } from '#sync/server/sync-route.ts'
import { makeIdentity } from '../make/device.ts'
import { makePhone, type Page, readKept } from '../make/phone.ts'
import { makeTown, type Town } from '../make/town.ts'

let town: Town
beforeAll(async () => {
  town = await makeTown({ now: '2026-05-12T04:30:00.000Z' })
  return () => town.close()
})

/** The real route, in process. */
function sendAs(role: Role): Send {
  const route = syncRoute({ ...town.kit, whoIs: async () => makeIdentity(role) })
  const headers = { 'Content-Type': 'application/json' }
  return async (request) => route.request('/api/sync', { method: 'POST', headers, body: JSON.stringify(request) })
}

async function syncAll(page: Page, send: Send): Promise<void> {
  let end = await page.sync(send)
  while (end.kind === 'done' && end.more) end = await page.sync(send)
  expect(end).toEqual({ kind: 'done', more: false })
}

async function recordMark(page: Page, sessionId: SessionId, learnerId: Mark['learnerId']): Promise<MarkId> {
  const markId = page.recorder.newId() as MarkId
  await page.recorder.record('attendance.mark', { markId, sessionId, learnerId })
  return markId
}

async function recordWalkIn(page: Page, sessionId: SessionId, nameKana: string): Promise<void> {
  const { newId, record } = page.recorder
  const ids = { markId: newId() as MarkId, learnerId: newId() as Mark['learnerId'] }
  await record('attendance.walkIn', { ...ids, sessionId, name: null, nameKana, ageBand: null })
}

async function readPresent(page: Page, sessionId: SessionId): Promise<readonly string[]> {
  const marks = (await readRecords(page.db, bucketOf(sessionId), 'mark')).map(({ body }) => body)
  const undone = new Set(marks.filter((mark) => mark.undone).map((mark) => mark.markId))
  return [...presentLearners(marks, undone)].sort()
}

async function countPresent(sessionId: SessionId): Promise<number> {
  const [row] = await town.kit.database.sql<{ count: number }>`
    select count(*)::int as count from attendance where city = ${town.kit.city} and session_id = ${sessionId}`
  return row?.count ?? -1
}

test('two phones that check in overlapping people without a network agree with each other and with the server afterwards', async () => {
  const sessionId = await town.publishSession({
    heldOn: '2026-05-12',
    capacity: 40,
    teacherCount: 10,
    startTime: '15:00' as never,
    endTime: '16:00' as never,
  })
  for (let index = 0; index < 30; index += 1) {
    const request = { ...town.request({ sessionId }), name: `受講者 ${index}` }
    expect(await town.device('organizer').say('enrollment.request', request)).toMatchObject({ status: 'accepted' })
  }
  const send = sendAs('volunteer')
  const phones = [makePhone(), makePhone()]
  const [one, two] = phones.map((phone) => phone.open()) as [Page, Page]
  await syncAll(one, send)
  await syncAll(two, send)
  const roster = (await readRecords(one.db, bucketOf(sessionId), 'rosterEntry')).map(({ body }) => body.learnerId)
  expect(roster).toHaveLength(30)

  const marks = new Map<string, MarkId>()
  for (const learnerId of roster.slice(0, 20)) marks.set(learnerId, await recordMark(one, sessionId, learnerId))
  for (const learnerId of roster.slice(8)) await recordMark(two, sessionId, learnerId)
  for (const learnerId of roster.slice(0, 2)) {
    await one.recorder.record('attendance.undo', { sessionId, learnerId, markIds: [marks.get(learnerId) as MarkId] })
  }
  for (const kana of ['さとう', 'すずき', 'たかはし']) {
    await recordWalkIn(one, sessionId, kana)
    await recordWalkIn(two, sessionId, kana)
  }

  const lost: Send = async (request, signal) => {
    await send(request, signal)
    throw new TypeError('The answer was lost')
  }
  expect(await one.sync(lost)).toMatchObject({ kind: 'unreachable' })
  const reopened = phones[0]?.open() as Page // killed and opened again
  await syncAll(reopened, send)
  await syncAll(two, send)
  await syncAll(reopened, send)

  expect(await countPresent(sessionId)).toBe(30 - 2 + 6)
  expect(await readPresent(reopened, sessionId)).toHaveLength(34)
  expect(await readPresent(two, sessionId)).toEqual(await readPresent(reopened, sessionId))
  expect((await readKept(reopened.db)).outbox).toEqual([])
  expect((await readKept(two.db)).outbox).toEqual([])
})

test('the same push sent 100 times changes nothing and is answered the same', async () => {
  const sessionId = await town.publishSession({ heldOn: '2026-05-12' })
  const send = sendAs('volunteer')
  const page = makePhone().open()
  await recordWalkIn(page, sessionId, 'やまだ')
  const answers: unknown[] = []
  for (let time = 0; time < 100; time += 1) {
    await page.sync(async (request, signal) => {
      answers.push(((await (await send(request, signal)).json()) as { outcomes: unknown }).outcomes)
      throw new TypeError('The answer was lost')
    })
  }
  expect(answers).toHaveLength(100)
  for (const answer of answers) expect(answer).toEqual(answers[0])
  await syncAll(page, send)
  expect(await countPresent(sessionId)).toBe(1)
  expect((await readKept(page.db)).outbox).toEqual([])
})

test('a sign-up kept without a network is answered with a seat and a receipt number once it arrives', async () => {
  const sessionId = await town.publishSession({ capacity: 1 })
  const page = makePhone().open()
  const first = await page.recorder.record('enrollment.request', town.request({ sessionId }))
  const second = await page.recorder.record('enrollment.request', town.request({ sessionId }))
  await syncAll(page, sendAs('resident'))
  const receiptNumber = expect.stringMatching(/^\d{6}$/)
  expect(await readAnswers(page.db)).toMatchObject([
    {
      operation: { id: second.id },
      outcome: { value: { state: 'waitlisted', position: 1, receiptNumber } },
      seen: false,
    },
    { operation: { id: first.id }, outcome: { value: { state: 'enrolled', receiptNumber } }, seen: false },
  ])
  const { records } = await readKept(page.db)
  expect(records.filter(({ kind }) => kind === 'booking')).toHaveLength(2)
})

test('a roster leaves the phone when the volunteer is no longer one', async () => {
  const sessionId = await town.publishSession({ heldOn: '2026-05-12' })
  await town.device('organizer').say('enrollment.request', town.request({ sessionId }))
  const page = makePhone().open()
  await syncAll(page, sendAs('volunteer'))
  expect(await readRecords(page.db, bucketOf(sessionId), 'rosterEntry')).toHaveLength(1)
  await syncAll(page, sendAs('resident'))
  const { records } = await readKept(page.db)
  expect(records.filter(({ bucket }) => bucket !== 'public')).toEqual([])
})

test('what a device may not say is held on it, and is taken once it may', async () => {
  const sessionId = await town.publishSession({ heldOn: '2026-05-12' })
  const phone = makePhone()
  const page = phone.open()
  await recordWalkIn(page, sessionId, 'いとう')
  await syncAll(page, sendAs('resident'))
  expect((await readKept(page.db)).outbox).toMatchObject([{ state: 'attention', outcome: { reason: 'not_permitted' } }])
  expect(await countPresent(sessionId)).toBe(0)
  await tidyUp(page.db, town.kit.now())
  await syncAll(page, sendAs('volunteer'))
  expect((await readKept(page.db)).outbox).toEqual([])
  expect(await countPresent(sessionId)).toBe(1)
})
