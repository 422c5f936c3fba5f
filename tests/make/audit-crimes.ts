import { type AuditLine, hashLine } from '#audit/server/audit-line.ts'
import type { Sql } from '#server/database.ts'
import { CITY } from './city.ts'

// What the owner of a database could do to the audit of the town, behind every trigger.

const city = CITY.code

/** One change of each column that would go unseen by the eye. */
export const CHANGES: Readonly<Record<string, (sql: Sql, seq: number) => Promise<unknown>>> = {
  at: (sql, seq) => sql`update audit_log set at = at + interval '1 ms' where city = ${city} and seq = ${seq}`,
  actor_kind: (sql, seq) => sql`update audit_log set actor_kind = 'system' where city = ${city} and seq = ${seq}`,
  actor_id: (sql, seq) => sql`update audit_log set actor_id = gen_random_uuid() where city = ${city} and seq = ${seq}`,
  role: (sql, seq) => sql`update audit_log set role = 'admin' where city = ${city} and seq = ${seq}`,
  device_id: (sql, seq) => sql`update audit_log set device_id = null where city = ${city} and seq = ${seq}`,
  action: (sql, seq) => sql`update audit_log set action = 'audit.viewed' where city = ${city} and seq = ${seq}`,
  outcome: (sql, seq) => sql`
    update audit_log set outcome = case outcome when 'accepted' then 'refused' else 'accepted' end
     where city = ${city} and seq = ${seq}`,
  object: (sql, seq) => sql`update audit_log set object = object || ' ' where city = ${city} and seq = ${seq}`,
  reason: (sql, seq) => sql`
    update audit_log set reason = case when reason is null then '' end where city = ${city} and seq = ${seq}`,
  count: (sql, seq) => sql`update audit_log set count = coalesce(count, -1) + 1 where city = ${city} and seq = ${seq}`,
  previous: (sql, seq) => sql`
    update audit_log set previous = sha256(previous) where city = ${city} and seq = ${seq}`,
  hash: (sql, seq) => sql`update audit_log set hash = sha256(hash) where city = ${city} and seq = ${seq}`,
}

/** Each of two lines gets the number of the other. */
export async function swap(sql: Sql, one: number, other: number): Promise<void> {
  await sql`update audit_log set seq = -1 where city = ${city} and seq = ${one}`
  await sql`update audit_log set seq = ${one} where city = ${city} and seq = ${other}`
  await sql`update audit_log set seq = ${other} where city = ${city} and seq = -1`
}

/** All numbers from one on become higher or lower. */
export async function moveNumbers(sql: Sql, from: number, by: number): Promise<void> {
  const far = 1_000_000 // two steps, since no two lines may have one number in between
  await sql`update audit_log set seq = seq + ${far} where city = ${city} and seq >= ${from}`
  await sql`update audit_log set seq = seq - ${far} + ${by} where city = ${city} and seq >= ${far}`
}

/** Puts a copy of the first line in. Well made, it holds on to the line before, and its own hash fits. */
export async function plant(sql: Sql, seq: number, isWellMade: boolean): Promise<void> {
  await moveNumbers(sql, seq, 1)
  await sql`
    insert into audit_log
    select city, ${seq}, at, actor_kind, actor_id, role, device_id, action, outcome, object, reason, count,
           coalesce((select hash from audit_log where city = ${city} and seq = ${seq - 1}), previous), hash
      from audit_log where city = ${city} order by seq limit 1`
  if (isWellMade) await rehash(sql, seq)
}

/** All lines from one on hold on to each other again, and the last head knows it. */
export async function makeAnew(sql: Sql, from: number, last: number): Promise<void> {
  for (let seq = from; seq <= last; seq += 1) {
    await sql`update audit_log set previous = (select hash from audit_log where city = ${city} and seq = ${seq - 1})
       where city = ${city} and seq = ${seq}`
    await rehash(sql, seq)
  }
  await sql`update audit_heads set hash = (select hash from audit_log where city = ${city} and seq = ${last})
     where city = ${city} and seq = ${last}`
}

async function rehash(sql: Sql, seq: number): Promise<void> {
  const [line] = await sql<AuditLine>`
    select seq, at, actor_kind as kind, actor_id as "actorId", role, device_id as "deviceId", action, outcome, object, reason,
           count, encode(previous, 'hex') as previous, '' as hash from audit_log where city = ${city} and seq = ${seq}`
  if (line === undefined) throw new Error(`No line ${seq}`)
  await sql`update audit_log set hash = decode(${hashLine(line, seq)}, 'hex') where city = ${city} and seq = ${seq}`
}
