import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { instantOf, localDateOf } from '#kernel/time.ts'
import { deriveKeys, readServerKey } from '#server/server-key.ts'
import { ensureBuilt } from '../make/built-product.ts'
import { ALL_KEPT, makeBusyHall, readKept } from '../make/busy-hall.ts'
import { makeChance } from '../make/chance.ts'
import { CITY } from '../make/city.ts'
import { makeDemoTown } from '../make/demo-town.ts'
import { openNewsStream } from '../make/news-stream.ts'
import { makeOutboxPhone } from '../make/outbox-phone.ts'
import { saveInstructor } from '../make/pairing.ts'
import { makeVenue } from '../make/payloads.ts'
import { makeDatabase, type TestDatabase } from '../make/postgres.ts'
import { type ProductProcess, startProcess } from '../make/product-process.ts'
import { type RoundRobin, startRoundRobin } from '../make/round-robin.ts'
import { makeKit } from '../make/server-kit.ts'
import { makeStaffLogin } from '../make/staff.ts'

const SEED = `many processes ${process.env['YOROZU_SEED'] ?? '1'}`
const chance = makeChance(SEED)

let folder: string
let database: TestDatabase
let balancer: RoundRobin
let processes: ProductProcess[]
let organizer: string

/** A process with a data folder of its own, as on a machine of its own; only the key is the same. */
async function startOne(): Promise<ProductProcess> {
  return startProcess({
    DATABASE_URL: database.url,
    DATA_DIR: await mkdtemp(join(folder, 'machine-')),
    SERVER_KEY_FILE: join(folder, 'server.key'),
    TRUST_PROXY: '1',
  })
}
const spread = (): void => balancer.spreadOver(processes.map((one) => one.url))

beforeAll(async () => {
  await ensureBuilt()
  folder = await mkdtemp(join(tmpdir(), 'yorozu-many-'))
  database = await makeDatabase()
  balancer = await startRoundRobin({ loseEvery: 10 })
  processes = await Promise.all([startOne(), startOne(), startOne()])
  spread()
  organizer = (await makeStaffLogin(makeKit({ database, now: new Date().toISOString() }), 'organizer')).cookie
}, 90_000)
afterAll(async () => {
  await Promise.all(processes.map((one) => one.stop()))
  await balancer.stop()
  await database.drop()
  await rm(folder, { recursive: true })
})

const at = (nth: number): string => processes[nth]?.url ?? ''
const say = (url: string, body: object, cookie = ''): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Cookie: cookie },
    body: JSON.stringify(body),
  })

test('three processes that start at once make one key, and one of them does the housekeeping', async () => {
  const [rows] = await database.sql<object>`
    select (select count(*) from server_keys where city = ${CITY.code}) as keys,
           (select count(*) from house_rounds where city = ${CITY.code}) as rounds,
           (select count(*) from audit_checks where city = ${CITY.code}) as checks`
  expect(rows).toEqual({ keys: 1, rounds: 1, checks: 1 })
})

test('whoever signed in by one process is signed in at the others', async () => {
  for (const nth of [0, 1, 2]) {
    const account = await fetch(`${at(nth)}/api/account`, { headers: { Cookie: organizer } })
    expect([nth, account.status]).toEqual([nth, 200])
  }
})

test('digits for a phone that one process gave out pair it at another', async () => {
  const keyFor = deriveKeys(await readServerKey(join(folder, 'server.key')))
  const kit = { ...makeKit({ database, now: instantOf(Date.now()) }), keyFor }
  const instructorId = await saveInstructor(kit)
  const made = await say(`${at(0)}/api/admin/phones/code`, { instructorId, use: 'screen' }, organizer)
  const { code } = (await made.json()) as { code: string }
  const { deviceId: id, secret } = makeOutboxPhone({ url: at(1) })
  expect((await say(`${at(1)}/api/pair`, { device: { id, secret }, code })).status).toBe(200)
  expect((await say(`${at(2)}/api/pair`, { device: { id, secret }, code })).status).toBe(404) // used once is used everywhere
})

test('a sheet of a form from one process is good at another, and wrong tries count for all of them together', async () => {
  const sheet = await fetch(`${at(0)}/booking`)
  const [formId = '', formToken = ''] = (sheet.headers.get('Form-Sheet') ?? '').split(' ')
  const tryAt = async (nth: number): Promise<number> => {
    const body = new URLSearchParams({ formId, formToken, receiptNumber: '123456', phoneLast4: '0000', step: 'look' })
    return (await fetch(`${at(nth)}/booking`, { method: 'POST', body })).status
  }
  const answers: number[] = []
  for (const nth of [0, 1, 2, 0, 1, 2, 0, 1]) answers.push(await tryAt(nth))
  expect(answers).toEqual([404, 404, 404, 404, 404, 429, 429, 429])
})

