import { beforeEach, describe, expect, test } from 'vitest'
import { instantOf } from '#kernel/time.ts'
import type { StaffRole } from '#login/domain/roles.ts'
import type { LinkAnswer, StaffAnswer } from '#login/domain/staff.ts'
import { readInvitation, takeInvitation } from '#login/server/invitations.ts'
import type { ServerKit } from '#server/kit.ts'
import { type App, createApp } from '../../src/main.server.ts'
import { ensureBuilt } from '../make/built-product.ts'
import { CITY } from '../make/city.ts'
import { makeInstructor } from '../make/payloads.ts'
import { makeSheetHolder } from '../make/second-way.ts'
import { makeLogin } from '../make/staff.ts'
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

describe('管理者', () => {
  test('sees who works here, with role, last sign-in and ways in, and nobody else does', async () => {
    const admin = await signedIn('admin', '岸 みなと')
    now += 1
    const holder = await makeSheetHolder(kit, { name: '沖 はるか' })
    const { staff, self } = (await (await admin.get('/api/admin/staff')).json()) as StaffAnswer
    expect(self).toBe(admin.staffId)
    expect(staff).toMatchObject([
      { name: '岸 みなと', role: 'admin', lastSignInAt: instantOf(START), passkeyCount: 0, secondWay: 'none' },
      { staffId: holder.staffId, role: 'organizer', lastSignInAt: null, secondWay: 'ready', disabledAt: null },
    ])
    for (const role of ['viewer', 'organizer'] as const) {
      expect((await (await signedIn(role)).get('/api/admin/staff')).status).toBe(403)
    }
  })

  test('invites by a link that is good for three days and for one use', async () => {
    const admin = await signedIn('admin')
    const answer = await admin.post('/api/admin/staff/invite', { name: ' 浜 ひなた ', role: 'viewer' })
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const link = (await answer.json()) as LinkAnswer
    expect(link.expiresAt).toBe(instantOf(START + 72 * HOUR_MS))
    const shown = { city: kit.city, now: instantOf(START), token: tokenOf(link) }
    expect(await takeInvitation(kit.database.sql, shown)).toMatchObject({
      ok: true,
      value: { purpose: 'join', name: '浜 ひなた', role: 'viewer', madeBy: admin.staffId },
    })
    expect((await takeInvitation(kit.database.sql, shown)).ok).toBe(false)
    expect(await auditActions(kit)).toEqual(['staff.invited viewer'])
  })

  test('what cannot be read is refused and changes nothing', async () => {
    const admin = await signedIn('admin')
    const bodies = [
      { name: '', role: 'viewer' },
      { name: '浜', role: 'resident' },
      { name: '浜', role: 'viewer', more: 1 },
      [],
    ]
    for (const body of bodies)
      expect(await said(await admin.post('/api/admin/staff/invite', body))).toEqual([
        400,
        { code: 'unreadable_request' },
      ])
    const path = `/api/admin/staff/${admin.staffId}/role`
    expect((await admin.post(path, { role: 'viewer', reason: '気分' })).status).toBe(400)
    const unknown = `/api/admin/staff/${town.newId()}/disable`
    expect(await said(await admin.post(unknown, { reason: 'left' }))).toEqual([404, { code: 'staff_unknown' }])
    expect(await auditActions(kit)).toEqual([])
  })

  test('changes a role: from the next request on it is the one that counts', async () => {
    const [admin, other] = [await signedIn('admin'), await signedIn('viewer')]
    const path = `/api/admin/staff/${other.staffId}/role`
    expect((await other.get('/api/admin/recovery')).status).toBe(403)
    expect((await admin.post(path, { role: 'organizer', reason: 'duty_changed' })).status).toBe(204)
    expect((await other.get('/api/admin/recovery')).status).toBe(200)
    expect(await auditActions(kit)).toEqual([`staff.roleChanged staff:${other.staffId} organizer duty_changed`])
  })

  test('keeps somebody out: every browser is out at the next request, open links are void, and it can be taken back', async () => {
    const [admin, other] = [await signedIn('admin'), await signedIn('admin')]
    const second = await makeLogin(kit, other.staffId, 'admin', 'other browser')
    const invited = (await (
      await other.post('/api/admin/staff/invite', { name: '浜 ひなた', role: 'admin' })
    ).json()) as LinkAnswer
    const done = await admin.post(`/api/admin/staff/${other.staffId}/disable`, { reason: 'left' })
    const disabledAt = performance.now()
    expect((await other.get('/api/admin/staff')).status).toBe(403)
    expect(performance.now() - disabledAt).toBeLessThan(1000)
    expect(done.status).toBe(204)
    const again = await app.fetch(new Request('http://localhost/api/admin/staff', { headers: { Cookie: second } }))
    expect(again.status).toBe(403)
    const shown = { city: kit.city, now: instantOf(START), token: tokenOf(invited) }
    expect((await readInvitation(kit.database.sql, shown)).ok).toBe(false)
    expect((await admin.post(`/api/admin/staff/${other.staffId}/enable`)).status).toBe(204)
    expect((await other.get('/api/admin/staff')).status).toBe(403) // the ended logins stay ended
    const cookie = await makeLogin(kit, other.staffId, 'admin')
    const back = await app.fetch(new Request('http://localhost/api/admin/staff', { headers: { Cookie: cookie } }))
    expect(back.status).toBe(200)
  })

  test('links a colleague with the 講師・補助員 they also are, and nobody with one who is somebody else', async () => {
    const [admin, other] = [await signedIn('admin'), await signedIn('viewer')]
    const office = town.device('organizer')
    const instructor = makeInstructor()
    await office.push(office.op('instructor.save', instructor))
    const link = (of: Person, instructorId: string | null) =>
      admin.post(`/api/admin/staff/${of.staffId}/instructor`, { instructorId })
    expect((await link(other, instructor.instructorId)).status).toBe(204)
    expect(await said(await link(admin, instructor.instructorId))).toEqual([409, { code: 'instructor_taken' }])
    expect(await said(await link(admin, town.newId()))).toEqual([404, { code: 'instructor_unknown' }])
    expect((await link(other, null)).status).toBe(204)
    expect((await link(admin, instructor.instructorId)).status).toBe(204)
  })
})

describe('the last 管理者', () => {
  test('is neither kept out nor given another role, by nobody', async () => {
    const admin = await signedIn('admin')
    await signedIn('organizer')
    const path = `/api/admin/staff/${admin.staffId}`
    const refused = [409, { code: 'last_admin' }]
    expect(await said(await admin.post(`${path}/disable`, { reason: 'left' }))).toEqual(refused)
    expect(await said(await admin.post(`${path}/role`, { role: 'viewer', reason: 'mistake' }))).toEqual(refused)
    const second = await signedIn('admin')
    await second.post(`/api/admin/staff/${second.staffId}/disable`, { reason: 'moved' })
    expect(await said(await admin.post(`${path}/disable`, { reason: 'left' }))).toEqual(refused)
  })

  test('is left even when two keep each other out at the same moment', async () => {
    const [one, two] = [await signedIn('admin'), await signedIn('admin')]
    const answers = await Promise.all([
      one.post(`/api/admin/staff/${two.staffId}/disable`, { reason: 'misuse' }),
      two.post(`/api/admin/staff/${one.staffId}/disable`, { reason: 'misuse' }),
    ])
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
    const [left] = await kit.database.sql<{ count: number }>`
      select count(*)::int as count from staff where city = ${kit.city} and role = 'admin' and disabled_at is null`
    expect(left?.count).toBe(1)
  })
})
