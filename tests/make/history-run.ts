import { setTimeout as sleep } from 'node:timers/promises'
import { makeChance } from './chance.ts'
import { CITY } from './city.ts'
import { readCityState } from './city-state.ts'
import { type FaultGate, openFaultGate } from './fault-gate.ts'
import { checkHistory, type Violation } from './history-check.ts'
import { countEvents, createHistory, type History } from './history.ts'
import { makeCrowd } from './load-crowd.ts'
import { type LoadServers, startLoadServers } from './load-servers.ts'

const TROUBLE = 0.3
const LOOK_MS = 500

export interface HistoryRun {
  readonly history: History
  readonly violations: readonly Violation[]
  /** Operations that had been said when something was found, or when all was over. */
  readonly operations: number
  /** Seed, operations, faults: what a reader wants to know of it. */
  readonly line: string
}

export interface HistoryWanted {
  readonly seed: string
  readonly seconds: number
  /** Judges all the time, and ends at the first violation. */
  readonly untilCaught?: boolean
}

/** 20 people use one city, served by two processes on one database, through a network full of faults; then all is mended, everybody
 *  syncs to the end, and the history is judged. */
export async function runHistory(wanted: HistoryWanted): Promise<HistoryRun> {
  const servers = await startLoadServers(2)
  const gate = await openFaultGate(makeChance(`${wanted.seed} gate`))
  try {
    gate.aim(servers.ports)
    return await runThrough(gate, servers, wanted)
  } finally {
    await gate.close()
    await servers.stop()
  }
}

async function runThrough(
  gate: FaultGate,
  { database }: LoadServers,
  { seed, seconds, untilCaught = false }: HistoryWanted,
): Promise<HistoryRun> {
  const history = createHistory()
  const people = { residents: 10, volunteers: 7, organizers: 3, pauseMs: 150 }
  const crowd = await makeCrowd({ seed, url: gate.url, database, history, ...people })
  gate.trouble(TROUBLE)
  const end = Date.now() + seconds * 1000
  let caught: readonly Violation[] = []
  const isOver = (): boolean => Date.now() >= end || caught.length > 0
  const living = crowd.live(isOver)
  while (untilCaught && !isOver()) {
    const events = [...history.events]
    caught = checkHistory({ history: { events }, state: await readCityState(database, CITY.code), devices: [] })
    if (!isOver()) await sleep(LOOK_MS)
  }
  const early = caught.length > 0 ? countEvents(history).said : null
  await living
  gate.trouble(0)
  if (early === null) await crowd.finish()
  const devices = await Promise.all(crowd.clients.map((client) => client.held()))
  crowd.close()
  const state = await readCityState(database, CITY.code)
  return {
    history,
    violations: early === null ? checkHistory({ history, state, devices }) : caught,
    operations: early ?? countEvents(history).said,
    line: describe(seed, history, gate),
  }
}

function describe(seed: string, history: History, { counts }: FaultGate): string {
  const { said, asked, answered, lost } = countEvents(history)
  const faults = Object.entries(counts).map(([kind, count]) => `${kind} ${count}`)
  const network = `${asked} requests, ${answered} answered, ${lost} answers lost; connections: ${faults.join(', ')}`
  return `History, seed «${seed}»: ${said} operations of 20 people, ${network}`
}