test('a stream of news at one process hears of what another one wrote', async () => {
  const stream = await openNewsStream(at(0), makeOutboxPhone({ url: at(0) }).deviceId, organizer)
  const writer = makeOutboxPhone({ url: at(1), cookie: organizer })
  writer.say('venue.save', makeVenue())
  await writer.settle()
  await vi.waitFor(() => expect(stream.newsCount()).toBeGreaterThan(0))
  await stream.leave()
})

test('each process killed in the middle of a push and replaced: nothing acknowledged is lost, nothing is there twice', async () => {
  const hall = await makeBusyHall({ url: balancer.url, cookie: organizer, chance })
  let isOver = false
  const running = hall.runUntil(() => isOver)
  for (const nth of [0, 1, 2]) {
    await sleep(chance.int(500, 1_500))
    await vi.waitUntil(() => balancer.waitingFor(at(nth)) > 0, { timeout: 30_000, interval: 1 })
    await processes[nth]?.kill()
    spread()
    processes[nth] = await startOne()
    spread()
  }
  const brokenByKills = balancer.brokenCount()
  const [asked] = processes
  const stream = await openNewsStream(at(0), chance.newId(Date.now()))
  await asked?.stop()
  await stream.ended
  expect(asked?.child.exitCode).toBe(0) // asked to end, it finishes what it has begun
  expect(balancer.brokenCount() - brokenByKills).toBe(0)
  processes[0] = await startOne()
  spread()
  isOver = true
  await running
  const { acknowledged, ...kept } = await readKept(database, CITY.code, hall)
  expect(kept).toEqual(ALL_KEPT)
  const [one, other] = [1, 2].map(() => makeOutboxPhone({ url: balancer.url, cookie: organizer }))
  await Promise.all([one?.settle(), other?.settle(), ...hall.phones.map((phone) => phone.settle())])
  for (const phone of hall.phones.slice(0, 7)) expect(listOn(phone)).toEqual(listOn(one))
  expect(brokenByKills).toBeGreaterThan(0)
  process.stdout.write(
    `seed «${SEED}»: ${acknowledged} operations through 3 processes, 3 killed in mid-push (${brokenByKills} requests broke) and 1 asked to end, ${balancer.lostCount()} answers lost on their way: no operation lost or doubled\n`,
  )
}, 90_000)

/** What a phone shows, without what is no longer there and without what is for one device alone. */
function listOn(phone: ReturnType<typeof makeOutboxPhone> | undefined): readonly string[] {
  return [...(phone?.records ?? [])]
    .filter(([key, { body }]) => body !== null && !key.startsWith('device:'))
    .map(([key, { version }]) => `${key} ${version}`)
    .sort()
}

test('two demos that start at once on an empty database make one town', async () => {
  const empty = await makeDatabase()
  const env = { DATABASE_URL: empty.url, DATA_DIR: folder }
  const demos = await Promise.all([startProcess(env, ['--demo']), startProcess(env, ['--demo'])])
  expect(demos.filter((one) => one.said().includes('お試しの町をつくっています'))).toHaveLength(1)
  const today = localDateOf(instantOf(Date.now()))
  const said = makeDemoTown(today).flatMap(({ operations }) => operations).length
  expect(await empty.sql`select count(*)::int as said from operations where city = ${CITY.code}`).toEqual([{ said }])
  await Promise.all(demos.map((one) => one.stop()))
  await empty.drop()
}, 90_000)

test('a process with another key than the others, or with none, does not start and says what to do', async () => {
  const env = { DATABASE_URL: database.url, DATA_DIR: join(folder, 'stranger') }
  await expect(startProcess(env)).rejects.toThrow('はじめの機械の server.key をここに写すか')
  await expect(stat(join(folder, 'stranger/server.key'))).rejects.toThrow('ENOENT') // no key was made that could only be wrong
  await mkdir(join(folder, 'stranger'), { recursive: true })
  await writeFile(join(folder, 'stranger/server.key'), 'ab'.repeat(32))
  await expect(startProcess(env)).rejects.toThrow('データを始めたときの鍵ではありません')
  const taken = await startProcess(env, ['--new-key'])
  await taken.stop()
  await expect(startOne()).rejects.toThrow('データを始めたときの鍵ではありません')
}, 90_000)
