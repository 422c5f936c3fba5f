import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { invariant } from '#kernel/invariant.ts'
import { asStatement, type Database, type Sql } from './database.ts'
import { StartRefusal } from './start-refusal.ts'

const FOLDER = join(import.meta.dirname, 'migrations')
const LOCK = 0x796f726f // 'yoro': any number that all processes share

interface Migration {
  readonly number: number
  readonly name: string
  readonly text: string
  readonly sha256: string
}
type Applied = Omit<Migration, 'text'>

/** Brings the tables up to this version of the program, forward only, each step in a transaction of its own. Several processes may
 *  do it together. Refuses a database that a newer version has changed, and one whose past steps are not those of this program. */
export async function migrate(database: Database, folder = FOLDER): Promise<void> {
  const migrations = await readMigrations(folder)
  let more = true
  while (more) more = await database.transaction((sql) => applyNext(sql, migrations))
}

/** The steps in order, from files named `0001_cities.sql`. */
async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()
  return Promise.all(
    files.map(async (file, index) => {
      const [, number, name = ''] = /^(\d{4})_(.+)\.sql$/.exec(file) ?? []
      invariant(Number(number) === index + 1, `${file} is migration number ${index + 1}`)
      const text = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n') // as git may write it on Windows
      return { number: index + 1, name, text, sha256: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

/** Applies the first step that is missing; false when there is none. The lock lasts until commit, so that the next process finds it done. */
async function applyNext(sql: Sql, migrations: readonly Migration[]): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(${LOCK})`
  await sql`
    create table if not exists schema_migrations (
      number     int primary key,
      name       text not null,
      sha256     text not null,
      applied_at timestamptz not null default now()
    )`
  const applied = await sql<Applied>`select number, name, sha256 from schema_migrations order by number`
  refuseOtherPast(applied, migrations)
  const next = migrations[applied.length]
  if (next === undefined) return false
  await sql(asStatement(next.text))
  await sql`insert into schema_migrations (number, name, sha256) values (${next.number}, ${next.name}, ${next.sha256})`
  return true
}

function refuseOtherPast(applied: readonly Applied[], migrations: readonly Migration[]): void {
  for (const [index, past] of applied.entries()) {
    const known = migrations[index]
    const step = `${String(past.number).padStart(4, '0')}_${past.name}`
    if (known === undefined)
      throw new StartRefusal(
        `このデータベースは、より新しい版の「よろず」で使われています（${step}）。新しい版のプログラムで起動してください。`,
      )
    if (known.number !== past.number || known.name !== past.name || known.sha256 !== past.sha256)
      throw new StartRefusal(
        `データベースの作り方の記録（${step}）が、このプログラムと合いません。記録を作ったときの版のプログラムで起動してください。`,
      )
  }
}
