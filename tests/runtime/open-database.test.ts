import { randomBytes } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { startApp } from '../make/app-process.ts'
import { makeEmptyDatabase } from '../make/postgres.ts'

test('a PostgreSQL of one’s own serves several processes at once, and no data folder is made', async () => {
  const database = await makeEmptyDatabase()
  const dataDir = join(tmpdir(), `yorozu-unused-${randomBytes(4).toString('hex')}`)
  const env = { DATABASE_URL: database.url, DATA_DIR: dataDir }
  const apps = [startApp({ env }), startApp({ env }), startApp({ env })]
  expect(await Promise.all(apps.map((app) => app.ready))).toEqual([[], [], []])
  for (const app of apps) expect(await app.keep('from one of three')).toBe(true)
  for (const app of apps) expect(await app.end('SIGTERM')).toEqual({ code: 0, errors: '' })
  expect(await database.sql`select 1 from cities`).toHaveLength(3)
  await expect(stat(dataDir)).rejects.toThrow('ENOENT')
  await database.drop()
})

test.each([
  ['a wrong password', (url: URL) => void (url.password = 'himitsu'), '断られました（28P01）'],
  [
    'a database that is not there',
    (url: URL) => void (url.pathname = '/nowhere'),
    'その名前のデータベースがありません（3D000）',
  ],
])('%s is said at once, without the password', async (_, change, sentence) => {
  const url = new URL(inject('postgresUrl'))
  const { password } = url
  change(url)
  const { code, errors } = await startApp({ env: { DATABASE_URL: url.href } }).ended
  expect({ code, lines: errors.trim().split('\n').length }).toEqual({ code: 1, lines: 1 })
  expect(errors).toContain(sentence)
  expect(errors).not.toContain(password)
  expect(errors).not.toContain('himitsu')
})
