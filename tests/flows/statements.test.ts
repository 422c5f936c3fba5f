import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditRounds } from '#audit/server/audit-rounds.ts'
import type { FiscalYear } from '#kernel/fiscal-year.ts'
import { localDateOf } from '#kernel/time.ts'
import { ROUTES } from '#login/domain/access.ts'
import { LOGIN_RETENTION } from '#login/server/login-retention.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import { PEOPLE_RETENTION } from '#people/server/people-retention.ts'
import { applyRetention } from '#people/server/retention.ts'
import { takeHouseTurn } from '#server/house-turn.ts'
import { forgetTries } from '#server/tries.ts'
import { DEVICE_RETENTION } from '#sync/server/device-retention.ts'
import { inCityTurn } from '#sync/server/in-city-turn.ts'
import { retireRecords } from '#sync/server/retire-records.ts'
import { requestOf } from '../make/access-requests.ts'
import { type AskerName, makeAsker, makeTwoCities, objectsOf, type TwoCities } from '../make/access-world.ts'
import { NEIGHBOR } from '../make/city.ts'
import { seedDemoTown } from '../make/demo-town.ts'
import { makeMerge } from '../make/payloads.ts'
import { type CityTables, crossings, readCityTables } from '../make/statement-plans.ts'
import { statements } from '../tidy/sql-checks.ts'
import { readSources } from '../tidy/source.ts'

interface Heard {
  readonly text: string
  readonly values: readonly unknown[]
}

let cities: TwoCities
let tables: CityTables
/** Everything that was said to the database, by its text: with the values of each time, as far as they differ in their city. */
const heard = new Map<string, Heard[]>()
const { query } = pg.Client.prototype

beforeAll(async () => {
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    hear(args[0])
    return Reflect.apply(query, this, args)
  } as typeof query
  cities = await makeTwoCities()
  tables = await readCityTables(cities.here.product.kit.database.sql)
})
afterAll(async () => {
  pg.Client.prototype.query = query
  await cities.stop()
})

function hear(said: unknown): void {
  const { text, values = [] } =
    typeof said === 'string' ? { text: said } : (said as { text: string; values?: unknown[] })
  const times = heard.get(text) ?? []
  if (times.length < 20) heard.set(text, [...times, { text, values }])
}

/** Everybody asks everything; what the program does by itself is done; and two years of a town are said. */
async function liveThrough(): Promise<void> {
  const { product } = cities.here
  for (const route of Object.keys(ROUTES)) {
    for (const name of [
      'resident',
      'volunteer on a paired phone',
      'organizer',
      'admin',
    ] as const satisfies AskerName[]) {
      const asker = await makeAsker(cities, name)
      const request = requestOf(route, { objects: objectsOf(cities, 'own', asker), asker, city: cities.here })
      const leaving = new AbortController()
      const { method, headers } = request
      const body = method === 'GET' ? {} : { body: await request.text() }
      const answer = await product.fetch(request.url, { method, headers, signal: leaving.signal, ...body })
      if (answer.headers.get('content-type')?.startsWith('text/event-stream') !== true) await answer.arrayBuffer()
      leaving.abort()
    }
  }
  const { kit } = product
  const [{ learnerId }, admin] = [cities.here.other, product.device('admin')]
  const about = { learnerId: learnerId as LearnerId, reason: 'self' } as const
  await admin.ask(admin.op('person.stop', about))
  await admin.ask(admin.op('person.resume', about))
  const merge = makeMerge({ learnerId: about.learnerId, intoLearnerId: cities.here.own.learnerId as LearnerId })
  await admin.ask(admin.op('person.merge', merge))
  await admin.ask(admin.op('person.separate', { mergeIds: [merge.mergeId] }))
  await admin.ask(admin.op('plan.closeYear', { fiscalYear: 2024 as FiscalYear }))
  await admin.ask(admin.op('person.erase', about))
  await takeHouseTurn(kit)
  await forgetTries(kit)
  await retireRecords(kit)
  await applyRetention(kit, { parts: [...PEOPLE_RETENTION, ...DEVICE_RETENTION, ...LOGIN_RETENTION], inCityTurn })
  await auditRounds(kit, 3)
  await seedDemoTown({ ...cities.there.product.kit, city: NEIGHBOR.code }, localDateOf(kit.now()))
}

test('every statement the program can say stays within one city, as PostgreSQL itself plans it', async () => {
  const { sql } = cities.here.product.kit.database
  const all = statements(readSources())
  const faults: string[] = []
  let reads = 0
  for (const { numbered, at } of all) {
    const found = await crossings(sql, tables, numbered)
    faults.push(...found.faults.map((sentence) => String(at(sentence))))
    reads += found.reads
  }
  expect(faults).toEqual([])
  expect(reads).toBeGreaterThan(all.length / 2)
  process.stdout.write(`${all.length} statements in the source, ${reads} reads of a table, each of one city\n`)
})

test('whatever is really said names one and the same city in all its places', async () => {
  await liveThrough()
  const { sql } = cities.here.product.kit.database
  const written = new Set(statements(readSources()).map(({ numbered }) => numbered))
  const run = [...heard].filter(([text]) => written.has(text))
  const several: object[] = []
  let times = 0
  for (const [text, said] of run) {
    const { cities: places } = await crossings(sql, tables, text)
    for (const { values } of said) {
      const named = new Set(places.map((place) => values[Number(place.slice(1)) - 1]))
      if (named.size > 1) several.push({ text, named: [...named] })
      times += 1
    }
  }
  expect(several).toEqual([])
  expect(run.length).toBeGreaterThan(written.size * 0.6)
  process.stdout.write(`${run.length} of them really run, ${times} times looked at: never two cities in one\n`)
})

test('a statement that looks beyond its city is found, and so is a join that forgets it', async () => {
  const { sql } = cities.here.product.kit.database
  const found = async (text: string) => (await crossings(sql, tables, text)).faults
  expect(await found('select name from learners where learner_id = $1')).toHaveLength(1)
  expect(await found('select 1 from sessions s join venues v using (venue_id) where s.city = $1')).toHaveLength(1)
  expect(await found('select 1 from sessions s join venues v using (city, venue_id) where s.city = $1')).toEqual([])
  expect(await found('update venues set name = $1 where venue_id = $2')).toHaveLength(1)
  expect(await found('insert into venues (venue_id, city) select $1::uuid, $2')).toHaveLength(1)
})

test('what the database does by itself, in triggers and functions, names the city in each statement', async () => {
  const { sql } = cities.here.product.kit.database
  const functions = await sql<{ name: string; body: string }>`
    select p.proname as name, p.prosrc as body from pg_proc p where p.pronamespace = 'public'::regnamespace`
  const touches = new RegExp(`\\b(?:from|join|into|update)\\s+(?:${[...tables.names].join('|')})\\b`)
  const parts = functions.flatMap(({ name, body }) => body.split(';').map((part) => ({ name, part })))
  const touching = parts.filter(({ part }) => touches.test(part))
  expect(touching.length).toBeGreaterThan(5)
  expect(touching.filter(({ part }) => !/\bcity\b/.test(part))).toEqual([])
})
