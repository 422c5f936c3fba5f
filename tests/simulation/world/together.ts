import { setImmediate } from 'node:timers/promises'
import type { ServerProcess } from './server-process.ts'
import type { Moment } from './watched-database.ts'
import type { World } from './world.ts'

/** So many turns of the machine without a statement: whoever is not done then waits for somebody else. */
const QUIET_TURNS = 25

interface Wanted {
  /** Which process of the server each of them reaches. */
  readonly order: readonly [number, number]
  /** Before which statement of its transaction the first one stops, until the second can go no further. */
  readonly pauseAt: number
}

interface Gate {
  readonly opened: Promise<void>
  open(): void
}

/** Two requests meet. The first stops in the middle of its transaction; the second goes as far as it can, and goes on when the first
 *  is done: whatever the machine does, it comes out the same each time. */
export async function meetAtServer(
  world: World,
  [first, second]: readonly [() => Promise<string>, () => Promise<string>],
  { order, pauseAt }: Wanted,
): Promise<readonly string[]> {
  const { servers } = world.town
  const [serverOfFirst, serverOfSecond] = order.map((index) => servers[index])
  if (serverOfFirst === undefined || serverOfSecond === undefined) throw new Error('There are two servers')
  const [paused, go, isFirstDone] = [makeGate(), makeGate(), makeGate()]
  let statements = 0
  let mustWait = false

  const pauseFirst = async ({ inTransaction }: Moment): Promise<void> => {
    if (!inTransaction || ++statements !== pauseAt) return
    paused.open()
    await go.opened
  }
  /** In the same process the second waits in line, and takes its turn when the first has given it back: not before it is answered. */
  const pauseBoth = async (moment: Moment): Promise<void> => {
    if (mustWait && moment.inTransaction && isTurn(moment)) await isFirstDone.opened
    await pauseFirst(moment)
  }
  serverOfFirst.watch(serverOfFirst === serverOfSecond ? pauseBoth : pauseFirst)
  if (serverOfFirst !== serverOfSecond)
    serverOfSecond.watch(async () => {
      if (mustWait) await isFirstDone.opened
    })

  world.serverIndex = order[0]
  const firstEnd = first().finally(() => {
    paused.open()
    isFirstDone.open()
  })
  await paused.opened
  world.serverIndex = order[1]
  let isSecondDone = false
  const before = serverOfSecond.arrivals()
  const secondEnd = second().finally(() => void (isSecondDone = true))
  while (!isSecondDone && serverOfSecond.arrivals() === before) await setImmediate()
  await untilStuck(world, serverOfSecond, () => isSecondDone)
  mustWait = true
  go.open()
  const ends = [await firstEnd, await secondEnd]
  for (const server of [serverOfFirst, serverOfSecond]) server.watch(async () => {})
  return ends
}

function makeGate(): Gate {
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open }
}

/** The first statement of a push: whoever has its answer has the city's turn. */
function isTurn({ text }: Moment): boolean {
  return text.includes('learners_per_teacher from cities')
}

/** Until the second is done, waits for a lock of the database, or waits in line in its process. */
async function untilStuck(world: World, server: ServerProcess, isDone: () => boolean): Promise<void> {
  const { sql } = world.town.kit.database
  for (let quiet = 0; !isDone() && quiet < QUIET_TURNS; quiet += 1) {
    await setImmediate()
    if (server.busy() === 0) continue
    quiet = 0
    const waiting = await sql`
      select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' limit 1`
    if (waiting.length > 0) return
  }
}
