import { beforeAll, describe, expect, test } from 'vitest'
import type { MarkId } from '#attendance/domain/mark.ts'
import { readIndicators } from '#kpi/server/actuals.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import type { VenueId } from '#people/domain/venue.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { PROTOCOL } from '#sync/domain/limits.ts'
import type { SyncAnswer } from '#sync/domain/protocol.ts'
import { retireRecords } from '#sync/server/retire-records.ts'
import { syncRoute } from '#sync/server/sync-route.ts'
import { makeIdentity } from '../make/device.ts'
import { makeVenue } from '../make/payloads.ts'
import { makeIndicator } from '../make/plan.ts'
import { exchange } from '../make/server-kit.ts'
import { makeTown, type Town } from '../make/town.ts'

let town: Town
beforeAll(async () => {
  town = await makeTown({ now: '2026-05-12T04:30:00.000Z' })
  return () => town.close()
})

const mark = (sessionId: SessionId) => ({ markId: town.newId<MarkId>(), sessionId, learnerId: town.newId<LearnerId>() })

describe('what a device gets wrong about one operation never blocks the ones beside it', () => {
  test.each([
    ['a day that no calendar has', { at: '2026-02-30T04:30:00.000Z' }],
    ['a year before the first', { at: '0000-05-12T04:30:00.000Z' }],
    ['an hour that no clock shows', { at: '2026-05-12T24:00:00.000Z' }],
    ['a number beyond counting', { seq: 3_000_000_000 }],
  ])('%s', async (_what, wrong) => {
    const sessionId = await town.publishSession({ heldOn: '2026-05-12' })
    const phone = town.device('volunteer')
    const [bad, good] = [phone.op('attendance.mark', mark(sessionId)), phone.op('attendance.mark', mark(sessionId))]
    const outcomes = await phone.ask({ ...bad, ...wrong }, good)
    expect(outcomes).toContainEqual({ id: bad.id, status: 'held', reason: 'unreadable' })
    expect(outcomes).toContainEqual(expect.objectContaining({ id: good.id, status: 'accepted' }))
  })

  test('a line of the plan whose place no list has is held, and the plan stays readable', async () => {
    const office = town.device('organizer')
    const said = office.op('plan.setIndicator', { ...makeIndicator('facilities'), sort: 3_000_000_000 })
    expect(await office.ask(said)).toEqual([{ id: said.id, status: 'held', reason: 'unreadable' }])
    expect(await readIndicators(town.kit.database.sql, town.kit.city)).toEqual([])
  })

  test('a session whose record is broken holds what is said about it, and nothing else', async () => {
    const { sql } = town.kit.database
    const [broken, whole] = [await town.publishSession({}), await town.publishSession({})]
    await sql`update sessions set venue_id = null where city = ${town.kit.city} and session_id = ${broken}`
    const office = town.device('organizer')
    const [bad, good] = [
      office.op('enrollment.request', town.request({ sessionId: broken })),
      office.op('enrollment.request', town.request({ sessionId: whole })),
    ]
    const outcomes = await office.ask(bad, good)
    expect(outcomes).toContainEqual({ id: bad.id, status: 'held', reason: 'fault' })
    expect(outcomes).toContainEqual(expect.objectContaining({ id: good.id, status: 'accepted' }))
    expect(await town.states(broken)).toEqual([])
    expect(await town.states(whole)).toEqual(['enrolled'])
  })
})

describe('a request with numbers that no device of ours sends', () => {
  const device = { id: '019c0000-0000-7000-8000-000000000001', secret: 'a'.repeat(64), unsentCount: 0 }
  test.each([
    ['more unsent than can be', { device: { ...device, unsentCount: 3_000_000_000 } }],
    ['a cursor beyond counting', { cursors: { public: 1e300 } }],
  ])('is refused, not failed at: %s', async (_what, wrong) => {
    const route = syncRoute({ ...town.kit, whoIs: async () => makeIdentity('volunteer') })
    const body = JSON.stringify({ protocol: PROTOCOL, device, push: [], cursors: {}, ...wrong })
    const answer = await route.request('/api/sync', { method: 'POST', body })
    expect([answer.status, await answer.json()]).toEqual([400, { code: 'unreadable_request' }])
  })

  test('a newer product is told so, whatever else it sends', async () => {
    const body = JSON.stringify({ protocol: PROTOCOL + 1, device, push: [], cursors: {}, more: 'things' })
    const answer = await syncRoute(town.kit).request('/api/sync', { method: 'POST', body })
    expect([answer.status, await answer.json()]).toEqual([409, { code: 'protocol_too_new' }])
  })
})

