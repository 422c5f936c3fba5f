import { join } from 'node:path'
import { argv, stdout } from 'node:process'
import { askedBroken } from './broken-build.ts'
import { runHistory } from './history-run.ts'
import { runKills } from './kill-run.ts'

const HOOK = join(import.meta.dirname, 'broken-build-hook.ts')

/** A short proof of the build that `YOROZU_BROKEN` names, as a program: says what it found, as JSON. */
const [proof = '', seed = '', size = '0'] = argv.slice(2)
const env = { NODE_OPTIONS: `--import=${HOOK}`, YOROZU_BROKEN: askedBroken() ?? '' }
const { violations, operations } =
  proof === 'kills'
    ? await runKills({ seed, rounds: Number(size), env, untilCaught: true })
    : await runHistory({ seed, seconds: Number(size), env, untilCaught: true })
const rules = [...new Set(violations.map(({ rule }) => rule))]
stdout.write(`${JSON.stringify({ operations, rules })}\n`)
process.exit(0) // what is left open belongs to this program alone
