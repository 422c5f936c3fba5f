import { createHash } from 'node:crypto'
import pg from 'pg'
import { invariant } from '#kernel/invariant.ts'
import { columnTypes } from './column-types.ts'
import { createDatabaseServers, type DatabaseServers, NOT_WRITABLE } from './database-servers.ts'
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
  /** `postgres://user:password@host:port/database`, with several servers as `host:port,host:port`: the one that takes writes counts. */
  readonly url: string
  readonly maxConnections?: number
  /** After so long without an answer a connection is given up, as when its machine is gone without a word. Never, if left out. */
  readonly answerLimitMs?: number
}

const CONNECT_WAIT_MS = 10_000 // a request waits no longer than this for a free connection

/** Opens a pool of connections. Nothing is connected before the first statement. */
export function connectDatabase({ url, maxConnections = 10, answerLimitMs }: DatabaseOptions): Database {
  const servers = createDatabaseServers(url)
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: CONNECT_WAIT_MS,
    keepAlive: true,
    types: columnTypes,
    ...(answerLimitMs !== undefined && { query_timeout: answerLimitMs }),
    // oxlint-disable-next-line typescript/no-misused-promises -- the pool waits for it, whatever its type says
    onConnect: (client) => prepare(client, servers),
  })
  pool.on('error', () => undefined) // an idle connection broke: the pool has dropped it and opens another when asked
  pool.on('release', (broken) => {
    if (broken) servers.doubt()
  })
  const connect: Connect = () => connectTo(pool, servers)
  const listeners = new Set<() => Promise<void>>()
  return {
    sql: (text, ...values) => onConnection(connect, (client) => run(client, text, values)),
    transaction: (work) => onConnection(connect, (client, giveUp) => inTransaction(client, giveUp, work)),
    async listen(channel, onPayload) {
      const stop = await listenOn(() => servers.seek(), channel, onPayload)
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

type Connect = () => Promise<pg.PoolClient>

/** A free connection, or a new one to the server that takes writes. */
async function connectTo(pool: pg.Pool, servers: DatabaseServers): Promise<pg.PoolClient> {
  if (!servers.areSeveral) return pool.connect()
  pool.options.connectionString = servers.current() ?? (await servers.seek())
  try {
    return await pool.connect()
  } catch {
    pool.options.connectionString = await servers.seek()
    return pool.connect()
  }
}

/** Whatever the server's own settings are, days and instants look the same here. Refuses a server that has come to follow another one. */
async function prepare(client: pg.ClientBase, { areSeveral }: DatabaseServers): Promise<void> {
  await client.query(`set timezone = 'UTC'; set datestyle = 'ISO, YMD'`)
  if (!areSeveral) return
  const { rows } = await client.query<{ follows: boolean }>('select pg_is_in_recovery() as follows')
  if (rows[0]?.follows !== false) throw Object.assign(new Error('This server takes no writes'), { code: NOT_WRITABLE })
}

type GiveUp = (error: Error) => void

/** Does some work on a connection. `giveUp`: nobody gets this connection again. */
async function onConnection<Value>(
  connect: Connect,
  work: (client: pg.PoolClient, giveUp: GiveUp) => Promise<Value>,
): Promise<Value> {
  const client = await connect()
  let broken: Error | undefined
  const giveUp: GiveUp = (error) => void (broken ??= error)
  client.on('error', giveUp) // unheard, it would end the process; the statement under way fails anyway
  try {
    return await work(client, giveUp)
  } catch (error) {
    if (isUnanswered(error)) giveUp(error)
    throw error
  } finally {
    client.off('error', giveUp)
    client.release(broken)
  }
}

/** Nobody has answered in time: what may still come on this connection would be the answer to something else. */
function isUnanswered(error: unknown): error is Error {
  return error instanceof Error && error.message === 'Query read timeout' // as pg says it
}

async function inTransaction<Value>(
  client: pg.PoolClient,
  giveUp: GiveUp,
  work: (sql: Sql) => Promise<Value>,
): Promise<Value> {
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
    if (!isUnanswered(error)) await client.query('rollback').catch(giveUp)
    throw error
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
  on: pg.PoolClient,
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
