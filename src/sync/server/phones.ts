import type { Instant } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import { maySay } from '#login/domain/identity.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import type { Actor } from '#server/apply.ts'
import { appendAudit } from '#server/audit.ts'
import type { Sql } from '#server/database.ts'
import type { ServerKit } from '#server/kit.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import type { Operation, OperationName, SyncAnswer, SyncRequest } from '#sync/domain/protocol.ts'

/** An operation, and who said it. */
export interface Said {
  readonly operation: Operation
  readonly actor: Actor
}

const isFact = (name: OperationName): boolean => name.startsWith('attendance.')

/** Who may say what they said. Facts that wait on a phone whose pairing has ended happened all the same: they are taken until it has
 *  handed in everything, and flagged. docs/rules.md#pairing */
export async function sortByPermission(
  sql: Sql,
  city: string,
  said: readonly Said[],
): Promise<{ readonly permitted: readonly Said[]; readonly barred: readonly Said[] }> {
  const doubtful = said.filter(({ operation, actor }) => !maySay(actor, operation.name))
  if (doubtful.length === 0) return { permitted: said, barred: [] }
  const facts = doubtful.filter(({ operation }) => isFact(operation.name))
  const revoked = await readRevoked(sql, city, [...new Set(facts.map(({ actor }) => actor.deviceId))])
  const permitted: Said[] = []
  const barred: Said[] = []
  for (const one of said) {
    if (maySay(one.actor, one.operation.name)) permitted.push(one)
    else if (isFact(one.operation.name) && revoked.has(one.actor.deviceId)) permitted.push(asRevoked(one))
    else barred.push(one)
  }
  return { permitted, barred }
}

function asRevoked({ operation, actor }: Said): Said {
  return { operation, actor: { ...actor, isRevoked: true } }
}

/** Which of these devices were somebody's phone, and have not handed in everything since. */
async function readRevoked(sql: Sql, city: string, deviceIds: readonly Uuid[]): Promise<ReadonlySet<Uuid>> {
  if (deviceIds.length === 0) return new Set()
  const rows = await sql<{ device_id: Uuid }>`
    select device_id from pairings
     where city = ${city} and device_id = any(${deviceIds}) and ended_at is not null and wiped_at is null`
  return new Set(rows.map((row) => row.device_id))
}

interface PhoneContact {
  readonly device: SyncRequest['device']
  /** What the phone said it holds. */
  readonly cursors: SyncRequest['cursors']
  readonly answer: Omit<SyncAnswer, 'changes'>
}

/** Notes what a phone holds from now on, or that one which is nobody's any more has nothing left. */
export async function notePhone(kit: ServerKit, contact: PhoneContact): Promise<void> {
  await noteLists(kit, contact)
  const answered = contact.answer.outcomes.filter((one) => one.status !== 'held' || one.reason !== 'fault').length
  if (contact.device.unsentCount <= answered) await noteWiped(kit, contact)
}

/** Keeps the ledger of lists: given by this answer, or still named by the phone. One that is neither is gone from it. Where the pairing
 *  ended since this round trip began, its lists were given all the same. */
async function noteLists({ database, city, now }: ServerKit, { device, cursors, answer }: PhoneContact): Promise<void> {
  const { sql } = database
  const [phone] = await sql<{ pairing_id: Uuid; held: readonly SessionId[] }>`
    select p.pairing_id,
           array(select l.session_id::text from pairing_lists l
                  where l.city = p.city and l.pairing_id = p.pairing_id and l.until_at is null) as held
      from pairings p
     where p.city = ${city} and p.device_id = ${device.id}
       and (p.ended_at is null or ${answer.holder.paired} and p.wiped_at is null)
     order by p.ended_at desc nulls first limit 1`
  if (phone === undefined) return
  const [given, named] = [listsOf(answer.cursors), listsOf(cursors)]
  const fresh = [...given].filter((id) => !phone.held.includes(id))
  const gone = phone.held.filter((id) => !given.has(id) && !named.has(id))
  if (fresh.length > 0) {
    await sql`
      insert into pairing_lists (city, pairing_id, session_id, since_at)
      select ${city}, ${phone.pairing_id}, id, ${now()} from unnest(${fresh}::uuid[]) as id
      on conflict (city, pairing_id, session_id) do update set until_at = null`
  }
  if (gone.length > 0) {
    await sql`
      update pairing_lists set until_at = ${now()}
       where city = ${city} and pairing_id = ${phone.pairing_id} and session_id = any(${gone})`
  }
}

function listsOf(cursors: Readonly<Record<string, number>>): ReadonlySet<SessionId> {
  const prefix = 'session:'
  const buckets = Object.keys(cursors).filter((bucket) => bucket.startsWith(prefix))
  return new Set(buckets.map((bucket) => bucket.slice(prefix.length) as SessionId))
}

interface WipedRow {
  pairing_id: Uuid
  instructor_id: InstructorId
}

/** The phone has been told by this answer that it is nobody's, or somebody else's, and it has handed in everything: what it says from
 *  now on is no longer taken. */
async function noteWiped({ database, city, now }: ServerKit, { device, answer }: PhoneContact): Promise<void> {
  const at: Instant = now()
  const rows = await database.sql`
    select 1 from pairings where city = ${city} and device_id = ${device.id} and ended_at is not null and wiped_at is null`
  if (rows.length === 0) return
  await database.transaction(async (sql) => {
    const wiped = await sql<WipedRow>`
      update pairings set wiped_at = ${at}
       where city = ${city} and device_id = ${device.id} and ended_at is not null and wiped_at is null
         and (${!answer.holder.paired} or exists (select 1 from pairings q
               where q.city = ${city} and q.device_id = ${device.id} and q.ended_at is null))
      returning pairing_id, instructor_id`
    await sql`
      update pairing_lists set until_at = ${at}
       where city = ${city} and pairing_id = any(${wiped.map((row) => row.pairing_id)}) and until_at is null`
    const entries = wiped.map(({ instructor_id: id }) => ({
      at,
      actor: { kind: 'instructor', id, role: 'volunteer' } as const,
      deviceId: device.id,
      action: 'pairing.wiped' as const,
      object: `device:${device.id}`,
      reason: null,
      count: null,
    }))
    await appendAudit(sql, city, entries)
  })
}
