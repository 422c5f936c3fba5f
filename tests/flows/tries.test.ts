import { type Context, Hono } from 'hono'
import { beforeAll, expect, test } from 'vitest'
import { type Instant, instantOf } from '#kernel/time.ts'
import { BUDGETS, createRateLimits, type RateLimits, type Try } from '#server/rate-limits.ts'
import { createTries, forgetTries } from '#server/tries.ts'
import { insertCity } from '../make/city.ts'
import { makeDatabase, type TestDatabase } from '../make/postgres.ts'
import { makeKit } from '../make/server-kit.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await makeDatabase()
  await insertCity(database)
  return () => database.drop()
})

const NOON = '2026-05-12T03:00:00.000Z' as Instant
const later = (seconds: number): Instant => instantOf(Date.parse(NOON) + seconds * 1000)

/** The limits of one process; all of them count in one database. */
function limitsOfProcess(now: Instant = NOON): RateLimits {
  const kit = makeKit({ database, now })
  return createRateLimits({
    addressOf: (c) => c.req.header('x-from') ?? null,
    countTries: (name, budget) => createTries(kit, name, budget),
  })
}

/** Each budget of a person beside that of the address somebody tries from. */
const TRIES: Readonly<Record<string, readonly [addressPoints: number, (l: RateLimits) => Tried]>> = {
  'a booking': [BUDGETS.triesOfAddress.points, ({ tryBooking }) => tryBooking],
  'a sign-in': [BUDGETS.signInsOfAddress.points, ({ trySignIn }) => trySignIn],
  'the second way in': [BUDGETS.secondWaysOfAddress.points, ({ trySecondWay }) => trySecondWay],
}
type Tried = (c: Context, key: string) => Promise<Try>

test.each(Object.entries(TRIES))(
  'of %s: an address that has used up its own tries uses up nobody else’s',
  async (_, [points, triedIn]) => {
    const tried = triedIn(limitsOfProcess())
    const door = new Hono().get('/:key', async (c) => c.json((await tried(c, c.req.param('key'))).restS))
    const restOf = async (key: string, from: string) =>
      (await door.request(`/${key}`, { headers: { 'x-from': from } })).json()
    for (let nth = 0; nth < points; nth++) expect(await restOf(`nobody ${nth}`, 'a stranger')).toBe(null)
    for (let nth = 0; nth < 20; nth++) expect(await restOf('somebody', 'a stranger')).toBeGreaterThan(0)
    expect(await restOf('somebody', 'at home')).toBe(null)
  },
)

const budget = { points: 5, seconds: 3600 }
const counter = (now: Instant = NOON) => createTries(makeKit({ database, now }), 'triesOfReceipt', budget)
const spendMany = (many: number, key: string, now?: Instant) =>
  Promise.all(Array.from({ length: many }, () => counter(now).spend(key)))

test('of many tries at one door in one moment, by whichever process, as many are looked at as there are points', async () => {
  const rests = await spendMany(40, 'one')
  expect(rests.filter((rest) => rest === null)).toHaveLength(5)
  expect(rests.filter((rest) => rest === 3600)).toHaveLength(35)
})

test('a right try is given back, and one that was refused takes no place from the next', async () => {
  await spendMany(20, 'two')
  await counter().giveBack('two')
  expect(await counter().spend('two')).toBe(null)
  expect(await counter().spend('two')).toBe(3600)
})

test('after its time a try counts no more, and is no more', async () => {
  await spendMany(5, 'three')
  expect(await counter(later(1800)).spend('three')).toBe(1800)
  expect(await counter(later(3600)).spend('three')).toBe(null)
  expect(await forgetTries(makeKit({ database, now: later(7200) }))).toBeGreaterThan(0)
  expect(await database.sql`select 1 from tries where city = '000000'`).toEqual([])
})

test('whose tries are counted cannot be read in the database', async () => {
  await counter().spend('203.0.113.7')
  const [row] = await database.sql<{ all: string }>`select json_agg(t)::text as all from tries t where city = '000000'`
  expect(row?.all).not.toContain('203.0.113.7')
})
