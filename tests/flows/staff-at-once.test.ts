import { Hono } from 'hono'
import { beforeEach, describe, expect, test } from 'vitest'
import { instantOf } from '#kernel/time.ts'
import type { StaffId } from '#login/domain/identity.ts'
import { makeInvitation, readInvitation } from '#login/server/invitations.ts'
import { createWhoIs, openLogin } from '#login/server/logins.ts'
import { changeRole, disableStaff, enableStaff } from '#login/server/staff.ts'
import type { Database, Sql } from '#server/database.ts'
import { makeLogin, makeStaff } from '../make/staff.ts'
import { makeTown, type Town } from '../make/town.ts'

const NOW = instantOf(Date.parse('2026-05-01T00:00:00.000Z'))
let town: Town

beforeEach(async () => {
  town = await makeTown({ now: NOW })
  return () => town.close()
})

const change = (staffId: StaffId) => ({ city: town.kit.city, now: NOW, staffId })

/** Does `meanwhile` in another transaction once `isHere` says that this one is about to. */
function pausedAt(database: Database, isHere: (text: string) => boolean, meanwhile: () => void): Database {
  const pause =
    (sql: Sql): Sql =>
    async (text, ...values) => {
      if (isHere(text.join('?'))) {
        meanwhile()
        await new Promise((resolve) => setTimeout(resolve, 200)) // the other one gets as far as it can
      }
      return sql(text, ...values)
    }
  return { ...database, transaction: (work) => database.transaction((sql) => work(pause(sql))) }
}

async function roleOf(cookie: string): Promise<string> {
  const door = new Hono().get('/', async (c) => c.text((await createWhoIs(town.kit)(c)).role))
  return (await door.request('/', { headers: { Cookie: cookie } })).text()
}

test('whoever is kept out while they sign in again is kept out, and neither waits for the other', async () => {
  const { kit } = town
  await makeStaff(kit, 'admin')
  const staffId = await makeStaff(kit, 'organizer')
  const cookie = await makeLogin(kit, staffId, 'organizer')
  let disabled: ReturnType<typeof disableStaff> | undefined
  const database = pausedAt(
    kit.database,
    (text) => text.includes('insert into logins'),
    () => void (disabled = kit.database.transaction((sql) => disableStaff(sql, change(staffId)))),
  )
  const door = new Hono().get('/', async (c) => {
    await openLogin(c, { ...kit, database }, { staffId, role: 'organizer' })
    return c.body(null)
  })
  const entered = door.request('/', { headers: { Cookie: cookie } })
  const opened = await entered
  expect(opened.status).toBe(200)
  expect(await disabled).toEqual({ ok: true, value: null })
  const [theirs = ''] = (opened.headers.get('set-cookie') ?? '').split(';')
  expect(await roleOf(theirs)).toBe('resident')
  await kit.database.transaction((sql) => enableStaff(sql, change(staffId)))
  expect(await roleOf(theirs)).toBe('resident') // they sign in anew, as everybody who was out
})

describe('a link that somebody makes in the moment in which they may no longer', () => {
  const shown = (token: string) => ({ city: town.kit.city, now: NOW, token })
  const isGood = async (token: string) => (await readInvitation(town.kit.database.sql, shown(token))).ok
  const invite = (madeBy: StaffId) =>
    makeInvitation(town.kit.database.sql, { ...shown(''), purpose: 'join', name: '浜', role: 'admin', madeBy })

  test('is good for nobody, whether they were kept out or are 管理者 no more', async () => {
    const { database } = town.kit
    const [out, down, still] = [
      await makeStaff(town.kit, 'admin'),
      await makeStaff(town.kit, 'admin'),
      await makeStaff(town.kit, 'admin'),
    ]
    await database.transaction((sql) => disableStaff(sql, change(out)))
    await database.transaction((sql) => changeRole(sql, change(down), 'viewer'))
    expect(await isGood((await invite(out)).token)).toBe(false)
    expect(await isGood((await invite(down)).token)).toBe(false)
    expect(await isGood((await invite(still)).token)).toBe(true)
  })

  test('also when they agreed that a colleague is let in anew', async () => {
    const { kit } = town
    const [lost, asker, approver] = [
      await makeStaff(kit, 'viewer'),
      await makeStaff(kit, 'organizer'),
      await makeStaff(kit, 'admin'),
    ]
    await makeStaff(kit, 'admin')
    const recover = () =>
      makeInvitation(kit.database.sql, {
        ...shown(''),
        purpose: 'recover',
        staffId: lost,
        madeBy: asker,
        approvedBy: approver,
      })
    expect(await isGood((await recover()).token)).toBe(true)
    await kit.database.transaction((sql) => disableStaff(sql, change(approver)))
    expect(await isGood((await recover()).token)).toBe(false)
  })
})
