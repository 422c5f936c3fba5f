import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '#server/database.ts'
import { readAnswer } from '#sync/client/read-answer.ts'
import { ensureBuilt } from './built-product.ts'
import { type Chance, makeChance } from './chance.ts'
import { CITY } from './city.ts'
import { readCityState } from './city-state.ts'
import { checkHistory, type Violation } from './history-check.ts'
import { countEvents, createHistory, type History, type HistoryEvent } from './history.ts'
import { makeCrowd } from './load-crowd.ts'
import { postSync } from './load-wire.ts'
import { connectBeside } from './own-postgres.ts'
import { cutPower, type Machine, takeSynced } from './power-cut.ts'
import { startProcess } from './product-process.ts'

export interface PowerCutRun {
  readonly violations: readonly Violation[]
  readonly cuts: number
  readonly line: string
}

export interface PowerCutsWanted {
  readonly seed: string
  readonly cuts: number
  /** Makes the database worse before the work begins. */
  readonly spoil?: (database: Database) => Promise<unknown>
}

const ANSWERS_BETWEEN = 20
const MOMENT_MAX_MS = 400
const CHECKPOINT_MS = 30 // about as long as one takes here

/** 8 people use one city, and its machine loses its power again and again at random moments. Each time the product is started on what
 *  the disk might hold, and everything that was acknowledged must be there. Ends at the first violation. */
export async function runPowerCuts({ seed, cuts, spoil }: PowerCutsWanted): Promise<PowerCutRun> {
  await ensureBuilt()
  const root = await mkdtemp(join(tmpdir(), 'yorozu-power-'))
  const dataDir = join(root, 'data')
  const chance = makeChance(`${seed} cuts`)
  const product = await startProcess({ DATA_DIR: dataDir, TRUST_PROXY: '1' })
  const database = await connectBeside(dataDir)
  const machine: Machine = { dataDir, product, database }
  const history = createHistory()
  const people = { residents: 4, volunteers: 3, organizers: 1, pauseMs: 150 }
  const crowd = await makeCrowd({ seed, url: product.url, database, history, ...people })
  await spoil?.(database)
  let violations: readonly Violation[] = []
  let isOver = false
  let [done, acknowledged, blocks] = [0, 0, 0]
  try {
    const living = crowd.live(() => isOver)
    for (; done < cuts && violations.length === 0; done += 1) {
      const copy = join(root, `after cut ${done + 1}`)
      const cut = await cutAtWork(machine, { history, copy, chance })
      acknowledged = history.settled().size
      blocks += cut.putBack
      violations = await judge(copy, cut.events)
      await rm(copy, { recursive: true, force: true })
    }
    isOver = true
    await living
    return { violations, cuts: done, line: describe({ seed, history, cuts: done, acknowledged, blocks }) }
  } finally {
    isOver = true
    crowd.close()
    await database.close()
    await product.stop()
    await rm(root, { recursive: true, force: true })
  }
}

interface AtWork {
  readonly history: History
  readonly copy: string
  readonly chance: Chance
}

/** Cuts the power at a random moment of the work, every other time in the middle of a checkpoint. */
async function cutAtWork(
  machine: Machine,
  { history, copy, chance }: AtWork,
): Promise<{ readonly putBack: number; readonly events: readonly HistoryEvent[] }> {
  for (;;) {
    const synced = await takeSynced(machine)
    const before = countEvents(history).answered
    while (countEvents(history).answered < before + ANSWERS_BETWEEN) await sleep(5)
    await sleep(chance.int(0, MOMENT_MAX_MS))
    const checkpoint = chance.happens(0.5) ? machine.database.sql`checkpoint` : null
    if (checkpoint !== null) await sleep(chance.int(0, CHECKPOINT_MS))
    let events: readonly HistoryEvent[] = []
    const putBack = await cutPower(machine, synced, copy, { atCut: () => void (events = [...history.events]), chance })
    await checkpoint
    if (putBack !== null) return { putBack, events }
  }
}

/** Starts the product on what is left, reads everything, and lets people say again what they had said last. */
async function judge(dataDir: string, events: readonly HistoryEvent[]): Promise<readonly Violation[]> {
  const product = await startProcess({ DATA_DIR: dataDir, TRUST_PROXY: '1' })
  const database = await connectBeside(dataDir)
  try {
    const state = await readCityState(database, CITY.code)
    const again = await sayAgain(product.url, events)
    const after = await readCityState(database, CITY.code)
    const wasKilled = true
    return [
      ...checkHistory({ history: { events }, state, devices: [], wasKilled }),
      ...checkHistory({ history: { events: [...events, ...again] }, state: after, devices: [], wasKilled }),
    ]
  } finally {
    await database.close()
    await product.stop()
  }
}

/** The last request of everybody whose device alone says who they are. */
async function sayAgain(url: string, events: readonly HistoryEvent[]): Promise<readonly HistoryEvent[]> {
  const last = new Map<string, HistoryEvent & { readonly kind: 'asked' }>()
  for (const event of events) {
    if (event.kind !== 'asked' || event.client.startsWith('organizer') || event.request.push.length === 0) continue
    last.set(event.client, event)
  }
  const said: HistoryEvent[] = []
  for (const { client, request } of last.values()) {
    const response = await postSync({ url, address: '198.51.100.201' }, request, AbortSignal.timeout(60_000))
    const answer = response.ok ? readAnswer(await response.json()) : null
    if (answer === null) throw new Error(`${client} was answered with ${response.status}`)
    said.push({ kind: 'asked', client, asked: 0, request }, { kind: 'answered', client, asked: 0, answer })
  }
  return said
}

interface Described {
  readonly seed: string
  readonly history: History
  readonly cuts: number
  readonly acknowledged: number
  readonly blocks: number
}

function describe({ seed, history, cuts, acknowledged, blocks }: Described): string {
  const { said, asked } = countEvents(history)
  const work = `${said} operations of 8 people in ${asked} requests, ${acknowledged} acknowledged before the last cut`
  return `Power cuts, seed «${seed}»: ${cuts} under load, ${work}; each time the end of the log torn, in all ${blocks} blocks of data put back`
}
