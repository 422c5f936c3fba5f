import { setTimeout as sleep } from 'node:timers/promises'
import { fiscalYearOf } from '#kernel/fiscal-year.ts'
import { instantOf, localDateOf } from '#kernel/time.ts'
import type { RosterEntry } from '#attendance/domain/mark.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { makeEnrollment, makeMark, makeUndo } from '../make/payloads.ts'
import { goalOf, median, type Table } from './figures.ts'
import { watchOthers } from './machine.ts'
import type { BenchPostgres } from './postgres.ts'
import { seedSessions } from './seeds.ts'
import { makeSpeaker, openLink, type Speaker } from './speaker.ts'
import { type BenchServer, startServer } from './start-server.ts'
import { openWire } from './wire.ts'

const PHONES = 10
const RESIDENTS = 5
const READERS = 10
const WARM_UP_MS = 60_000 // what a program needs once is not what it loses
const LOOK_MS = 2000
const TARGET_SHARE = 0.1

interface Look {
  readonly minute: number
  readonly residentMiB: number
  readonly heapMiB: number
}

/** Whether the server keeps what it should forget: its memory under everything at once, for `minutes`. */
export async function measureSoak(postgres: BenchPostgres, minutes: number): Promise<Table> {
  const template = await postgres.makeTemplate((database) =>
    seedSessions(database, { sessions: 2, people: 40, firstInDays: null }),
  )
  const coming = await postgres.makeTemplate((database) =>
    seedSessions(database, { sessions: 4, people: 20, firstInDays: 0 }),
  )
  void template
  const server = await startServer('product', await postgres.copy(coming), ['--expose-gc'])
  const others = watchOthers()
  const load = await startLoad(server)
  try {
    await sleep(Math.min(WARM_UP_MS, minutes * 60_000))
    const looks = await watchMemory(server, minutes)
    return tableOf(looks, { ...(await load.stop()), minutes, others: others() })
  } finally {
    await load.stop()
    await server.stop()
  }
}

async function watchMemory(server: BenchServer, minutes: number): Promise<readonly Look[]> {
  const looks: Look[] = []
  for (const from = Date.now(); Date.now() - from < minutes * 60_000; await sleep(LOOK_MS)) {
    const minute = Math.floor((Date.now() - from) / 60_000)
    looks.push({ minute, ...(await server.usage()) })
  }
  return looks
}
