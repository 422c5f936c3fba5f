import { expect, test } from 'vitest'
import { asStatement } from '#server/database.ts'
import { runs } from '../make/long.ts'
import { runPowerCuts } from '../make/power-cut-run.ts'

const CUTS = Math.ceil(runs(500) / 100) // each takes as long as a hundred of other things
const CUT_LIMIT_MS = 60_000

test(
  'whenever the power goes, what was acknowledged is on the disk, and the product starts again on what is left',
  async () => {
    const { violations, cuts, line } = await runPowerCuts({ seed: 'power', cuts: CUTS })
    process.stdout.write(`${line}\n`)
    expect(violations.slice(0, 10)).toEqual([])
    expect(cuts).toBe(CUTS)
  },
  CUTS * CUT_LIMIT_MS,
)

test(
  'a database that acknowledges before it writes is found out',
  async () => {
    const { violations, cuts } = await runPowerCuts({
      seed: 'spoiled',
      cuts: 20,
      async spoil({ sql }) {
        await sql(asStatement('alter system set synchronous_commit = off'))
        await sql`select pg_reload_conf()`
      },
    })
    process.stdout.write(`Without waiting for the disk: found out at cut ${cuts}\n`)
    expect(violations.map(({ rule }) => rule)).toContain('lost')
  },
  20 * CUT_LIMIT_MS,
)