describe('after a backup was put back', () => {
  test('a device that is ahead of the server drops what it holds and fetches it anew', async () => {
    const sessionId = await town.publishSession({ heldOn: '2026-05-12' })
    const phone = town.device('volunteer')
    const route = syncRoute({ ...town.kit, whoIs: async () => makeIdentity('volunteer') })
    const ask = async (cursors: object): Promise<SyncAnswer> => {
      const device = { id: phone.actor.deviceId, secret: 'b'.repeat(64), unsentCount: 0 }
      const body = JSON.stringify({ protocol: PROTOCOL, device, push: [], cursors })
      return (await (await route.request('/api/sync', { method: 'POST', body })).json()) as SyncAnswer
    }
    const { cursors } = await ask({})
    const ahead = { ...cursors, public: 1_000_000, [`session:${sessionId}`]: 1_000_000 }
    const dropped = await ask(ahead)
    expect(Object.keys(dropped.cursors)).not.toContain('public')
    expect(Object.keys(dropped.cursors)).not.toContain(`session:${sessionId}`)
    expect(dropped.more).toBe(true)
    const anew = await ask(dropped.cursors)
    expect(anew.changes).toContainEqual(expect.objectContaining({ bucket: 'public', id: sessionId }))
    expect(anew.cursors['public']).toBe(cursors['public'])
    expect(anew.more).toBe(false)
  })
})

describe('an operation that was answered', () => {
  test('gets the same answer also when the device has lost its role since', async () => {
    const sessionId = await town.publishSession({ heldOn: '2026-05-12' })
    const phone = town.device('volunteer')
    const said = phone.op('attendance.mark', mark(sessionId))
    const first = await phone.push(said)
    const actor = { ...phone.actor, role: 'resident' as const }
    const unheard = phone.op('attendance.mark', mark(sessionId))
    const { outcomes } = await exchange(town.kit, actor, { push: [said, unheard], cursors: {} })
    expect(outcomes).toContainEqual(first[0])
    expect(outcomes).toContainEqual({ id: unheard.id, status: 'held', reason: 'not_permitted' })
  })
})

describe('saving a session without having changed anything', () => {
  test('is accepted, and the next change is not taken for an old one', async () => {
    const sessionId = await town.createSession({})
    const office = town.device('organizer')
    const held = async () => {
      const record = (await office.pull()).find((one) => one.kind === 'session' && one.id === sessionId)
      if (record?.kind !== 'session' || record.body === null) throw new Error('The office holds no such session')
      const { sessionId: _id, state: _state, source: _source, cancelReason: _reason, ...fields } = record.body
      return { fields, basedOn: record.version }
    }
    const seen = await held()
    await office.push(office.op('session.edit', { sessionId, ...seen }))
    const { fields, basedOn } = await held()
    const changed = { ...fields, title: 'スマホ写真教室' }
    await office.push(office.op('session.edit', { sessionId, fields: changed, basedOn }))
    expect((await held()).fields.title).toBe('スマホ写真教室')
    const [late] = await office.ask(office.op('session.edit', { sessionId, fields, basedOn }))
    expect(late).toMatchObject({ status: 'refused', refusal: { code: 'changed_meanwhile' } })
  })
})

describe('a venue that is corrected', () => {
  test('leaves alone what was held there long ago', async () => {
    const past = await town.publishSession({ heldOn: '2026-04-01' })
    const upcoming = await town.publishSession({ heldOn: '2026-05-20' })
    const [row] = await town.kit.database.sql<{ venue_id: VenueId }>`
      select venue_id from sessions where city = ${town.kit.city} and session_id = ${past}`
    if (row === undefined) throw new Error('The session has no venue')
    const venueId = row.venue_id
    await town.editSession(upcoming, { venueId })
    await retireRecords(town.kit)
    await town.device('organizer').say('venue.save', makeVenue({ venueId, name: '新しい公民館' }))
    const held = (await town.device('resident').pull()).map((record) => record.id)
    expect(held).toContain(upcoming)
    expect(held).not.toContain(past)
  })
})

describe('a mark that is said twice with different words', () => {
  test('stands on every phone as it stands in the books', async () => {
    const sessionId = await town.publishSession({ heldOn: '2026-05-12' })
    const phone = town.device('volunteer')
    const first = mark(sessionId)
    await phone.say('attendance.mark', first)
    await phone.say('attendance.mark', { ...mark(sessionId), markId: first.markId })
    const held = (await phone.pull()).flatMap((record) => (record.kind === 'mark' ? [record.body] : []))
    const shown = held.filter((body) => body?.markId === first.markId)
    expect(shown).toEqual([expect.objectContaining({ learnerId: first.learnerId })])
  })
})
