import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkSecurityTable, readResults, readSecurityTable } from './tidy/security-table.ts'

/** Holds docs/security.md beside the last run of the tests: every row of its table is proven by tests that exist and passed. */
const ROOT = join(import.meta.dirname, '..')
const RESULTS = join(ROOT, '.cache/tests.json')

if (!existsSync(RESULTS)) {
  console.error('No results of tests yet: run `npm test` first.')
  process.exitCode = 1
} else {
  const rows = readSecurityTable(readFileSync(join(ROOT, 'docs/security.md'), 'utf8'))
  const results = readResults(readFileSync(RESULTS, 'utf8'), ROOT)
  const troubles = checkSecurityTable(rows, results)
  for (const trouble of troubles) console.error(trouble)
  const proofs = rows.reduce((sum, row) => sum + row.proofs.length, 0)
  console.log(`${rows.length} rows, ${proofs} proofs, ${troubles.length} troubles`)
  if (troubles.length > 0) process.exitCode = 1
}
