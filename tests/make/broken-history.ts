import { argv, stdout } from 'node:process'
import { runHistory } from './history-run.ts'
import { runKills } from './kill-run.ts'

/** A short proof of the build that `YOROZU_BROKEN` names, as a program: says what it found, as JSON. */
const [proof = '', seed = '', size = '0'] = argv.slice(2)
const { violations, operations } =
  proof === 'kills'
    ? await runKills({ seed, rounds: Number(size), untilCaught: true })
    : await runHistory({ seed, seconds: Number(size), untilCaught: true })
const rules = [...new Set(violations.map(({ rule }) => rule))]
stdout.write(`${JSON.stringify({ operations, rules })}\n`)
process.exit(0) // what is left open belongs to this program alone
