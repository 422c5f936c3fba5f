import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { BROKEN_NAMES, type BrokenName, breakSource, MUTATIONS } from '../make/broken-build.ts'

const ROOT = join(import.meta.dirname, '../..')
const SEEDS = '40'

/** Plays the first seeds over a build with this fault planted into it. */
async function simulate(broken: BrokenName): Promise<{ readonly code: number | null; readonly said: string }> {
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs')
  const args = [
    vitest,
    'run',
    '--config',
    'tests/vitest.config.ts',
    'tests/simulation/world.test.ts',
    '-t',
    'nothing is lost',
  ]
  const env = { PATH: process.env['PATH'] ?? '', NO_COLOR: '1', YOROZU_BROKEN: broken, YOROZU_LONG: SEEDS }
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const [said, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { code: code as number | null, said: said + errors }
}

test.each(BROKEN_NAMES)('the simulation catches a build with this fault planted: %s', async (name) => {
  const { code, said } = await simulate(name)
  const [, seeds] = /caught after (\d+) seeds/.exec(said) ?? []
  expect({ code, seeds }, said).toEqual({ code: 1, seeds: expect.any(String) })
  console.log(`simulation: ${name} is caught after ${seeds} of ${SEEDS} seeds`)
})

test('each fault that can be planted still fits the source', async () => {
  for (const { name, file } of MUTATIONS) {
    const path = join(ROOT, file)
    const source = await readFile(path, 'utf8')
    expect(breakSource(name, path, source), file).not.toEqual(source)
  }
})
