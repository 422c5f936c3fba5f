import { randomBytes } from 'node:crypto'
import { instantOf } from '#kernel/time.ts'
import { type Uuid, uuidv7 } from '#kernel/uuid.ts'
import type { LinkedRole } from '#login/server/demo-links.ts'
import { PROTOCOL } from '#sync/domain/limits.ts'
import type { SyncAnswer } from '#sync/domain/protocol.ts'
import type { RunningProduct } from './running-product.ts'

/** The cookie that a browser holds after opening a role's link. */
export async function signIn(product: RunningProduct, role: LinkedRole): Promise<string> {
  const answer = await product.fetch(product.links[role])
  const [cookie] = (answer.headers.get('set-cookie') ?? '').split(';')
  if (!cookie) throw new Error(`The link of ${role} gave no cookie`)
  return cookie
}

export const newId = (): Uuid => uuidv7(Date.now(), randomBytes(10))

/** A device that speaks HTTP, and says whatever a test wants it to. */
export function makeHttpDevice(product: RunningProduct, cookie = '') {
  const device = { id: newId(), secret: randomBytes(32).toString('hex'), unsentCount: 0 }
  let seq = 0
  const post = (body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    product.fetch('/api/sync', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Cookie: cookie, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  return {
    post,
    /** The envelope of one operation, whatever it says. */
    op: (name: string, payload: unknown) => ({ id: newId(), seq: ++seq, at: instantOf(Date.now()), name, payload }),
    request: (push: readonly unknown[]) => ({
      protocol: PROTOCOL,
      device,
      push,
      cursors: {} as Record<string, number>,
    }),
    async push(...operations: readonly unknown[]): Promise<SyncAnswer> {
      const answer = await post({ protocol: PROTOCOL, device, push: operations, cursors: {} })
      if (answer.status !== 200) throw new Error(`Answered with ${answer.status}: ${await answer.text()}`)
      return (await answer.json()) as SyncAnswer
    },
  }
}

/** How many rows each table holds, with the city's version. Signing in and looking at people are noted too, but say nothing. */
export async function countRows({ kit: { database } }: RunningProduct): Promise<Readonly<Record<string, string>>> {
  const rows = await database.sql<{ name: string; held: string }>`
    select table_name as name,
           (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %I', table_name), false, true, '')))[1]::text as held
      from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not in ('logins', 'devices') and table_name not like 'audit%'
     union all
    select 'version of ' || city, version::text from cities`
  return Object.fromEntries(rows.map(({ name, held }) => [name, held]))
}
