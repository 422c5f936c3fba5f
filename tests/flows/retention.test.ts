import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FiscalYear } from '#kernel/fiscal-year.ts'
import type { Instant } from '#kernel/time.ts'
import { readActuals } from '#kpi/server/actuals.ts'
import { readRows } from '#kpi/server/actual-rows.ts'
import { LOGIN_RETENTION } from '#login/server/login-retention.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import { PEOPLE_RETENTION } from '#people/server/people-retention.ts'
import { applyRetention, readRetention } from '#people/server/retention.ts'
import { DEVICE_RETENTION } from '#sync/server/device-retention.ts'
import { inCityTurn } from '#sync/server/in-city-turn.ts'
import { CANARY, canaryTraces, tracesIn } from '../make/canary.ts'
import { dumpDatabase } from '../make/dump.ts'
import { makeCertification, makeCorrection, makeEnrollment, makeMark, makeWalkIn } from '../make/payloads.ts'
import { makePlan } from '../make/plan.ts'
import { makeTestDevice } from '../make/server-kit.ts'
import { makeTown, type Town } from '../make/town.ts'

const NOW = '2026-05-12T04:30:00.000Z'
const PARTS = [...PEOPLE_RETENTION, ...DEVICE_RETENTION, ...LOGIN_RETENTION]

let town: Town
beforeEach(async () => {
  town = await makeTown({ now: NOW })
})
afterEach(() => town.close())

/** The same town on another day. */
const kitAt = (now: string) => ({ ...town.kit, now: () => now as Instant })
const keep = (now: string) => applyRetention(kitAt(now), { parts: PARTS, inCityTurn })
const dump = () => dumpDatabase(town.kit.database)
const LAST_DAY = '2028-03-31T14:59:59.000Z' // in Japan, one second before April 1
const FIRST_DAY_AFTER = '2028-03-31T15:00:00.000Z'

describe('what is known of somebody who came in 令和8年度', () => {
  test('stays for a year after its end, and is gone on the first day after that', async () => {
    await comeOnce()
    await keep('2027-05-12T04:30:00.000Z')
    await keep(LAST_DAY)
    expect(tracesIn(await dump())).not.toEqual([])
    await keep(FIRST_DAY_AFTER)
    expect(tracesIn(await dump())).toEqual([])
  })

  test('leaves every number of every year as it was, one, three and five years later', async () => {
    await comeOnce()
    await beCertified()
    const before = await readTotals()
    expect(before.filter((row) => row.includes('"rows":1'))).not.toEqual([])
    for (const now of ['2027-05-12T04:30:00.000Z', '2029-05-12T04:30:00.000Z', '2032-05-12T04:30:00.000Z']) {
      await keep(now)
      expect(await readTotals()).toEqual(before)
    }
    const [row] = await town.kit.database.sql<{ held: number }>`
      select count(*)::int as held from learners where city = ${town.kit.city} and erased_at is null`
    expect(row?.held).toBe(0)
  })

  test('stays longer when they come again, and for five years when they were certified', async () => {
    const learnerId = await comeOnce()
    const later = kitAt('2027-05-12T04:30:00.000Z')
    const desk = makeTestDevice(later, { role: 'admin' })
    const sessionId = await town.publishSession({ heldOn: '2027-05-12' })
    await desk.push(desk.op('attendance.mark', makeMark({ sessionId, learnerId }), later.now()))
    const certified = await beCertified()
    await keep(FIRST_DAY_AFTER)
    expect(tracesIn(await dump())).not.toEqual([])
    await keep('2029-03-31T15:00:00.000Z')
    expect(tracesIn(await dump())).toEqual([])
    expect(await nameOf(certified)).not.toBeNull()
    await keep('2032-03-31T14:59:59.000Z')
    expect(await nameOf(certified)).not.toBeNull()
    await keep('2032-03-31T15:00:00.000Z')
    expect(await nameOf(certified)).toBeNull()
  })
})

