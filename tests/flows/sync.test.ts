import { beforeAll, describe, expect, test } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import type { MarkId } from '#attendance/domain/mark.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { retireRecords } from '#sync/server/retire-records.ts'
import { exchange } from '../make/server-kit.ts'
import { makeTown, type Town } from '../make/town.ts'

const NOW = '2026-05-12T04:30:00.000Z' as Instant
let town: Town
beforeAll(async () => {
  town = await makeTown({ now: NOW })
  return () => town.close()
})

const mark = (sessionId: SessionId, learnerId: LearnerId = town.newId()) => ({
  markId: town.newId<MarkId>(),
  sessionId,
  learnerId,
})

async function countPresent(sessionId: SessionId): Promise<number> {
  const [row] = await town.kit.database.sql<{ count: number }>`
    select count(*)::int as count from attendance where city = ${town.kit.city} and session_id = ${sessionId}`
  return row?.count ?? 0
}

async function readVersion(): Promise<number> {
  const [row] = await town.kit.database.sql<{ version: number }>`
    select version from cities where city = ${town.kit.city}`
  return row?.version ?? 0
}

describe('an operation that arrives again', () => {
  test('gets the same answer a hundred times, and changes nothing', async () => {
    const sessionId = await town.publishSession({ heldOn: '2026-05-12' })
    const phone = town.device('volunteer')
    const push = [phone.op('attendance.mark', mark(sessionId)), phone.op('attendance.mark', mark(sessionId))]
    const first = await phone.push(...push)
    const version = await readVersion()
    for (let time = 0; time < 100; time++) expect(await phone.push(...push)).toEqual(first)
    expect(await readVersion()).toBe(version)
    expect(await countPresent(sessionId)).toBe(2)
  })

  test('is taken once also when both copies arrive at the same moment', async () => {
    const sessionId = await town.publishSession({ heldOn: '2026-05-12' })
    const phone = town.device('resident')
    const request = phone.op('enrollment.request', town.request({ sessionId }))
    const answers = await Promise.all(Array.from({ length: 20 }, () => phone.push(request)))
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(await town.states(sessionId)).toEqual(['enrolled'])
  })
})

describe('one push', () => {
  test('is answered item by item: what cannot be read is held, and never blocks the rest', async () => {
    const sessionId = await town.publishSession({ heldOn: '2026-05-12' })
    const phone = town.device('volunteer')
    const good = phone.op('attendance.mark', mark(sessionId))
    const unreadable = { ...phone.op('attendance.mark', mark(sessionId)), name: 'attendance.teleport' }
    const outcomes = await phone.ask(unreadable, 'not even an object', good)
    expect(outcomes).toContainEqual({ id: unreadable.id, status: 'held', reason: 'unreadable' })
    expect(outcomes).toContainEqual(expect.objectContaining({ id: good.id, status: 'accepted' }))
    expect(await countPresent(sessionId)).toBe(1)
  })

  test('from somebody without the right is held on the device, so that no fact is thrown away', async () => {
    const sessionId = await town.publishSession({ heldOn: '2026-05-12' })
    const stranger = town.device('resident')
    const outcome = await stranger.say('attendance.mark', mark(sessionId))
    expect(outcome).toMatchObject({ status: 'held', reason: 'not_permitted' })
    expect(await countPresent(sessionId)).toBe(0)
  })

  test('keeps who said it, from which device, when it happened and when it arrived', async () => {
    const sessionId = await town.publishSession({ heldOn: '2026-05-12' })
    const phone = town.device('volunteer')
    const happenedAt = '2026-05-12T04:01:02.003Z' as Instant
    const said = phone.op('attendance.mark', mark(sessionId), happenedAt)
    await phone.push(said)
    const [kept] = await town.kit.database.sql`
      select name, role, device_id, device_at, received_at, payload from operations
       where city = ${town.kit.city} and id = ${said.id}`
    expect(kept).toEqual({
      name: 'attendance.mark',
      role: 'volunteer',
      device_id: phone.actor.deviceId,
      device_at: happenedAt,
      received_at: NOW,
      payload: said.payload,
    })
  })
})

