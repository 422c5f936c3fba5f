import { checkAudit } from '#audit/server/verify-audit.ts'
import { appendAudit } from '#server/audit.ts'
import { connectDatabase, type Database } from '#server/database.ts'
import { appendLines, makeAuditEntry } from '../make/audit.ts'
import { CITY, insertCity } from '../make/city.ts'
import { spread, type Table } from './figures.ts'
import { waitForQuiet, watchOthers } from './machine.ts'
import type { BenchPostgres } from './postgres.ts'

const LINES = 100_000
const ROUNDS = 5
const PUSH = 1000
const TARGET_MS = 3000

/** The check of a long audit, and what writing lines costs whoever waits for it. */
export async function measureAudit(postgres: BenchPostgres): Promise<Table> {
  const template = await postgres.makeTemplate(async (database) => {
    await insertCity(database)
    for (let done = 0; done < LINES; done += 5000) await appendLines(database, CITY.code, 5000)
  })
  const database = connectDatabase({ url: await postgres.copy(template), maxConnections: 2 })
  try {
    return await measure(database)
  } finally {
    await database.close()
  }
}

async function measure(database: Database): Promise<Table> {
  await checkWhole(database) // warms up: caches of the machine, not of the program
  await waitForQuiet(20_000)
  const others = watchOthers()
  const check = await timed(() => checkWhole(database))
  const push = Array.from({ length: PUSH }, () => makeAuditEntry())
  const [one] = push
  const many = await timed(() => appendAudit(database.sql, CITY.code, push))
  const single = await timed(() => appendAudit(database.sql, CITY.code, one === undefined ? [] : [one]))
  return {
    heading: 'The audit: checking it, and writing it',
    before: [
      `A chain of ${LINES.toLocaleString('en')} lines in PostgreSQL, checked as \`npm run audit:verify\` and the page check it: every line is read and its SHA-256 computed anew. ` +
        'Below it, what writing lines takes by itself, commit on the disk included; within a push there is one commit for all.',
    ],
    head: ['', 'ms', 'target'],
    rows: [
      [`check of ${LINES.toLocaleString('en')} lines`, spread(check), String(TARGET_MS)],
      [`${PUSH.toLocaleString('en')} lines at once`, spread(many), ''],
      ['one line', spread(single, 1), ''],
    ],
    after: [
      `${ROUNDS} rounds each, after one that is not counted; median (least–greatest). Other programs used ${(others() * 100).toFixed(0)} % of the machine.`,
    ],
  }
}

async function timed(work: () => Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedAt = performance.now()
    await work()
    times.push(performance.now() - startedAt)
  }
  return times
}

async function checkWhole(database: Database): Promise<void> {
  const { breakCount, lineCount } = await checkAudit(database, CITY.code)
  if (breakCount > 0 || lineCount < LINES) throw new Error('The chain is not whole')
}
