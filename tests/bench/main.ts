import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measureConvergence } from './convergence.ts'
import { measureFirstLoad } from './first-load.ts'
import { asMarkdown, asText, type Table } from './figures.ts'
import { describeMachine } from './machine.ts'
import { type BenchPostgres, startBenchPostgres } from './postgres.ts'
import { measureTaps } from './taps.ts'

const PARTS = {
  convergence: measureConvergence,
  taps: measureTaps,
  page: measureFirstLoad,
} as const satisfies Record<string, (postgres: BenchPostgres) => Promise<Table>>

const { values } = parseArgs({ options: { write: { type: 'boolean' }, only: { type: 'string' } } })
const postgres = await startBenchPostgres()
const tables: Table[] = []
try {
  console.log(describeMachine())
  for (const [name, part] of Object.entries(PARTS)) {
    if (values.only !== undefined && values.only !== name) continue
    const table = await part(postgres)
    console.log(asText(table))
    tables.push(table)
  }
} finally {
  await postgres.stop()
}