describe('facts from the desk', () => {
  test('are flagged, never refused: nobody expected, a session nobody knows, a clock that runs ahead', async () => {
    const sessionId = await town.publishSession({ heldOn: '2026-05-12' })
    const phone = town.device('volunteer')
    const ahead = '2026-05-12T05:30:00.000Z' as Instant
    const outcomes = await phone.push(
      phone.op('attendance.mark', mark(sessionId)),
      phone.op('attendance.mark', mark(town.newId())),
      phone.op('attendance.mark', mark(sessionId), ahead),
    )
    expect(outcomes.map((outcome) => (outcome.status === 'accepted' ? outcome.concern?.code : outcome.status))).toEqual(
      ['not_enrolled', 'not_enrolled', 'clock_ahead'],
    )
  })

  test('count once for two phones; an undo takes back only the marks it names, whatever arrives first', async () => {
    const sessionId = await town.publishSession({ heldOn: '2026-05-12' })
    const learnerId = town.newId<LearnerId>()
    const [one, other] = [town.device('volunteer'), town.device('volunteer')]
    const [mine, theirs] = [mark(sessionId, learnerId), mark(sessionId, learnerId)]
    await other.say('attendance.undo', { sessionId, learnerId, markIds: [mine.markId] })
    await one.say('attendance.mark', mine)
    expect(await countPresent(sessionId)).toBe(0)
    await other.say('attendance.mark', theirs)
    expect(await countPresent(sessionId)).toBe(1)
    const marks = (await one.pull()).flatMap((record) => (record.kind === 'mark' ? [record.body] : []))
    expect(marks).toContainEqual(expect.objectContaining({ markId: mine.markId, undone: true }))
    expect(marks).toContainEqual(expect.objectContaining({ markId: theirs.markId, undone: false }))
  })
})

describe('a pull', () => {
  test('brings each change once: the cursor never skips and never repeats', async () => {
    const phone = town.device('volunteer')
    const sessionId = await town.publishSession({ heldOn: '2026-05-12' })
    const { cursors } = await exchange(town.kit, phone.actor, { push: [], cursors: {} })
    await phone.push(phone.op('attendance.mark', mark(sessionId)))
    const news = await exchange(town.kit, phone.actor, { push: [], cursors })
    expect(news.changes.map((change) => change.kind)).toEqual(['mark'])
    const nothing = await exchange(town.kit, phone.actor, { push: [], cursors: news.cursors })
    expect(nothing.changes).toEqual([])
  })

  test('gives residents nothing but announced sessions and their own bookings, and phones no phone number', async () => {
    const sessionId = await town.publishSession({ heldOn: '2026-05-12' })
    const asked = town.request({ sessionId })
    const resident = town.device('resident')
    await resident.say('enrollment.request', asked)
    expect(new Set((await resident.pull()).map((record) => record.kind))).toEqual(new Set(['publicSession', 'booking']))
    const onPhone = JSON.stringify(await town.device('volunteer').pull())
    expect(onPhone).toContain(asked.nameKana)
    expect(onPhone).not.toContain(asked.phone)
  })

  test('gives a volunteer the lists of yesterday, today and tomorrow, and drops them afterwards', async () => {
    const wanted = await Promise.all(
      ['2026-05-11', '2026-05-12', '2026-05-13'].map((heldOn) => town.publishSession({ heldOn })),
    )
    const distant = await town.publishSession({ heldOn: '2026-05-14' })
    const { cursors } = await exchange(town.kit, town.device('volunteer').actor, { push: [], cursors: {} })
    for (const sessionId of wanted) expect(cursors).toHaveProperty(`session:${sessionId}`)
    expect(cursors).not.toHaveProperty(`session:${distant}`)
  })
})

describe('a session that ended more than two weeks ago', () => {
  test('leaves the phones of residents, and stays in the records of the city', async () => {
    const past = await town.publishSession({ heldOn: '2026-04-20' })
    const recent = await town.publishSession({ heldOn: '2026-05-01' })
    const resident = town.device('resident')
    const { cursors } = await exchange(town.kit, resident.actor, { push: [], cursors: {} })
    expect(await retireRecords(town.kit)).toBe(1)
    expect(await retireRecords(town.kit)).toBe(0)
    const news = await exchange(town.kit, resident.actor, { push: [], cursors })
    expect(news.changes).toContainEqual(expect.objectContaining({ kind: 'publicSession', id: past, body: null }))
    const held = (await resident.pull()).map((record) => record.id)
    expect(held).toContain(recent)
    expect(held).not.toContain(past)
    const rows = await town.kit.database.sql`
      select 1 from sessions where city = ${town.kit.city} and session_id = ${past}`
    expect(rows).toHaveLength(1)
  })
})
