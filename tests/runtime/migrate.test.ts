import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connectDatabase } from '#server/database.ts'
import { migrate } from '#server/migrate.ts'
import { makeDatabase, makeEmptyDatabase, type TestDatabase } from '../make/postgres.ts'

let folder: string
let database: TestDatabase
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yorozu-migrations-'))
  database = await makeEmptyDatabase()
  await writeMigration('0001_halls.sql', 'create table halls (name text); insert into halls values ($$公民館$$);')
  await writeMigration('0002_seats.sql', 'alter table halls add seats int;')
})
afterEach(async () => {
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

function writeMigration(file: string, text: string): Promise<void> {
  return writeFile(join(folder, file), text)
}

async function done(): Promise<readonly number[]> {
  const rows = await database.sql<{ number: number }>`select number from schema_migrations order by number`
  return rows.map((row) => row.number)
}

test('every step of the product is done once, in order, and remembered', async () => {
  const files = await readdir(join(import.meta.dirname, '../../src/server/migrations'))
  const fresh = await makeDatabase()
  const rows = await fresh.sql<{ file: string }>`
    select to_char(number, 'FM0000') || '_' || name || '.sql' as file from schema_migrations order by number`
  expect(rows.map((row) => row.file)).toEqual(files.sort())
  await migrate(fresh)
  expect(await fresh.sql`select 1 from schema_migrations`).toHaveLength(files.length)
  await fresh.drop()
})

test('processes that start together do each step once between them', async () => {
  const others = Array.from({ length: 4 }, () => connectDatabase({ url: database.url }))
  await Promise.all([database, ...others].map((each) => migrate(each, folder)))
  expect(await database.sql`select name, seats from halls`).toEqual([{ name: '公民館', seats: null }])
  expect(await done()).toEqual([1, 2])
  await Promise.all(others.map((each) => each.close()))
})

test('a new step is done on what is there', async () => {
  await migrate(database, folder)
  await writeMigration('0003_address.sql', `alter table halls add address text default '中央1'`)
  await migrate(database, folder)
  expect(await database.sql`select address from halls`).toEqual([{ address: '中央1' }])
})

test('a step that fails leaves nothing of itself, and the steps before it stay', async () => {
  await writeMigration('0003_broken.sql', 'create table half (id int); select 1 / 0;')
  await expect(migrate(database, folder)).rejects.toThrow('division by zero')
  expect(await done()).toEqual([1, 2])
  expect(await database.sql`select to_regclass('half') as half`).toEqual([{ half: null }])
  await writeMigration('0003_broken.sql', 'create table half (id int);')
  await migrate(database, folder)
  expect(await done()).toEqual([1, 2, 3])
})

test('a database of a newer version is refused with the step it does not know, and left as it is', async () => {
  const newer = `${folder}-newer`
  await cp(folder, newer, { recursive: true })
  await writeFile(join(newer, '0003_future.sql'), 'drop table halls;')
  await migrate(database, newer)
  await expect(migrate(database, folder)).rejects.toThrow(
    'このデータベースは、より新しい版の「よろず」で使われています（0003_future）。新しい版のプログラムで起動してください。',
  )
  expect(await done()).toEqual([1, 2, 3])
  await rm(newer, { recursive: true })
})

test('a changed past is refused: what ran is not what the program says', async () => {
  await migrate(database, folder)
  await writeMigration('0001_halls.sql', 'create table halls (name text not null);')
  await expect(migrate(database, folder)).rejects.toThrow(
    'データベースの作り方の記録（0001_halls）が、このプログラムと合いません',
  )
})

test('line ends as Windows writes them are no change', async () => {
  await writeMigration('0002_seats.sql', 'alter table halls\nadd seats int;\n')
  await migrate(database, folder)
  await writeMigration('0002_seats.sql', 'alter table halls\r\nadd seats int;\r\n')
  await migrate(database, folder)
  expect(await done()).toEqual([1, 2])
})
