import type { Hono } from 'hono'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Instant, plusMinutes } from '#kernel/time.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import type { ServerKit } from '#server/kit.ts'
import { makeCode, makeHttpPhone, pairPhone, saveInstructor } from '../make/pairing.ts'
import { makeMark, makeWalkIn } from '../make/payloads.ts'
import { answerOf, makePhoneTown, type PhoneTown } from '../make/phone-town.ts'

const START = '2026-05-12T04:30:00.000Z' as Instant
const UNKNOWN = [404, { code: 'pairing_code_unknown' }]
let phones: PhoneTown
let kit: ServerKit
let server: Hono
let naomi: InstructorId
let ken: InstructorId
beforeAll(async () => {
  phones = await makePhoneTown({ start: START })
  ;({ kit, naomi, ken } = phones)
  return () => phones.town.close()
})
beforeEach(() => {
  server = phones.begin()
})

describe('what a paired phone holds', () => {
  test('the lists of its own sessions from the day before to the day after, and no other', async () => {
    const [own, other] = [await phones.publishClass([naomi]), await phones.publishClass([ken])]
    const phone = makeHttpPhone(server.request)
    await pairPhone(kit, phone.device, naomi)
    await phone.sync()
    expect(phone.held()).toContain(`session:${own}`)
    expect(phone.held()).not.toContain(`session:${other}`)
    expect(phone.held()).not.toContain('office')
    await phones.town.editSession(own, { teachers: [{ instructorId: ken, role: 'instructor' }] })
    await phones.town.editSession(other, { teachers: [{ instructorId: naomi, role: 'assistant' }] })
    await phone.sync()
    expect(phone.held()).toContain(`session:${other}`)
    expect(phone.held()).not.toContain(`session:${own}`)
    phones.later(3 * 24 * 60)
    await phone.sync()
    expect(phone.held().filter((bucket) => bucket.startsWith('session:'))).toEqual([])
  })

  test('at most 100 people, the nearest session first, and that one however long its list is', async () => {
    const helper = await saveInstructor(kit)
    const evening = await phones.publishClass([helper], 60, '18:00')
    const afternoon = await phones.publishClass([helper], 50, '15:00')
    const soon = await phones.publishClass([helper], 40, '14:00')
    const phone = makeHttpPhone(server.request)
    await pairPhone(kit, phone.device, helper)
    const lists = async () => (
      await phone.sync(),
      phone
        .held()
        .filter((bucket) => bucket.startsWith('session:'))
        .sort()
    )
    expect(await lists()).toEqual([`session:${soon}`, `session:${afternoon}`].sort())
    phones.later(4 * 60) // 17:30
    expect(await lists()).toEqual([`session:${evening}`])
    phones.later(0)
    const large = await saveInstructor(kit)
    const whole = await phones.publishClass([large], 120, '14:00')
    await phones.publishClass([large], 1, '16:00')
    const other = makeHttpPhone(server.request)
    await pairPhone(kit, other.device, large)
    await other.sync()
    expect(other.held().filter((bucket) => bucket.startsWith('session:'))).toEqual([`session:${whole}`])
  })

  test('names, kana, numbers and states: no telephone number and no address is anywhere in what it is sent', async () => {
    const sessionId = await phones.publishClass([naomi], 5)
    const people = await kit.database.sql<{
      phone: string
    }>`select phone from learners where city = ${kit.city} and phone is not null`
    expect(people.length).toBeGreaterThan(5)
    const phone = makeHttpPhone(server.request)
    await pairPhone(kit, phone.device, naomi)
    const answer = await phone.sync()
    const text = JSON.stringify(answer)
    for (const { phone: number } of people) expect(text).not.toContain(number)
    const entries = answer.changes.filter(
      (change) => change.kind === 'rosterEntry' && change.bucket === `session:${sessionId}`,
    )
    expect(entries).toHaveLength(5)
    for (const { body } of entries) {
      expect(Object.keys(body ?? {}).sort()).toEqual(['learnerId', 'name', 'nameKana', 'receiptNumber', 'state'])
    }
  })
})

