import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appendLines } from '../make/audit.ts'
import { CITY, insertCity } from '../make/city.ts'
import { makeDatabase, type TestDatabase } from '../make/postgres.ts'

const MAIN = join(import.meta.dirname, '../../src/main.audit.ts')

let database: TestDatabase
beforeAll(async () => {
  database = await makeDatabase()
  await appendLines(database, await insertCity(database), 30)
})
afterAll(() => database.drop())

/** Runs the command as a person does; what it said, and how it ended. */
function verify(): Promise<{ readonly code: number; readonly said: string }> {
  const env = { ...process.env, DATABASE_URL: database.url }
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN], { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, said: stdout + stderr })
    })
  })
}

test('a whole audit: one sentence, and the head to write down', async () => {
  const { code, said } = await verify()
  expect(said).toMatch(
    /^監査の記録 30行は、欠けも書き換えもありません。\n最後の行は30番、その印は (?:[0-9a-f]{4} ){16}です。/,
  )
  expect(code).toBe(0)
})

test('one that was changed: each place, and an end that a program can see', async () => {
  await database.transaction(async (sql) => {
    await sql`set local session_replication_role = replica`
    await sql`update audit_log set count = 7 where city = ${CITY.code} and seq = 12`
    await sql`delete from audit_log where city = ${CITY.code} and seq in (20, 21)`
  })
  const { code, said } = await verify()
  expect(said.split('\n').slice(0, 3)).toEqual([
    '監査の記録 28行に、おかしい所が2か所あります。',
    '12番の行が書き換えられています。',
    '20番から21番までの行がなくなっています。',
  ])
  expect(code).toBe(1)
})
