import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLocalDb } from '#client/local-db.ts'
import { type StoreName, UPGRADES } from '#client/local-schema.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import type { Role } from '#login/domain/roles.ts'
import { asStatement } from '#server/database.ts'
import { migrate } from '#server/migrate.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import type { SyncRequest } from '#sync/domain/protocol.ts'
import { makePhone, type Phone } from './phone.ts'
import { makeEmptyDatabase, type TestDatabase } from './postgres.ts'

const MIGRATIONS = join(import.meta.dirname, '../../src/server/migrations')
const RELEASES = join(import.meta.dirname, '../data/releases')
/** In the order in which they refer to each other; the rest in any order. */
const FIRST = ['cities', 'venues', 'instructors', 'sessions', 'learners', 'enrollments']

/** A store of a browser: keys where the values do not hold their own. */
interface DumpedStore {
  readonly keys: readonly IDBValidKey[]
  readonly values: readonly unknown[]
}

/** What an earlier release has left behind: the rows of a city, and four devices that fell asleep with something unsent. */
export interface OldRelease {
  readonly now: string
  /** How many steps of the tables it knew. */
  readonly migrations: number
  /** Today's class, with seats for three of four people; and one in two weeks. */
  readonly sessionId: SessionId
  readonly later: SessionId
  /** Of today's class, in order of arrival. */
  readonly learners: readonly LearnerId[]
  readonly tables: Readonly<Record<string, readonly object[]>>
  readonly phones: readonly {
    readonly name: string
    readonly role: Role
    readonly stores: Readonly<Partial<Record<StoreName, DumpedStore>>>
  }[]
  /** What its devices would have sent next, word by word. */
  readonly requests: readonly { readonly role: Role; readonly request: SyncRequest }[]
}

/** `release-1.json`: made by the program of that release itself. See tests/data/README.md. */
export async function readRelease(name: string): Promise<OldRelease> {
  return JSON.parse(await readFile(join(RELEASES, `${name}.json`), 'utf8')) as OldRelease
}

/** Its city in a database as that release had it, then brought up to this version as a start does. */
export async function loadCity({ migrations, tables }: OldRelease): Promise<TestDatabase> {
  const database = await makeEmptyDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'yorozu-migrations-'))
  const steps = (await readdir(MIGRATIONS)).sort().slice(0, migrations)
  for (const step of steps) await cp(join(MIGRATIONS, step), join(folder, step))
  await migrate(database, folder)
  await rm(folder, { recursive: true })
  const names = [
    ...FIRST.filter((name) => name in tables),
    ...Object.keys(tables).filter((name) => !FIRST.includes(name)),
  ]
  for (const name of names) await insertRows(database, name, tables[name] ?? [])
  await migrate(database)
  return database
}

async function insertRows({ sql, transaction }: TestDatabase, table: string, rows: readonly object[]): Promise<void> {
  const columns = await sql<{ name: string }>`
    select attname as name from pg_attribute
     where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attgenerated = ''`
  const list = columns.map(({ name }) => name).join(', ')
  const literal = JSON.stringify(rows).replaceAll("'", "''")
  await transaction(async (tx) => {
    await tx`set local session_replication_role = replica` // the rows were checked where they were made
    await tx(
      asStatement(`insert into ${table} (${list}) overriding system value
                   select ${list} from jsonb_populate_recordset(null::${table}, '${literal}')`),
    )
  })
}

/** One of its devices as it lies on the disk, to be opened by the program of today. */
export async function loadPhone({ stores }: OldRelease['phones'][number]): Promise<Phone> {
  const name = `yorozu-${crypto.randomUUID()}`
  const version = 'keys' in stores ? 2 : 1
  const disk = openLocalDb({ name, upgrades: UPGRADES.slice(0, version) })
  for (const [store, { keys, values }] of Object.entries(stores) as [StoreName, DumpedStore][]) {
    const revived = await Promise.all(values.map(revive))
    await disk.write([store], async (tx) => {
      const kept = tx.objectStore(store)
      const isKeyed = kept.keyPath !== null
      await Promise.all(
        revived.map((value, index) => kept.put(value as never, isKeyed ? undefined : (keys[index] as never))),
      )
    })
  }
  disk.close()
  return makePhone(undefined, name)
}

interface Dumped {
  readonly $buffer?: string
  readonly $bytes?: string
  readonly $key?: JsonWebKey
  readonly algorithm?: AesKeyAlgorithm
  readonly usages?: KeyUsage[]
}

/** Bytes and keys as they were; keys cannot be read out, as on a real device. */
async function revive(value: unknown): Promise<unknown> {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return Promise.all(value.map(revive))
  const { $buffer, $bytes, $key, algorithm, usages } = value as Dumped
  if ($bytes !== undefined) return new Uint8Array(Buffer.from($bytes, 'base64'))
  if ($buffer !== undefined) return new Uint8Array(Buffer.from($buffer, 'base64')).buffer
  if ($key && algorithm && usages)
    return crypto.subtle.importKey('jwk', { ...$key, ext: false }, algorithm, false, usages)
  const entries = Object.entries(value).map(async ([key, one]) => [key, await revive(one)] as const)
  return Object.fromEntries(await Promise.all(entries))
}
