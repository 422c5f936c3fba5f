import { randomBytes } from 'node:crypto'
import type { AuditHead, KeptAuditCheck } from '#audit/domain/audit-check.ts'
import { uuidv7 } from '#kernel/uuid.ts'
import type { Sql } from '#server/database.ts'
import type { ServerKit } from '#server/kit.ts'
import { checkAudit } from './verify-audit.ts'

type CheckKit = Pick<ServerKit, 'database' | 'city' | 'now'>

/** Checks the chain and keeps what was found, for the page. */
export async function keepCheck({ database, city, now }: CheckKit): Promise<KeptAuditCheck> {
  const found = await checkAudit(database, city)
  const at = now()
  const checkId = uuidv7(Date.parse(at), randomBytes(10))
  const { lineCount, head, breakCount, breaks } = found
  await database.sql`
    insert into audit_checks (city, check_id, at, line_count, head_seq, head_hash, break_count, breaks)
    values (${city}, ${checkId}, ${at}, ${lineCount}, ${head?.seq ?? null}, decode(${head?.hash ?? null}, 'hex'), ${breakCount},
            ${JSON.stringify(breaks)}::jsonb)`
  return { at, ...found }
}

/** What the last check found; `null` before the first one. */
export async function readLastCheck(sql: Sql, city: string): Promise<KeptAuditCheck | null> {
  const [row] = await sql<Omit<KeptAuditCheck, 'head'> & { seq: number | null; hash: string | null }>`
    select at, line_count as "lineCount", head_seq as seq, encode(head_hash, 'hex') as hash, break_count as "breakCount", breaks
      from audit_checks where city = ${city} order by at desc, check_id desc limit 1`
  if (row === undefined) return null
  const { seq, hash, ...check } = row
  return { ...check, head: seq === null || hash === null ? null : { seq, hash } }
}

/** The end of the chain as it is now. */
export async function readHead(sql: Sql, city: string): Promise<AuditHead | null> {
  const [head] = await sql<AuditHead>`
    select seq, encode(hash, 'hex') as hash from audit_log where city = ${city} order by seq desc limit 1`
  return head ?? null
}
