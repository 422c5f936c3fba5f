import 'fake-indexeddb/auto'
import { beforeAll, expect, test, vi } from 'vitest'
import { runs } from '../make/long.ts'
import { makeDatabase } from '../make/postgres.ts'
import { describeRun, type Ground, runSeed } from './world/run-seed.ts'
import { installStorages } from './world/storage.ts'

const FILE = 'tests/simulation/world.test.ts'
const asked = process.env['YOROZU_SEED']
const seeds = asked === undefined ? Array.from({ length: runs(500) }, (_, index) => String(index + 1)) : [asked]

let ground: Ground
beforeAll(async () => {
  const database = await makeDatabase()
  ground = { database, storages: installStorages() }
  vi.spyOn(process.stderr, 'write').mockReturnValue(true) // the server's own words about the faults that are planted
  return () => database.close()
})

test(
  'five phones, two servers, and everything that can go wrong: once all is well, nothing is lost, doubled or given to the wrong phone',
  async () => {
    const faults = new Map<string, number>()
    let operations = 0
    const startedAt = performance.now()
    for (const [index, seed] of seeds.entries()) {
      const run = await runSeed(ground, seed)
      operations += run.operations
      for (const [name, count] of run.faults) faults.set(name, (faults.get(name) ?? 0) + count)
      if (run.problems.length > 0) console.log(`caught after ${index + 1} seeds`)
      expect(run.problems, describeRun(run, FILE)).toEqual([])
    }
    const seconds = Math.round((performance.now() - startedAt) / 1000)
    const injected = [...faults.keys()].toSorted().map((name) => `${faults.get(name)} ${name}`)
    console.log(`simulation: ${seeds.length} seeds, ${operations} operations, ${seconds} s; ${injected.join(', ')}`)
  },
  seeds.length * 5_000 + 60_000,
)

test('the same seed plays the same run, step by step', async () => {
  for (const seed of ['1', '2', '3', '4', '5', '6']) {
    const [once, again] = [await runSeed(ground, seed), await runSeed(ground, seed)]
    expect(again).toEqual(once)
  }
})
