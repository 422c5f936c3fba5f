import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { connectDatabase } from '#server/database.ts'
import { migrate } from '#server/migrate.ts'
import { ensureBuilt } from '../make/built-product.ts'
import { ALL_KEPT, type BusyHall, makeBusyHall, readKept } from '../make/busy-hall.ts'
import { makeChance } from '../make/chance.ts'
import { CITY, insertCity } from '../make/city.ts'
import { openNewsStream } from '../make/news-stream.ts'
import { makeOutboxPhone } from '../make/outbox-phone.ts'
import { makeVenue } from '../make/payloads.ts'
import { type ProductProcess, startProcess } from '../make/product-process.ts'
import { type RoundRobin, startRoundRobin } from '../make/round-robin.ts'
import { makeKit } from '../make/server-kit.ts'
import { makeStaffLogin } from '../make/staff.ts'
import { type StandbyPair, startStandbyPair } from '../make/standby-pair.ts'

const SEED = `standby ${process.env['YOROZU_SEED'] ?? '1'}`
const chance = makeChance(SEED)

let folder: string
let pair: StandbyPair
let balancer: RoundRobin
let processes: ProductProcess[]
let organizer: string

const startOne = (): Promise<ProductProcess> =>
  startProcess({ DATABASE_URL: pair.url, DATA_DIR: folder, TRUST_PROXY: '1' })

beforeAll(async () => {
  await ensureBuilt()
  folder = await mkdtemp(join(tmpdir(), 'yorozu-standby-'))
  pair = await startStandbyPair()
  balancer = await startRoundRobin({ loseEvery: 10 })
  const database = connectDatabase({ url: pair.url, maxConnections: 1 })
  await migrate(database)
  await insertCity(database)
  organizer = (await makeStaffLogin(makeKit({ database, now: new Date().toISOString() }), 'organizer')).cookie
  await database.close()
  processes = await Promise.all([startOne(), startOne()])
  balancer.spreadOver(processes.map((one) => one.url))
}, 120_000)
afterAll(async () => {
  await Promise.all(processes.map((one) => one.stop()))
  await balancer.stop()
  await pair.stop()
  await rm(folder, { recursive: true })
})

const answeredBy = (hall: BusyHall): number => hall.phones.reduce((sum, { answers }) => sum + answers.size, 0)
const isReady = async ({ url }: ProductProcess): Promise<number> => (await fetch(`${url}/api/health`)).status

test('the standby killed, then the primary, then the standby promoted, all under load: phones go on, nothing acknowledged is lost, nothing is there twice', async () => {
  const hall = await makeBusyHall({ url: balancer.url, cookie: organizer, chance })
  const reader = makeOutboxPhone({ url: balancer.url, cookie: organizer })
  const stream = await openNewsStream(processes[0]?.url ?? '', reader.deviceId, organizer)
  let isOver = false
  const running = hall.runUntil(() => isOver)
  await sleep(2_000)
  await reader.settle()
  const [before, held] = [reader.receivedCount(), reader.records.size]
  const versionBefore = Math.max(...[...reader.records.values()].map(({ version }) => version))

  await pair.standby.kill()
  await sleep(200)
  const answered = answeredBy(hall)
  await sleep(800)
  const answeredAlone = answeredBy(hall) - answered
  await pair.primary.kill()
  await pair.standby.start()
  const killedAt = Date.now()
  await sleep(1_000) // somebody has to notice, and to decide
  expect(await Promise.all(processes.map(isReady))).toEqual([503, 503])
  const promotedAt = Date.now()
  await pair.promote()
  await vi.waitUntil(async () => (await Promise.all(processes.map(isReady))).every((status) => status === 200), {
    timeout: 60_000,
  })
  const readyAt = Date.now()
  const newsBefore = stream.newsCount()
  await sleep(2_000)
  expect(stream.newsCount()).toBeGreaterThan(newsBefore) // also of what is written at the other database
  await stream.leave()
  isOver = true
  await running

  const database = connectDatabase({ url: pair.standby.url, maxConnections: 2 })
  const { acknowledged, ...kept } = await readKept(database, CITY.code, hall)
  expect(kept).toEqual(ALL_KEPT)
  expect(answeredAlone).toBe(0) // what the standby could not take was not acknowledged
  await reader.settle()
  const news = [...reader.records.values()].filter(({ version }) => version > versionBefore).length
  expect(held).toBeGreaterThan(0)
  expect(reader.receivedCount() - before).toBe(news) // what changed since, and nothing a second time
  await database.close()
  process.stdout.write(
    `seed «${SEED}»: ${acknowledged} operations over 2 processes, primary killed, standby promoted after ${promotedAt - killedAt} ms, ready ${readyAt - promotedAt} ms later, ${balancer.lostCount()} answers lost on their way: no operation lost or doubled\n`,
  )
}, 120_000)

test('a primary that wakes up after its standby took over is not written to, by old processes nor by new ones', async () => {
  await pair.primary.start()
  const [old] = processes
  const fresh = await startOne()
  for (const { url } of [old, fresh].filter((one) => one !== undefined)) {
    const phone = makeOutboxPhone({ url, cookie: organizer })
    const id = phone.say('venue.save', makeVenue())
    await phone.settle()
    const database = connectDatabase({ url: pair.standby.url, maxConnections: 1 })
    expect(await database.sql`select 1 from operations where city = ${CITY.code} and id = ${id}`).toHaveLength(1)
    await database.close()
  }
  await fresh.stop()
}, 120_000)

test('a server that falls silent is given up, and one that was left behind is not taken in its place', async () => {
  const database = connectDatabase({ url: pair.url, answerLimitMs: 1_000 })
  const readTimeline = () => database.sql`select substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) as timeline`
  expect(await readTimeline()).toEqual([{ timeline: '00000002' }])
  await pair.standby.freeze(true)
  await expect(readTimeline()).rejects.toThrow('timeout')
  await expect(readTimeline()).rejects.toThrow('None of the database servers takes writes')
  await pair.standby.freeze(false)
  expect(await readTimeline()).toEqual([{ timeline: '00000002' }])
  await database.close()
}, 60_000)