test('what was said in vain goes as well: a refused sign-up of somebody who never had a place, a wrong try', async () => {
  const sessionId = await town.publishSession({ enrollUntilOn: '2026-05-11' })
  const phone = town.device('resident')
  const tried = phone.op('enrollment.withdraw', {
    receiptNumber: '111111',
    phoneLast4: CANARY.phone.slice(-4),
  } as never)
  const [refused] = await phone.ask(phone.op('enrollment.request', makeEnrollment({ sessionId, ...CANARY })), tried)
  expect(refused).toMatchObject({ status: 'refused', refusal: { code: 'deadline_passed' } })
  await keep(LAST_DAY)
  expect(tracesIn(await dump())).not.toEqual([])
  await keep(FIRST_DAY_AFTER)
  expect(tracesIn(await dump())).toEqual([])
})

test('a word about somebody that arrives after they were erased is gone a day later', async () => {
  const learnerId = await comeOnce()
  await keep(FIRST_DAY_AFTER)
  const late = kitAt('2028-04-03T01:00:00.000Z')
  const phone = makeTestDevice(late, { role: 'admin' })
  const sessionId = await town.publishSession({})
  const { name, nameKana } = CANARY
  await phone.ask(
    phone.op('attendance.walkIn', makeWalkIn({ learnerId, sessionId, name, nameKana }), late.now()),
    phone.op('person.correct', makeCorrection({ learnerId, ...CANARY }), late.now()),
  )
  const names = canaryTraces()
  expect(tracesIn(JSON.stringify(await phone.pull()), names)).toEqual([])
  await keep('2028-04-04T01:00:00.000Z')
  expect(tracesIn(await dump())).toEqual([])
})

test('a resident’s device, ended logins and codes that have run out go in their time', async () => {
  const { sql } = town.kit.database
  const { city } = town.kit
  const hash = (n: number) => Buffer.alloc(32, n)
  await sql`
    insert into devices (city, device_id, secret_hash, role, first_seen_at, last_contact_at, unsent_count)
    values (${city}, ${town.newId()}, ${hash(1)}, 'resident', ${NOW}, ${NOW}, 0),
           (${city}, ${town.newId()}, ${hash(2)}, 'volunteer', ${NOW}, ${NOW}, 0)`
  await sql`
    insert into logins (city, token_hash, role, opened_at, ended_at) values (${city}, ${hash(1)}, 'admin', ${NOW}, ${NOW})`
  await sql`
    insert into login_challenges (city, challenge_hash, purpose, expires_at) values (${city}, ${hash(1)}, 'signIn', ${NOW})`
  const held = async () =>
    (
      await sql<{ devices: number; logins: number; codes: number }>`
        select (select count(*)::int from devices where city = ${city} and secret_hash in (${hash(1)}, ${hash(2)})) as devices,
               (select count(*)::int from logins where city = ${city}) as logins,
               (select count(*)::int from login_challenges where city = ${city}) as codes`
    )[0]
  await keep('2026-06-11T04:30:00.000Z') // 30 days later
  expect(await held()).toEqual({ devices: 2, logins: 1, codes: 1 })
  await keep('2026-06-12T04:30:00.000Z')
  expect(await held()).toEqual({ devices: 2, logins: 1, codes: 0 })
  await keep('2026-08-11T04:30:00.000Z') // 91 days later
  expect(await held()).toEqual({ devices: 2, logins: 0, codes: 0 })
  await keep('2027-05-12T04:30:00.000Z') // 365 days later
  expect((await held())?.devices).toBe(2)
  await keep('2027-05-13T04:30:00.000Z')
  expect((await held())?.devices).toBe(1)
})

