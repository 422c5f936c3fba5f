import { beforeEach, describe, expect, test } from 'vitest'
import { instantOf, type Instant } from '#kernel/time.ts'
import type { StaffId } from '#login/domain/identity.ts'
import type { StaffRole } from '#login/domain/roles.ts'
import type { LinkAnswer, RecoveryAnswer } from '#login/domain/staff.ts'
import { readInvitation, takeInvitation } from '#login/server/invitations.ts'
import { endAllWaysIn } from '#login/server/end-all-ways-in.ts'
import type { ServerKit } from '#server/kit.ts'
import { type App, createApp } from '../../src/main.server.ts'
import { ensureBuilt } from '../make/built-product.ts'
import { CITY } from '../make/city.ts'
import { makeStaff } from '../make/staff.ts'
import { auditActions, makePerson, type Person, said } from '../make/staff-person.ts'
import { makeTown, type Town } from '../make/town.ts'

const START = Date.parse('2026-05-01T00:00:00.000Z')
const HOUR_MS = 60 * 60_000
let town: Town
let kit: ServerKit
let app: App
let now = START

beforeEach(async () => {
  await ensureBuilt()
  now = START
  town = await makeTown({ now: instantOf(START) })
  kit = { ...town.kit, now: () => instantOf(now) }
  app = await createApp(kit, { city: CITY, links: null, origin: () => 'http://localhost' })
  return async () => {
    await app.stop()
    await town.close()
  }
})

const signedIn = (role: StaffRole, name?: string): Promise<Person> => makePerson(app, kit, role, name)
const tokenOf = ({ path }: LinkAnswer): string => path.split('#')[1] ?? ''

