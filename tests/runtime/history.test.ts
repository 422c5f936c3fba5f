import { expect, test } from 'vitest'
import { runHistory } from '../make/history-run.ts'
import { runs } from '../make/long.ts'

const SECONDS = 60

const minutes = Array.from({ length: Math.ceil(runs(1) / 1000) }, (_, n) => n + 1) // a minute holds thousands of operations

test.each(minutes)(
  'through a bad network, nothing acknowledged to 20 people is lost or doubled, no seat is sold twice, and no screen goes back (run %i)',
  async (run) => {
    const { violations, line } = await runHistory({ seed: `history ${run}`, seconds: SECONDS })
    process.stdout.write(`${line}\n`)
    expect(violations.slice(0, 10)).toEqual([])
  },
  SECONDS * 1000 + 120_000,
)
