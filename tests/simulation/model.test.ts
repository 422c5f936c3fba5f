import { randomInt } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askedBroken } from '../make/broken-build.ts'
import { runs } from '../make/long.ts'
import { openModelTown } from '../make/model-town.ts'
import { makeDatabase, type TestDatabase } from '../make/postgres.ts'
import { installStorageFaults } from '../make/storage-faults.ts'
import { makeCommands, type Tally } from './model-commands.ts'
import { makeModel, ROLES } from './model-deeds.ts'
import { CLASSES } from './model-sayings.ts'
import { meetAll } from './model-moves.ts'

/** A failure is run again by what fast-check prints of it: `YOROZU_REPLAY='{"seed":1,"path":"0:1","replayPath":"AAB:C"}'`. */
const asked = JSON.parse(process.env['YOROZU_REPLAY'] ?? '{}') as {
  readonly seed?: number
  readonly path?: string
  readonly replayPath?: string
}
const seed = asked.seed ?? randomInt(2 ** 31)
const COMMANDS = runs(5000)
const COMMANDS_MAX = 50 // in one run; a third of them cannot be done at the time
const RUNS = 10 + Math.ceil(COMMANDS / 15) // some 17 of them can, so that all together there are enough

const storage = installStorageFaults()
let database: TestDatabase
beforeAll(async () => {
  database = await makeDatabase()
})
afterAll(() => database.drop())

test('whatever people, networks, batteries and clocks do: phones, tables and totals are those of the model', async () => {
  const tally: Tally = { commands: new Map(), faults: new Map() }
  let tries = 0
  const total = (): number => [...tally.commands.values()].reduce((sum, count) => sum + count, 0)
  const commands = fc.commands(makeCommands(tally), {
    maxCommands: COMMANDS_MAX,
    size: 'max',
    ...(asked.replayPath !== undefined && { replayPath: asked.replayPath }),
  })
  const property = fc.asyncProperty(commands, async (given) => {
    tries += 1
    const town = await openModelTown({ database, storage, roles: ROLES, classes: CLASSES })
    const model = makeModel()
    try {
      await meetAll(model, town)
      await fc.asyncModelRun(() => ({ model, real: town }), given)
      await meetAll(model, town)
    } finally {
      await town.close()
    }
  })
  try {
    const again = asked.path === undefined ? {} : { path: asked.path }
    // A broken build has to be caught; what is the smallest way to break it, nobody wants to know.
    await fc.assert(property, { numRuns: RUNS, seed, ...again, endOnFailure: askedBroken() !== null })
    if (asked.path === undefined) expect(total()).toBeGreaterThanOrEqual(COMMANDS)
  } finally {
    const done = `${tries} runs, ${total()} commands: ${inWords(tally.commands)}`
    console.log(`model: seed ${seed}, ${done}; faults: ${inWords(tally.faults)}`)
  }
}, 3_600_000)

function inWords(counts: ReadonlyMap<string, number>): string {
  const lines = [...counts].map(([what, count]) => `${what} ${count}`)
  return lines.toSorted().join(', ')
}