describe('a colleague who lost every way in', () => {
  const REASON = 'seen_at_desk'
  const ask = (by: Person, staffId: StaffId) => by.post('/api/admin/recovery', { staffId, reason: REASON })
  const list = async (by: Person) => (await (await by.get('/api/admin/recovery')).json()) as RecoveryAnswer
  async function asked(by: Person, staffId: StaffId): Promise<string> {
    expect((await ask(by, staffId)).status).toBe(204)
    return (await list(by)).waiting[0]?.recoveryId ?? ''
  }
  const approve = (by: Person, recoveryId: string) => by.post(`/api/admin/recovery/${recoveryId}/approve`)

  test('gets a link for one use and one hour once one has asked and another 管理者 has agreed', async () => {
    const [organizer, admin] = [await signedIn('organizer'), await signedIn('admin')]
    const lost = await makeStaff(kit, 'admin')
    const recoveryId = await asked(organizer, lost)
    const answer = await approve(admin, recoveryId)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
    const link = (await answer.json()) as LinkAnswer
    expect(link.expiresAt).toBe(instantOf(START + HOUR_MS))
    const shown = (at: number) => ({ city: kit.city, now: instantOf(at), token: tokenOf(link) })
    expect((await readInvitation(kit.database.sql, shown(START + HOUR_MS))).ok).toBe(false)
    expect(await takeInvitation(kit.database.sql, shown(START))).toMatchObject({
      value: { purpose: 'recover', staffId: lost, madeBy: organizer.staffId, approvedBy: admin.staffId },
    })
    expect((await approve(admin, recoveryId)).status).toBe(404)
    expect(await auditActions(kit)).toEqual([
      `staff.recoveryAsked staff:${lost} ${REASON}`,
      `staff.recoveryApproved staff:${lost} ${REASON}`,
    ])
  })

  test('is not let in by one alone, by an organizer’s yes, by their own yes, or for themselves', async () => {
    const [one, two, lost] = [await signedIn('admin'), await signedIn('organizer'), await signedIn('admin')]
    const viewer = await signedIn('viewer')
    expect((await ask(viewer, lost.staffId)).status).toBe(403)
    expect(await said(await ask(lost, lost.staffId))).toEqual([409, { code: 'own_recovery' }])
    const recoveryId = await asked(one, lost.staffId)
    expect(await said(await approve(one, recoveryId))).toEqual([409, { code: 'asked_by_yourself' }])
    expect(await said(await approve(lost, recoveryId))).toEqual([409, { code: 'own_recovery' }])
    expect((await approve(two, recoveryId)).status).toBe(403)
    expect((await approve(viewer, recoveryId)).status).toBe(403)
    const reasons = await Promise.all(
      [one, two, lost].map(async (person) => (await list(person)).waiting.map(({ refusal }) => refusal)),
    )
    expect(reasons).toEqual([['asked_by_yourself'], ['not_an_admin'], ['own_recovery']])
    const [links] = await kit.database.sql<{ count: number }>`
      select count(*)::int as count from invitations where city = ${kit.city}`
    expect(links?.count).toBe(0)
  })

  test('is asked for once at a time, for a day, and never for somebody who is kept out', async () => {
    const [one, two] = [await signedIn('admin'), await signedIn('admin')]
    const lost = await makeStaff(kit, 'viewer')
    const first = await asked(one, lost)
    expect(await said(await ask(two, lost))).toEqual([409, { code: 'recovery_waiting' }])
    expect((await two.post(`/api/admin/recovery/${first}/withdraw`)).status).toBe(204)
    expect(await said(await approve(two, first))).toEqual([404, { code: 'recovery_unknown' }])
    const late = await asked(one, lost)
    now += 24 * HOUR_MS
    const [three, four] = [await signedIn('admin'), await signedIn('admin')] // everybody was signed out overnight
    expect(await said(await approve(three, late))).toEqual([404, { code: 'recovery_unknown' }])
    const again = await asked(three, lost)
    await four.post(`/api/admin/staff/${lost}/disable`, { reason: 'left' })
    expect(await said(await approve(four, again))).toEqual([404, { code: 'recovery_unknown' }])
    expect(await said(await ask(three, lost))).toEqual([409, { code: 'staff_disabled' }])
  })

  test('a request of somebody who was kept out since is void, and a second link voids the first', async () => {
    const [one, two, three] = [await signedIn('admin'), await signedIn('admin'), await signedIn('admin')]
    const lost = await makeStaff(kit, 'viewer')
    const bad = await asked(one, lost)
    await two.post(`/api/admin/staff/${one.staffId}/disable`, { reason: 'misuse' })
    expect((await approve(three, bad)).status).toBe(404)
    const first = (await (await approve(three, await asked(two, lost))).json()) as LinkAnswer
    const second = (await (await approve(three, await asked(two, lost))).json()) as LinkAnswer
    const isGood = async (link: LinkAnswer) =>
      (await readInvitation(kit.database.sql, { city: kit.city, now: kit.now(), token: tokenOf(link) })).ok
    expect([await isGood(first), await isGood(second)]).toEqual([false, true])
  })

  test('loses everything they came in by before: passkeys, sheet, links and open browsers', async () => {
    const lost = await signedIn('organizer')
    const { sql } = kit.database
    await sql`
      insert into passkeys (city, credential_id, staff_id, public_key, sign_count, label, created_at)
      values (${kit.city}, 'old', ${lost.staffId}, ${Buffer.from([1])}, 0, 'old', ${kit.now()})`
    await sql`
      insert into second_ways (city, second_way_id, staff_id, staff_number, secret, made_at, confirmed_at)
      values (${kit.city}, ${town.newId()}, ${lost.staffId}, '123456', ${Buffer.from([1])}, ${kit.now()}, ${kit.now()})`
    expect((await lost.get('/api/admin/recovery')).status).toBe(200)
    const at: Instant = kit.now()
    await kit.database.transaction((inside) => endAllWaysIn(inside, { city: kit.city, staffId: lost.staffId, now: at }))
    expect((await lost.get('/api/admin/recovery')).status).toBe(403)
    const [left] = await sql<{ keys: number; sheets: number; logins: number }>`
      select (select count(*)::int from passkeys where city = ${kit.city} and removed_at is null) as keys,
             (select count(*)::int from second_ways where city = ${kit.city} and removed_at is null) as sheets,
             (select count(*)::int from logins where city = ${kit.city} and ended_at is null) as logins`
    expect(left).toEqual({ keys: 0, sheets: 0, logins: 0 })
  })
})
