import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { stopOnSignals } from '#server/stop-on-signals.ts'
import { measureAudit } from './audit.ts'
import { measureCities } from './cities.ts'
import { measureConvergence } from './convergence.ts'
import { drawCurves } from './curve.ts'
import { asMarkdown, asText, closingTable, type Table } from './figures.ts'
import { measureFirstLoad } from './first-load.ts'
import { measureFirstPull } from './first-pull.ts'
import { measureGrowth } from './growth.ts'
import { describeMachine } from './machine.ts'
import { type BenchPostgres, startBenchPostgres } from './postgres.ts'
import { measureRush } from './rush.ts'
import { measureSoak } from './soak.ts'
import { measureTaps } from './taps.ts'

const USAGE = `node tests/bench/main.ts [<part> …] [--write] [--minutes <n>] [--at-once], after \`npm run build\`
  --write    puts what was measured into docs/performance.md, with its pictures; other parts of the page stay, each with its day
  --minutes  how long the soak lasts, 10 if left out
  --at-once  waits for no quiet machine: for a try, not for figures`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    write: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '10' },
    'at-once': { type: 'boolean', default: false }, // read in machine.ts
  },
})
const PARTS: Readonly<Record<string, (postgres: BenchPostgres) => Promise<Table>>> = {
  convergence: measureConvergence,
  'first-pull': measureFirstPull,
  rush: measureRush,
  taps: measureTaps,
  page: measureFirstLoad,
  audit: measureAudit,
  growth: measureGrowth,
  cities: measureCities,
  soak: (postgres) => measureSoak(postgres, Number(values.minutes)),
}
const IMAGES = join(import.meta.dirname, '../../docs/images')
const REPORT = join(import.meta.dirname, '../../docs/performance.md')

const isReadable = positionals.every((name) => name in PARTS) && Number(values.minutes) > 0
if (!isReadable || (values.write && values['at-once'])) {
  throw new Error(`${USAGE}\n  parts: ${Object.keys(PARTS).join(', ')}`)
}

const startedAt = performance.now()
const postgres = await startBenchPostgres()
stopOnSignals(postgres.stop) // it is no child of ours to the terminal, and would stay
try {
  const tables: Table[] = []
  for (const [name, part] of Object.entries(PARTS)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue
    const table = await part(postgres)
    console.log(asText(table))
    tables.push(table)
  }
  console.log(asText(closingTable(tables)))
  console.log(`${describeMachine()}; ${((performance.now() - startedAt) / 60_000).toFixed(1)} minutes`)
  if (values.write) {
    await mkdir(dirname(REPORT), { recursive: true })
    await writeFile(REPORT, render(tables, await readFile(REPORT, 'utf8').catch(() => '')))
    for (const { picture } of tables) if (picture) await writeFile(join(IMAGES, picture.file), drawCurves(picture))
  }
} finally {
  await postgres.stop()
}

/** The page with these tables in it: new parts first, those that were not measured now as they stood. */
function render(tables: readonly Table[], before: string): string {
  const day = new Date().toISOString().slice(0, 10)
  const measured = tables.map((table) => asMarkdown({ ...table, after: [...table.after, `Measured on ${day}.`] }))
  const headings = new Set([...tables, closingTable(tables)].map(({ heading }) => heading))
  const kept = before
    .split(/^(?=## )/m)
    .slice(1)
    .filter((part) => !headings.has(part.slice(3, part.indexOf('\n'))))
  return `# How fast it is

Measured by \`npm run bench\`, which prints the same tables; \`npm run bench -- --write\` writes this page, each part with its day. No figure is set by hand.
Machine: ${describeMachine()}. Each part says how much of it other programs used meanwhile.
Phone and line are imitated, so compare figures of one part with each other, and runs on one machine.

${[asMarkdown(closingTable(tables)), ...measured, ...kept].join('\n')}`
}
