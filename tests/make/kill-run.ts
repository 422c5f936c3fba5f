import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '#server/database.ts'
import { ensureBuilt } from './built-product.ts'
import { type Chance, itemAt, makeChance } from './chance.ts'
import { CITY } from './city.ts'
import { readCityState } from './city-state.ts'
import { type FaultGate, openFaultGate } from './fault-gate.ts'
import { checkHistory, type DeviceState, type Violation } from './history-check.ts'
import { countEvents, createHistory, type History } from './history.ts'
import { type LoadClient, makeLoadClient } from './load-client.ts'
import { type Crowd, makeCrowd } from './load-crowd.ts'
import { connectBeside, persistently, postmasterOf } from './own-postgres.ts'
import { type ProductProcess, startProcess } from './product-process.ts'

/** `backend`: any one process of the database, be it a connection or one that writes to the disk; `both`: program and database at once. */
const VICTIMS = ['app', 'backend', 'postmaster', 'both'] as const
type Victim = (typeof VICTIMS)[number]

export interface KillRun {
  readonly violations: readonly Violation[]
  /** Operations said until something was found, or until all was over. */
  readonly operations: number
  /** For each round, how long it took from the kill to the next answer. */
  readonly rounds: readonly { readonly victim: Victim; readonly answeredMs: number }[]
  readonly line: string
}

export interface KillsWanted {
  readonly seed: string
  readonly rounds: number
  /** Ends at the first violation. */
  readonly untilCaught?: boolean
}

/** What a round works with. */
interface Scene {
  readonly dataDir: string
  readonly env: Readonly<Record<string, string>>
  readonly gate: FaultGate
  readonly database: Database
  readonly history: History
  readonly crowd: Crowd
  /** Somebody who only asks whether the city can be reached. */
  readonly probe: LoadClient
  readonly chance: Chance
  product: ProductProcess
}

const ANSWERS_BETWEEN = 12
const MOMENT_MAX_MS = 400
const SILENCE_MAX_MS = 90_000 // a guard against hanging, not a measure

/** 8 people use one city, whose server or database is killed again and again at random moments. After each kill everything that was
 *  acknowledged must be there; in the end everybody syncs, and the whole history is judged. */
export async function runKills({ seed, rounds, untilCaught = false }: KillsWanted): Promise<KillRun> {
  const scene = await setScene(seed)
  const { history, crowd, probe, database } = scene
  const done: { victim: Victim; answeredMs: number }[] = []
  let found: readonly Violation[] = []
  let isOver = false
  try {
    const living = crowd.live(() => isOver)
    for (let round = 0; round < rounds && found.length === 0; round += 1) {
      const victim = itemAt(VICTIMS, round)
      done.push({ victim, answeredMs: await killOne(scene, victim) })
      found = await judge(scene, [])
    }
    isOver = true
    await living
    if (!untilCaught || found.length === 0) {
      await crowd.finish()
      await probe.finish()
      const devices = await Promise.all([...crowd.clients, probe].map((client) => client.held()))
      found = [...found, ...(await judge(scene, devices))]
    }
    const operations = countEvents(history).said
    return { violations: found, operations, rounds: done, line: describe(seed, history, done) }
  } finally {
    isOver = true
    crowd.close()
    probe.close()
    await scene.gate.close()
    await database.close()
    await scene.product.stop()
    await rm(scene.dataDir, { recursive: true, force: true })
  }
}

async function setScene(seed: string): Promise<Scene> {
  await ensureBuilt()
  const dataDir = await mkdtemp(join(tmpdir(), 'yorozu-kill-'))
  const env = { DATA_DIR: dataDir, TRUST_PROXY: '1' }
  const product = await startProcess(env)
  const gate = await openFaultGate(makeChance(`${seed} gate`))
  gate.aim([portOf(product)])
  const database = await connectBeside(dataDir)
  const history = createHistory()
  const people = { residents: 4, volunteers: 3, organizers: 1, pauseMs: 150 }
  const crowd = await makeCrowd({ seed, url: gate.url, database, history, ...people })
  const probe = await makeLoadClient({ name: 'probe', url: gate.url, address: '198.51.100.200', history })
  return { dataDir, env, gate, database, history, crowd, probe, chance: makeChance(`${seed} kills`), product }
}

/** Kills at a random moment of the work. Returns how long nobody was answered, in ms. */
async function killOne(scene: Scene, victim: Victim): Promise<number> {
  const { chance, gate, probe } = scene
  await untilAnswered(scene, ANSWERS_BETWEEN)
  await sleep(chance.int(0, MOMENT_MAX_MS))
  const killedAt = performance.now()
  if (victim === 'backend') process.kill(await pickBackend(scene), 'SIGKILL')
  if (victim === 'postmaster' || victim === 'both') process.kill(await postmasterOf(scene.dataDir), 'SIGKILL')
  if (victim === 'app' || victim === 'both') {
    await scene.product.kill()
    scene.product = await startProcess(scene.env)
    gate.aim([portOf(scene.product)])
  }
  while (!(await probe.sync()))
    if (scene.product.child.exitCode !== null) throw new Error(`The product ended: ${scene.product.said()}`)
  const answeredMs = performance.now() - killedAt
  // A try at a booking that is cut off in the middle counts for an hour. Here a minute stands for months: it is over.
  await persistently(() => scene.database.sql`delete from tries where city = ${CITY.code}`)
  return answeredMs
}

/** Waits for so many more answers. Throws with what can be known where nobody is answered any more. */
async function untilAnswered({ history, product, database }: Scene, count: number): Promise<void> {
  const wanted = countEvents(history).answered + count
  const limit = Date.now() + SILENCE_MAX_MS
  while (countEvents(history).answered < wanted) {
    if (Date.now() > limit) {
      const sessions = await database.sql`
        select state, wait_event_type, wait_event, left(query, 60) as query, now() - state_change as since
          from pg_stat_activity where backend_type = 'client backend'`
      const pages = await fetch(product.url, { signal: AbortSignal.timeout(10_000) }).then(
        (page) => page.status,
        String,
      )
      throw new Error(`Nobody is answered: ${JSON.stringify({ sessions, pages })} ${product.said().slice(-2000)}`)
    }
    await sleep(5)
  }
}

/** Any process of the database but our own connection: one that is at work, if there is one, as often as not. */
async function pickBackend({ database, chance }: Scene): Promise<number> {
  const rows = await database.sql<{ pid: number; busy: boolean }>`
    select pid, coalesce(state <> 'idle', false) as busy from pg_stat_activity where pid <> pg_backend_pid()`
  const busy = rows.filter((row) => row.busy)
  return chance.pick(busy.length > 0 && chance.happens(0.5) ? busy : rows).pid
}

async function judge({ history, database }: Scene, devices: readonly DeviceState[]): Promise<readonly Violation[]> {
  const events = [...history.events] // what comes meanwhile is judged the next time
  const state = await persistently(() => readCityState(database, CITY.code))
  return checkHistory({ history: { events }, state, devices, wasKilled: true })
}

function portOf({ url }: ProductProcess): number {
  return Number(new URL(url).port)
}

function describe(seed: string, history: History, rounds: KillRun['rounds']): string {
  const { said, asked, lost } = countEvents(history)
  const medians = VICTIMS.map((victim) => {
    const times = rounds.filter((round) => round.victim === victim).map(({ answeredMs }) => answeredMs)
    return `${victim} ${times.length} (${Math.round(times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0)} ms)`
  })
  return `Kills, seed «${seed}»: ${said} operations of 8 people, ${asked} requests, ${lost} answers lost; killed, and median until the next answer: ${medians.join(', ')}`
}
