import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { stopOnSignals } from '#server/stop-on-signals.ts'
import { measureAudit } from './audit.ts'
import { measureCities } from './cities.ts'
import { measureConvergence } from './convergence.ts'
import { drawCurves } from './curve.ts'
import { asMarkdown, asText, type Table } from './figures.ts'
import { measureFirstLoad } from './first-load.ts'
import { measureGrowth } from './growth.ts'
import { describeMachine } from './machine.ts'
import { type BenchPostgres, startBenchPostgres } from './postgres.ts'
import { measureTaps } from './taps.ts'

/** `node tests/bench/main.ts [--only <part>] [--write]`, after `npm run build`. `--write` renders docs/performance.md. */
const PARTS: Readonly<Record<string, (postgres: BenchPostgres) => Promise<Table>>> = {
  convergence: measureConvergence,
  taps: measureTaps,
  page: measureFirstLoad,
  audit: measureAudit,
  growth: measureGrowth,
  cities: measureCities,
}
const IMAGES = join(import.meta.dirname, '../../docs/images')
const REPORT = join(import.meta.dirname, '../../docs/performance.md')

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false }, only: { type: 'string' } } })
if (values.only !== undefined && !(values.only in PARTS)) throw new Error(`Parts: ${Object.keys(PARTS).join(', ')}`)
if (values.only !== undefined && values.write) throw new Error('--write wants all parts of one run')

const postgres = await startBenchPostgres()
stopOnSignals(postgres.stop) // it is no child of ours to the terminal, and would stay
try {
  const tables: Table[] = []
  for (const [name, part] of Object.entries(PARTS)) {
    if (values.only !== undefined && values.only !== name) continue
    const table = await part(postgres)
    console.log(asText(table))
    tables.push(table)
  }
  console.log(describeMachine())
  if (values.write) {
    await mkdir(dirname(REPORT), { recursive: true })
    await writeFile(REPORT, render(tables))
    for (const { picture } of tables) if (picture) await writeFile(join(IMAGES, picture.file), drawCurves(picture))
  }
} finally {
  await postgres.stop()
}

function render(tables: readonly Table[]): string {
  const day = new Date().toISOString().slice(0, 10)
  return `# How fast it is

Measured on ${day} by \`npm run bench\`, which prints the same tables; \`npm run bench -- --write\` writes this page. No figure is set by hand.
Machine: ${describeMachine()}. Each part says how much of it other programs used meanwhile.
Phone and line are imitated, so compare figures of one run with each other, and runs on one machine.

${tables.map(asMarkdown).join('\n')}`
}
