import { setTimeout as sleep } from 'node:timers/promises'
import { median, spread, type Goal, type Table } from './figures.ts'
import { watchOthers } from './machine.ts'
import type { BenchPostgres } from './postgres.ts'
import { seedSessions } from './seeds.ts'
import { startLoad } from './soak-load.ts'
import { type BenchServer, startServer } from './start-server.ts'

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
    seedSessions(database, { sessions: 8, people: 20, firstInDays: 0, seats: 40 }),
  )
  const server = await startServer('product', await postgres.copy(template), ['--expose-gc'])
  const others = watchOthers()
  const load = await startLoad(server)
  try {
    await sleep(Math.min(WARM_UP_MS, minutes * 30_000))
    const looks = await watchMemory(server, minutes)
    return tableOf(looks, { ...(await load.stop()), minutes, others: others() })
  } finally {
    await load.stop() // it would go on without an end
    await server.stop()
  }
}

async function watchMemory(server: BenchServer, minutes: number): Promise<readonly Look[]> {
  const looks: Look[] = []
  for (const from = Date.now(); Date.now() - from < minutes * 60_000; await sleep(LOOK_MS)) {
    const minute = Math.floor((Date.now() - from) / 60_000)
    const { residentMiB, heapMiB } = await server.usage()
    looks.push({ minute, residentMiB, heapMiB })
  }
  return looks
}

interface Load {
  readonly minutes: number
  readonly done: number
  readonly errors: number
  readonly others: number
}

function tableOf(looks: readonly Look[], { minutes, done, errors, others }: Load): Table {
  const byMinute = [...Map.groupBy(looks, ({ minute }) => minute).values()]
  const grown = (what: string, of: (look: Look) => number): Goal => {
    const [first = [], last = first] = [byMinute[0], byMinute.at(-1)]
    const share = median(last.map(of)) / median(first.map(of)) - 1
    const measured = `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(1)} %`
    return { what, target: `± ${TARGET_SHARE * 100} %`, measured, isMet: Math.abs(share) <= TARGET_SHARE }
  }
  const [resident, heap] = [({ residentMiB }: Look) => residentMiB, ({ heapMiB }: Look) => heapMiB]
  return {
    heading: 'A long day',
    before: [
      `The memory of the server's process during ${minutes} minutes of everything at once, after a minute that is not counted: 10 phones that come new, hear of each other, mark people, take it back and go, ` +
        '5 people who ask for a seat and give it back, 10 who read, and an office that looks at its figures, its phones and its audit. Garbage is collected before each look, so what is seen is held.',
    ],
    head: ['minute', 'whole process MiB', 'objects of the program MiB'],
    rows: byMinute.map((all, minute) => [String(minute + 1), spread(all.map(resident)), spread(all.map(heap), 1)]),
    goals: [
      grown(`memory after ${minutes} minutes of load: whole process`, resident),
      grown('– objects of the program', heap),
      { what: '– errors', target: '0', measured: String(errors), isMet: errors === 0 },
    ],
    after: [
      `A look every ${LOOK_MS / 1000} s; of each minute median (least–greatest). ${done.toLocaleString('en')} rounds of work, ${errors} errors. Other programs used ${(others * 100).toFixed(0)} % of the machine.`,
    ],
  }
}
