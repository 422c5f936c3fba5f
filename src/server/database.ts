import { createHash } from 'node:crypto'
import pg from 'pg'

/** One statement: SQL text with every value as a parameter, never as text. Returns its rows.
 *  Arrays become SQL arrays; a value for a jsonb column is passed as `${JSON.stringify(value)}::jsonb`. */
export interface Sql {
  <Row extends object>(text: TemplateStringsArray, ...values: readonly unknown[]): Promise<Row[]>
}

/** A PostgreSQL database, embedded or a server of one's own; the same SQL on both. */
export interface Database {
  readonly sql: Sql
  /** Runs `work` in one transaction: all of it, or nothing when it throws. */
  transaction<Value>(work: (sql: Sql) => Promise<Value>): Promise<Value>
  /** Calls back with each payload NOTIFYed on `channel`; reconnects by itself. Returns how to stop. */
  listen(channel: string, onPayload: (payload: string) => void): Promise<() => Promise<void>>
  close(): Promise<void>
}

const POOL_MAX = 10
const RECONNECT_MS = 1000

// What the driver hands over, in the words of the kernel: versions as numbers, instants as ISO text in UTC, days and times as text.
const PARSERS = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, Number],
  [pg.types.builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString()],
  [pg.types.builtins.DATE, (text) => text],
  [pg.types.builtins.TIME, (text) => text.slice(0, 5)],
])
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: 'text') => PARSERS.get(oid) ?? pg.types.getTypeParser(oid, format)) as never,
}

/** Opens a pool of connections; they are made when first needed. */
export function connectDatabase(connection: pg.ClientConfig): Database {
  const config: pg.ClientConfig = { ...connection, types, options: '-c TimeZone=UTC' }
  const pool = new pg.Pool({ ...config, max: POOL_MAX })
  pool.on('error', () => {}) // an idle connection that breaks is replaced; the next statement says so if that fails too
  return {
    sql: sqlOf(pool),
    async transaction(work) {
      const client = await pool.connect()
      const sql = sqlOf(client)
      try {
        await sql`begin`
        const value = await work(sql)
        await sql`commit`
        client.release()
        return value
      } catch (error) {
        await sql`rollback`.then(
          () => client.release(),
          () => client.release(true),
        )
        throw error
      }
    },
    listen: (channel, onPayload) => listen(config, channel, onPayload),
    close: () => pool.end(),
  }
}

/** Runs `work` so that its failure undoes only itself, inside a transaction that goes on. */
export async function savepoint<Value>(sql: Sql, work: () => Promise<Value>): Promise<Value> {
  await sql`savepoint attempt`
  try {
    const value = await work()
    await sql`release savepoint attempt`
    return value
  } catch (error) {
    await sql`rollback to savepoint attempt`
    throw error
  }
}

const statements = new WeakMap<TemplateStringsArray, { readonly name: string; readonly text: string }>()

/** The text with numbered parameters, and a name under which the server keeps it parsed. */
function statementOf(parts: TemplateStringsArray): { readonly name: string; readonly text: string } {
  const known = statements.get(parts)
  if (known !== undefined) return known
  const text = parts.reduce((before, part, index) => `${before}$${index}${part}`)
  const statement = { name: createHash('sha1').update(text).digest('base64url'), text }
  statements.set(parts, statement)
  return statement
}

function sqlOf(connection: pg.Pool | pg.PoolClient): Sql {
  return async <Row extends object>(parts: TemplateStringsArray, ...values: readonly unknown[]) => {
    const result = await connection.query<Row>({ ...statementOf(parts), values: [...values] })
    return result.rows
  }
}

async function listen(
  config: pg.ClientConfig,
  channel: string,
  onPayload: (payload: string) => void,
): Promise<() => Promise<void>> {
  let stopped = false
  let client: pg.Client
  async function connect(): Promise<void> {
    client = new pg.Client(config)
    client.on('notification', ({ payload }) => onPayload(payload ?? ''))
    client.on('error', () => {})
    client.on('end', () => {
      if (!stopped) setTimeout(() => connect().catch(() => client.emit('end')), RECONNECT_MS).unref()
    })
    await client.connect()
    await client.query(`listen ${pg.escapeIdentifier(channel)}`)
  }
  await connect()
  return async () => {
    stopped = true
    await client.end()
  }
}
