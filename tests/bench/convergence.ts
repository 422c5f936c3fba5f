import { connectDatabase } from '#server/database.ts'
import { type FloorDevice, type MemoryDevice, makeFloorDevice, makeMemoryDevice } from './devices.ts'
import { goalOf, median, spread, type Table } from './figures.ts'
import { createFloorTable } from './floor-endpoint.ts'
import { waitForQuiet, watchOthers } from './machine.ts'
import type { BenchPostgres } from './postgres.ts'
import { seedSessions } from './seeds.ts'
import { type BenchServer, startServer } from './start-server.ts'
import type { Wire } from './wire.ts'

const DEVICES = 20
const EACH = 50
const ALL = DEVICES * EACH
const ROUNDS = 5
const TARGET_RATIO = 1.5
const LIMIT_MS = 60_000

interface Round {
  readonly ms: number
  /** CPU of the server's own process, and of PostgreSQL. */
  readonly cpuMs: number
  readonly databaseCpuMs: number
  readonly peakMiB: number
  readonly downMb: number
  readonly upMb: number
  readonly others: number
}

/** From 1,000 check-ins on 20 devices without a network to all of them on the server and on every device. */
export async function measureConvergence(postgres: BenchPostgres): Promise<Table> {
  const towns = await postgres.makeTemplate(async (database) => {
    await seedSessions(database, { sessions: DEVICES, people: EACH, firstInDays: null })
    await createFloorTable(database)
  })
  const product: Round[] = []
  const floor: Round[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const results = [await runRound('product', towns, postgres), await runRound('floor', towns, postgres)] as const
    if (round === 0) continue // both warm up once: caches of the machine, not of the server
    product.push(results[0])
    floor.push(results[1])
  }
  return tableOf(product, floor)
}

async function runRound(kind: 'product' | 'floor', template: string, postgres: BenchPostgres): Promise<Round> {
  const url = await postgres.copy(template)
  const server = await startServer(kind, url)
  try {
    const { wires, run } = kind === 'product' ? await prepareProduct(server) : prepareFloor(server)
    await waitForQuiet(20_000)
    const round = await measure({ server, postgres, wires }, run)
    await assertAllKept(url, kind)
    for (const wire of wires) wire.close()
    return round
  } finally {
    await server.stop()
  }
}

interface Prepared {
  readonly wires: readonly Wire[]
  readonly run: () => Promise<void>
}

async function prepareProduct({ origin, links }: BenchServer): Promise<Prepared> {
  const devices: MemoryDevice[] = []
  for (let index = 0; index < DEVICES; index += 1) {
    // Of the office: a volunteer's phone holds no more than 100 people, and these are to hear of all 1,000.
    const opened = await fetch(origin + links.organizer, { redirect: 'manual' })
    const device = makeMemoryDevice(origin, opened.headers.get('set-cookie')?.split(';')[0] ?? '')
    await device.prepare()
    device.checkIn(index)
    devices.push(device)
  }
  const run = async () => void (await Promise.all(devices.map((device) => device.reconnect(ALL).converged)))
  return { wires: devices.map((device) => device.wire), run }
}

function prepareFloor({ origin }: BenchServer): Prepared {
  const devices: FloorDevice[] = Array.from({ length: DEVICES }, () => makeFloorDevice(origin))
  const run = async () => {
    await Promise.all(devices.map((device) => device.send(EACH)))
    const held = await Promise.all(devices.map((device) => device.take(ALL)))
    if (held.some((count) => count !== ALL)) throw new Error('The floor lost marks')
  }
  return { wires: devices.map((device) => device.wire), run }
}

interface Measured {
  readonly server: BenchServer
  readonly postgres: BenchPostgres
  readonly wires: readonly Wire[]
}

async function measure({ server, postgres, wires }: Measured, run: () => Promise<void>): Promise<Round> {
  const megabytes = (way: 'down' | 'up') => wires.reduce((sum, wire) => sum + wire.bytes()[way], 0) / 1e6
  const before = {
    ...(await server.usage()),
    database: postgres.cpuSeconds(),
    down: megabytes('down'),
    up: megabytes('up'),
  }
  const others = watchOthers()
  const startedAt = performance.now()
  await Promise.race([run(), giveUp()])
  const ms = performance.now() - startedAt
  const share = others()
  const { cpuMs, peakMiB } = await server.usage()
  return {
    ms,
    cpuMs: cpuMs - before.cpuMs,
    databaseCpuMs: (postgres.cpuSeconds() - before.database) * 1000,
    peakMiB,
    downMb: megabytes('down') - before.down,
    upMb: megabytes('up') - before.up,
    others: share,
  }
}

function giveUp(): Promise<never> {
  return new Promise((_resolve, reject) =>
    setTimeout(() => reject(new Error(`No convergence in ${LIMIT_MS} ms`)), LIMIT_MS).unref(),
  )
}

async function assertAllKept(url: string, kind: 'product' | 'floor'): Promise<void> {
  const { sql, close } = connectDatabase({ url, maxConnections: 1 })
  const [row] =
    kind === 'floor'
      ? await sql<{ count: number }>`select count(*)::int as count from floor_marks`
      : await sql<{ count: number }>`
          select count(*)::int as count from attendance_marks join operations on name = 'attendance.mark' and payload ->> 'markId' = mark_id::text`
  await close()
  if (row?.count !== ALL) throw new Error(`The server kept ${row?.count ?? 0} of ${ALL} marks`)
}

function tableOf(product: readonly Round[], floor: readonly Round[]): Table {
  const ratio = median(product.map((round) => round.ms)) / median(floor.map((round) => round.ms))
  const row = (name: string, rounds: readonly Round[]): readonly string[] => {
    const figures = (of: (round: Round) => number, digits = 0) => spread(rounds.map(of), digits)
    return [
      name,
      figures((round) => round.ms),
      figures((round) => round.cpuMs),
      figures((round) => round.databaseCpuMs),
      figures((round) => round.peakMiB),
      figures((round) => round.downMb, 2),
      figures((round) => round.upMb, 2),
      figures((round) => round.others * 100),
    ]
  }
  return {
    heading: '1,000 check-ins held by 20 phones, all back at once',
    before: [
      `${DEVICES} devices hold ${EACH} check-ins each and get their network back in the same moment. Time until the server has all ${ALL} and every device has all ${ALL}. ` +
        'Real HTTP on loopback, the real server in a process of its own, PostgreSQL with every commit on the disk. ' +
        'The devices speak the real protocol (push, cursors, pokes, the same short waits as the browser) and keep their records in memory: twenty browsers on one machine would measure themselves.',
      'The floor is the least that could do it, on the same PostgreSQL in the same run: one multi-row `insert … on conflict do nothing` per device and one `select` of all rows since a cursor, ' +
        'no rules, no rights, no log; its devices are told for nothing when all others have sent.',
    ],
    head: ['', 'ms', 'server CPU ms', 'PostgreSQL CPU ms', 'server peak MiB', 'MB down', 'MB up', 'others’ CPU %'],
    rows: [row('Yorozu', product), row('floor', floor)],
    goals: [goalOf('1,000 check-ins from 20 phones, against the bare endpoint', ratio, TARGET_RATIO)],
    after: [
      `Ratio of the medians: **${ratio.toFixed(2)}** (target ${TARGET_RATIO}). ${ROUNDS} rounds each, in turn, after one that is not counted; median (least–greatest).`,
    ],
  }
}