describe('a phone that is lost', () => {
  test('is given nothing more, hands in what happened, is flagged, and then says nothing any more', async () => {
    const sessionId = await phones.publishClass([naomi])
    const phone = makeHttpPhone(server.request)
    await pairPhone(kit, phone.device, naomi)
    await phone.sync()
    const [mark, walkIn, undone] = [makeMark({ sessionId }), makeWalkIn({ sessionId }), makeMark({ sessionId })]
    const marked = phone.op('attendance.mark', mark)
    const decision = phone.op('session.publish', { sessionId })
    phones.later(5)
    await phones.endPairing(server, phone.device.id)
    phones.later(6)

    const first = await phone.sync([marked, decision], 2) // two more wait for the next round trip
    expect(first.holder).toEqual({ role: 'resident', name: null, paired: false })
    expect(phone.held().filter((bucket) => bucket.startsWith('session:') || bucket === 'hall')).toEqual([])
    expect(first.outcomes).toEqual(
      expect.arrayContaining([
        { id: marked.id, status: 'accepted', value: null, concern: { code: 'phone_revoked' } },
        { id: decision.id, status: 'held', reason: 'not_permitted' },
      ]),
    )
    expect(await phones.pairingsOf(phone.device.id)).toEqual([{ whose: naomi, reason: 'lost', wiped: false }])

    const second = await phone.sync([phone.op('attendance.walkIn', walkIn), phone.op('attendance.mark', undone)])
    expect(second.outcomes.map((outcome) => outcome.status)).toEqual(['accepted', 'accepted'])
    expect(await phones.pairingsOf(phone.device.id)).toEqual([{ whose: naomi, reason: 'lost', wiped: true }])
    expect(await phones.auditOf(phone.device.id)).toEqual(['pairing.done', 'pairing.ended lost', 'pairing.wiped'])

    const third = await phone.sync([phone.op('attendance.mark', makeMark({ sessionId }))])
    expect(third.outcomes).toEqual([expect.objectContaining({ status: 'held', reason: 'not_permitted' })])
    const [again] = (await phone.sync([marked])).outcomes
    expect(again).toMatchObject({ status: 'accepted' }) // what was answered keeps its answer
    const kept = await kit.database.sql<{ concern: unknown }>`
      select concern from attendance_marks where city = ${kit.city} and device_id = ${phone.device.id}`
    expect(kept).toEqual(Array.from({ length: 3 }, () => ({ concern: { code: 'phone_revoked' } })))
  })

  test('with nothing unsent is done with at its first contact', async () => {
    const phone = makeHttpPhone(server.request)
    await pairPhone(kit, phone.device, naomi)
    await phone.sync()
    await phones.endPairing(server, phone.device.id, 'left')
    expect(await phones.pairingsOf(phone.device.id)).toEqual([{ whose: naomi, reason: 'left', wiped: false }])
    expect((await phone.sync()).holder.paired).toBe(false)
    expect(await phones.pairingsOf(phone.device.id)).toEqual([{ whose: naomi, reason: 'left', wiped: true }])
  })

  test('takes with it no code that was made for its owner before', async () => {
    const phone = makeHttpPhone(server.request)
    await pairPhone(kit, phone.device, naomi)
    const { token } = await makeCode(kit, naomi, 'printed')
    await phones.endPairing(server, phone.device.id)
    expect(await answerOf(makeHttpPhone(server.request).pair({ token }))).toEqual(UNKNOWN)
  })

  test('is told about in one screen: the lists it held when it went, and the people on them', async () => {
    const helper = await saveInstructor(kit, { name: '迫田 恵', nameKana: 'さこだ めぐみ' })
    const sessionId = await phones.publishClass([helper], 4)
    const phone = makeHttpPhone(server.request)
    await pairPhone(kit, phone.device, helper)
    await phone.sync()
    await phone.sync(
      [phone.op('attendance.walkIn', makeWalkIn({ sessionId, name: '有馬 トメ', nameKana: 'ありま とめ' }))],
      2,
    )
    phones.later(2 * 24 * 60)
    const pairingId = await phones.endPairing(server, phone.device.id)
    const answer = await server.request(`/api/admin/phones/${pairingId}/held`)
    const held = await answer.json()
    expect(held).toMatchObject({
      name: '迫田 恵',
      pairedAt: START,
      endedAt: plusMinutes(START, 2 * 24 * 60),
      reason: 'lost',
      wipedAt: null,
      lastContactAt: START,
      unsentCount: 2,
      peopleCount: 5,
    })
    expect(held.lists).toHaveLength(1)
    expect(held.lists[0].people[0]).toEqual({ name: '有馬 トメ', nameKana: 'ありま とめ' })
    const [line] = await kit.database.sql`
      select action, object, count from audit_log where city = ${kit.city} order by seq desc limit 1`
    expect(line).toEqual({ action: 'people.viewed', object: `device:${phone.device.id}`, count: 5 })
  })
})

describe('a tablet that two people use one after another', () => {
  test('keeps what the first one did, and holds only the lists of the second', async () => {
    const [morning, afternoon] = [await phones.publishClass([naomi]), await phones.publishClass([ken])]
    const tablet = makeHttpPhone(server.request)
    await pairPhone(kit, tablet.device, naomi)
    await tablet.sync()
    await tablet.sync([tablet.op('attendance.mark', makeMark({ sessionId: morning }))])
    expect(await answerOf(tablet.leave())).toEqual([200, { ended: true }])
    expect(await answerOf(tablet.leave())).toEqual([200, { ended: false }])
    await pairPhone(kit, tablet.device, ken)
    await tablet.sync()
    expect(tablet.held()).toContain(`session:${afternoon}`)
    expect(tablet.held()).not.toContain(`session:${morning}`)
    expect(await phones.pairingsOf(tablet.device.id)).toEqual([
      { whose: naomi, reason: 'signedOut', wiped: true },
      { whose: ken, reason: null, wiped: false },
    ])
  })

  test('that was handed on without a word takes what still waited on it, for it happened', async () => {
    const sessionId = await phones.publishClass([naomi])
    const tablet = makeHttpPhone(server.request)
    await pairPhone(kit, tablet.device, naomi)
    await tablet.sync()
    const waiting = tablet.op('attendance.mark', makeMark({ sessionId }))
    await pairPhone(kit, tablet.device, ken)
    expect((await tablet.sync([waiting])).outcomes).toMatchObject([{ status: 'accepted' }])
    expect(await phones.auditOf(tablet.device.id)).toEqual([
      'pairing.done',
      'pairing.ended changed',
      'pairing.done',
      'pairing.wiped',
    ])
  })

  test('paired once more with the same person stays that person’s', async () => {
    const tablet = makeHttpPhone(server.request)
    await pairPhone(kit, tablet.device, naomi)
    await pairPhone(kit, tablet.device, naomi)
    expect(await phones.pairingsOf(tablet.device.id)).toEqual([{ whose: naomi, reason: null, wiped: false }])
  })

  test('facts of a session that is no longer theirs are taken all the same', async () => {
    const other = await phones.publishClass([ken])
    const phone = makeHttpPhone(server.request)
    await pairPhone(kit, phone.device, naomi)
    expect((await phone.sync([phone.op('attendance.mark', makeMark({ sessionId: other }))])).outcomes).toMatchObject([
      { status: 'accepted' },
    ])
  })
})
