import { createHash } from 'node:crypto'
import pg from 'pg'
import { invariant } from '#kernel/invariant.ts'
import { columnTypes } from './column-types.ts'
import { listenOn, type OnPayload } from './listen.ts'

/** One statement: SQL text with every value as a parameter, never as text. Returns its rows.
 *  An array becomes an SQL array, for `any(${ids})`; a document is written `${JSON.stringify(body)}::jsonb`.
 *  Columns arrive as `columnTypes` says. A text without values may hold several statements, and then returns no rows. */
export interface Sql {
  <Row extends object>(text: TemplateStringsArray, ...values: readonly unknown[]): Promise<Row[]>
}

/** A PostgreSQL database, embedded or a server of one's own; the same SQL on both. */
export interface Database {
  readonly sql: Sql
  /** Runs `work` in one transaction: all of it, or nothing when it throws. */
  transaction<Value>(work: (sql: Sql) => Promise<Value>): Promise<Value>
  /** Calls back with each payload NOTIFYed on `channel`; reconnects by itself, and says so with `null`. Returns how to stop. */
  listen(channel: string, onPayload: OnPayload): Promise<() => Promise<void>>
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string
  readonly maxConnections?: number
}

const CONNECT_WAIT_MS = 10_000 // a request waits no longer than this for a free connection

/** Opens a pool of connections. Nothing is connected before the first statement. */
export function connectDatabase({ url, maxConnections = 10 }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: CONNECT_WAIT_MS,
    keepAlive: true,
    types: columnTypes,
    // Whatever the server's own settings are, days and instants look the same here.
    // oxlint-disable-next-line typescript/no-misused-promises -- the pool waits for it, whatever its type says
    onConnect: (client) => client.query(`set timezone = 'UTC'; set datestyle = 'ISO, YMD'`),
  })
  pool.on('error', () => undefined) // an idle connection broke: the pool has dropped it and opens another when asked
  const listeners = new Set<() => Promise<void>>()
  return {
    sql: (text, ...values) => run(pool, text, values),
    transaction: (work) => inTransaction(pool, work),
    async listen(channel, onPayload) {
      const stop = await listenOn(url, channel, onPayload)
      listeners.add(stop)
      return () => {
        listeners.delete(stop)
        return stop()
      }
    },
    async close() {
      await Promise.all([...listeners].map((stop) => stop()))
      await pool.end()
    },
  }
}

/** Runs a part of a transaction that may fail alone: what it wrote is undone, the error goes on, the transaction stays usable. */
export async function savepoint<Value>(sql: Sql, work: () => Promise<Value>): Promise<Value> {
  await sql`savepoint part`
  try {
    const value = await work()
    await sql`release savepoint part`
    return value
  } catch (error) {
    await sql`rollback to savepoint part; release savepoint part`
    throw error
  }
}

/** A text that was not written in the source, such as a migration, as `sql` takes it. Never for what a person typed. */
export function asStatement(text: string): TemplateStringsArray {
  return Object.assign([text], { raw: [text] })
}

async function inTransaction<Value>(pool: pg.Pool, work: (sql: Sql) => Promise<Value>): Promise<Value> {
  const client = await pool.connect()
  let broken: Error | undefined
  const onError = (error: Error) => void (broken = error) // unheard, it would end the process; the statement under way fails anyway
  client.on('error', onError)
  const { sql, end } = sqlOf(client)
  try {
    await client.query('begin')
    const value = await work(sql)
    await end()
    const { command } = await client.query('commit')
    // PostgreSQL answers a commit after a failed statement with a rollback, and calls it a success.
    if (command !== 'COMMIT') throw new Error('The transaction was undone: one of its statements failed unheard')
    return value
  } catch (error) {
    await end()
    await client.query('rollback').catch((failed: Error) => void (broken ??= failed))
    throw error
  } finally {
    client.off('error', onError)
    client.release(broken)
  }
}

/** The `sql` of one transaction: statements run one after another, also when they are asked for together. */
function sqlOf(client: pg.PoolClient): { readonly sql: Sql; readonly end: () => Promise<unknown> } {
  let last: Promise<unknown> = Promise.resolve()
  let ended = false
  return {
    sql: <Row extends object>(text: TemplateStringsArray, ...values: readonly unknown[]) => {
      invariant(!ended, 'a transaction is not used after its end')
      const rows = last.then(() => run<Row>(client, text, values))
      last = rows.catch(() => undefined)
      return rows
    },
    end() {
      ended = true
      return last
    },
  }
}

async function run<Row extends object>(
  on: pg.Pool | pg.PoolClient,
  text: TemplateStringsArray,
  values: readonly unknown[],
): Promise<Row[]> {
  const { rows } =
    values.length === 0
      ? await on.query<Row>(text.join(''))
      : await on.query<Row>({ ...prepared(text), values: [...values] })
  return rows ?? [] // several statements give several results
}

const statements = new WeakMap<TemplateStringsArray, { readonly text: string; readonly name: string }>()

/** A statement under a name of its own, so that a connection parses it once however often it runs. */
function prepared(template: TemplateStringsArray): { readonly text: string; readonly name: string } {
  const known = statements.get(template)
  if (known !== undefined) return known
  const text = template.reduce((before, part, index) => `${before}$${index}${part}`)
  const statement = { text, name: createHash('sha256').update(text).digest('hex').slice(0, 32) }
  statements.set(template, statement)
  return statement
}
