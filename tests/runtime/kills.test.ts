import { expect, test } from 'vitest'
import { runKills } from '../make/kill-run.ts'
import { runs } from '../make/long.ts'

const ROUNDS = 30 // of one city; then a new one
const ROUND_LIMIT_MS = 30_000
const cities = Array.from({ length: Math.ceil(runs(ROUNDS) / ROUNDS) }, (_, n) => n + 1)

test.each(cities)(
  'whatever is killed at whatever moment – the program, a part of its database, the whole of it, both – nothing acknowledged is lost or doubled, and it serves again (city %i)',
  async (city) => {
    const { violations, rounds, line } = await runKills({ seed: `kills ${city}`, rounds: ROUNDS })
    process.stdout.write(`${line}\n`)
    expect(violations.slice(0, 10)).toEqual([])
    expect(rounds).toHaveLength(ROUNDS)
  },
  ROUNDS * ROUND_LIMIT_MS,
)