test('the dry run says what would go and what comes next, and changes nothing', async () => {
  await comeOnce()
  await beCertified()
  const before = await dump()
  const early = await readRetention(kitAt('2027-05-12T04:30:00.000Z'), PARTS)
  expect(early.find(({ kind }) => kind === 'contacts')).toEqual({
    kind: 'contacts',
    heldCount: 1,
    dueCount: 0,
    nextOn: '2028-04-01',
    nextCount: 1,
  })
  const due = await readRetention(kitAt(FIRST_DAY_AFTER), PARTS)
  expect(due.find(({ kind }) => kind === 'contacts')).toMatchObject({ dueCount: 1, nextOn: null, nextCount: 0 })
  expect(due.find(({ kind }) => kind === 'certified')).toMatchObject({
    dueCount: 0,
    nextOn: '2032-04-01',
    nextCount: 1,
  })
  expect(await dump()).toBe(before)
})

test('what went is written down once, by number alone; a second round finds nothing', async () => {
  await comeOnce()
  const lines = () =>
    town.kit.database.sql<{ object: string; count: number }>`
      select object, count from audit_log where city = ${town.kit.city} and action = 'retention.done' order by seq`
  await keep(LAST_DAY)
  const before = (await lines()).filter(({ object }) => object === 'retention:contacts')
  expect(before).toEqual([])
  expect(await keep(FIRST_DAY_AFTER)).toBeGreaterThan(0)
  expect(await lines()).toContainEqual({ object: 'retention:contacts', count: 1 })
  const written = (await lines()).length
  expect(await keep(FIRST_DAY_AFTER)).toBe(0)
  expect((await lines()).length).toBe(written)
})

test('many people go in portions, all of them', { timeout: 60_000 }, async () => {
  const { city, database } = town.kit
  await database.sql`
    insert into learners (city, learner_id, name, name_kana, phone, created_at)
    select ${city}, gen_random_uuid(), '受講 者', 'じゅこう しゃ', '09000000000', ${NOW} from generate_series(1, 250)`
  await keep(FIRST_DAY_AFTER)
  const lines = await database.sql`
    select count from audit_log where city = ${city} and object = 'retention:contacts' order by seq`
  expect(lines).toEqual([{ count: 100 }, { count: 100 }, { count: 50 }])
})

/** The canary signs up for a class and comes. */
async function comeOnce(): Promise<LearnerId> {
  const sessionId = await town.publishSession({ heldOn: '2026-05-26' })
  const office = town.device('admin')
  await office.push(...makePlan().map((indicator) => office.op('plan.setIndicator', indicator)))
  const asked = makeEnrollment({ sessionId, ...CANARY })
  await office.push(office.op('enrollment.request', asked))
  const learnerId = asked.enrollmentId as string as LearnerId
  await office.push(office.op('attendance.mark', makeMark({ sessionId, learnerId })))
  return learnerId
}

/** Somebody else is certified. */
async function beCertified(): Promise<LearnerId> {
  const sessionId = await town.publishSession({ kind: 'instructorTraining', heldOn: '2026-05-26' })
  const office = town.device('admin')
  const asked = makeEnrollment({ sessionId })
  const learnerId = asked.enrollmentId as string as LearnerId
  await office.push(
    office.op('enrollment.request', asked),
    office.op('training.certify', makeCertification({ learnerId })),
  )
  return learnerId
}

async function nameOf(learnerId: LearnerId): Promise<string | null> {
  const [row] = await town.kit.database.sql<{ name: string | null }>`
    select name from learners where city = ${town.kit.city} and learner_id = ${learnerId}`
  return row?.name ?? null
}

async function readTotals(): Promise<readonly string[]> {
  const { database, city } = town.kit
  const found: string[] = []
  for (const year of [2025, 2026, 2027, 2028, 2031, 2032] as FiscalYear[]) {
    for (const { indicator, actual, thisYearCount } of await readActuals(database.sql, city, year)) {
      const { length: rows } = await readRows(database.sql, city, indicator, year)
      found.push(JSON.stringify({ year, measure: indicator.measure, actual, thisYearCount, rows }))
    }
  }
  return found
}
