import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BROKEN_NAMES, type BrokenName } from '../make/broken-build.ts'

const ROOT = join(import.meta.dirname, '../..')
const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs')
const COMMANDS = '1500' // a third of what the sound build has to get through

/** What the model test says of a broken build. */
function tryModel(name: BrokenName): Promise<string> {
  const env = { PATH: process.env['PATH'] ?? '', YOROZU_BROKEN: name, YOROZU_LONG: COMMANDS, NO_COLOR: '1' }
  const args = [VITEST, 'run', '--config', 'tests/vitest.config.ts', 'tests/simulation/model.test.ts']
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: ROOT, env }, (_failed, stdout, stderr) => resolve(stdout + stderr))
  })
}

test.each(BROKEN_NAMES)('the model test catches a build that does this: %s', async (name) => {
  const said = await tryModel(name)
  const [, runs, commands] = /model: seed \d+, (\d+) runs, (\d+) commands/.exec(said) ?? []
  console.log(`The model test caught ${name} after ${runs} runs, ${commands} commands`)
  expect(said).toMatch(/Property failed after \d+ tests/)
})
