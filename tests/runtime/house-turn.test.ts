import { afterAll, beforeAll, expect, test } from 'vitest'
import { instantOf } from '#kernel/time.ts'
import { connectDatabase, type Database } from '#server/database.ts'
import { healthRoute } from '#server/health-route.ts'
import { takeHouseTurn } from '#server/house-turn.ts'
import { CITY, insertCity, NEIGHBOR } from '../make/city.ts'
import { makeDatabase, type TestDatabase } from '../make/postgres.ts'

let database: TestDatabase
let machines: readonly Database[]
beforeAll(async () => {
  database = await makeDatabase()
  await insertCity(database)
  await insertCity(database, NEIGHBOR)
  machines = [1, 2, 3].map(() => connectDatabase({ url: database.url, maxConnections: 2 }))
})
afterAll(async () => {
  await Promise.all(machines.map((one) => one.close()))
  await database.drop()
})

const START = Date.parse('2026-05-12T04:00:00.000Z')
/** How many of three machines get the turn when all ask in one moment. */
async function turnsAt(minutes: number, city: string = CITY.code): Promise<number> {
  const now = () => instantOf(START + minutes * 60_000)
  const turns = await Promise.all(machines.map((one) => takeHouseTurn({ database: one, city, now })))
  return turns.filter(Boolean).length
}

test('of three processes one keeps house, each hour and in each city', async () => {
  expect(await turnsAt(0)).toBe(1)
  expect(await turnsAt(0, NEIGHBOR.code)).toBe(1)
  expect(await turnsAt(20)).toBe(0)
  expect(await turnsAt(40)).toBe(0)
  expect(await turnsAt(60)).toBe(1)
  expect(await turnsAt(80)).toBe(0)
})

test('a round that was written down by a clock far ahead keeps nobody from the next', async () => {
  expect(await turnsAt(100_000)).toBe(1)
  expect(await turnsAt(180)).toBe(1)
})

test('a process is ready while its database takes writes, and says nothing more', async () => {
  const here = await healthRoute({ database }).request('/api/health')
  expect([here.status, await here.json()]).toEqual([200, { ready: true }])
  const gone = connectDatabase({ url: database.url })
  await gone.close()
  const there = await healthRoute({ database: gone }).request('/api/health')
  expect([there.status, await there.json()]).toEqual([503, { ready: false }])
})
