import type { Database } from '#server/database.ts'
import { endHeld, syncPhone } from './network.ts'
import { findBroken } from './invariants.ts'
import { openTown } from './opening.ts'
import { type SimPhone, startAnew } from './phone.ts'
import { takeStep } from './steps.ts'
import type { Storages } from './storage.ts'
import { makeSimTown } from './town.ts'
import { readTruth, type Truth } from './truth.ts'
import { makeWorld, type World } from './world.ts'

/** What one seed has done, and what was wrong with it. */
export interface SeedRun {
  readonly seed: string
  readonly trace: readonly string[]
  readonly operations: number
  readonly faults: ReadonlyMap<string, number>
  readonly problems: readonly string[]
}

export interface Ground {
  readonly database: Database
  readonly storages: Storages
}

const STEPS_LEAST = 12
const STEPS_MOST = 26
let runsSoFar = 0

/** Plays one seed from an empty city to its end, heals everything, and looks at what is left. */
export async function runSeed({ database, storages }: Ground, seed: string): Promise<SeedRun> {
  const town = await makeSimTown(database, seed, `seed ${seed} run ${++runsSoFar}`)
  const world = makeWorld(town, storages)
  const trace: string[] = []
  try {
    await openTown(world)
    const steps = town.chance.int(STEPS_LEAST, STEPS_MOST)
    for (let step = 1; step <= steps && world.problems.length === 0; step += 1) {
      trace.push(`${step}. ${await takeStep(world)}`)
      world.seats.largest = 0
    }
    if (world.problems.length === 0) await heal(world, trace)
    const truth = await readTruth(town)
    trace.push(`at the end: ${countsOf(truth)}`)
    if (world.problems.length === 0) world.problems.push(...(await findBroken(world, truth)))
  } catch (error) {
    world.problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
  for (const phone of town.phones) phone.closeAll()
  storages.clear()
  const operations = town.phones.reduce((sum, { recorded }) => sum + recorded.length, 0)
  return { seed, trace, operations, faults: world.faults, problems: world.problems }
}

/** Everything that was under way is lost, every page begins anew, and the network is fine: after one round to send and one to fetch,
 *  all is quiet. */
async function heal(world: World, trace: string[]): Promise<void> {
  const { town } = world
  world.underway.length = 0
  for (const phone of town.phones) {
    await endHeld(world, phone, 'lose')
    await startAnew(phone, town.now())
  }
  const syncs = async (phone: SimPhone): Promise<string> => `${phone.name} ${await syncPhone(world, phone, 'fine')}`
  const sent: string[] = []
  for (const phone of town.phones) sent.push(await syncs(phone))
  const fetched = await Promise.all(town.phones.map(syncs)) // nobody says anything any more: their order is all the same
  trace.push(`healed: ${sent.join()}`)
  const failed = [...sent, ...fetched].filter((end) => !end.endsWith(' done'))
  if (failed.length > 0) world.problems.push(`does not get through when all is well: ${failed.join()}`)
}

function countsOf({ version, operations, records, enrollments, cancelled, visits, people }: Truth): string {
  const seats = `${enrollments.length} asked for a seat, ${cancelled.length} gave it back`
  return `version ${version}, ${operations.length} operations, ${records.length} records; ${seats}; 延べ ${visits}, 実人数 ${people}`
}

/** A failing seed in words: what was wrong, how to play it again, and what it did. */
export function describeRun({ seed, trace, problems }: SeedRun, file: string): string {
  const again = `YOROZU_SEED=${seed} npx vitest run --config tests/vitest.config.ts ${file}`
  return [`seed ${seed} broke:`, ...problems, '', `again: ${again}`, '', ...trace].join('\n')
}
