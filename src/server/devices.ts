import { createHash } from 'node:crypto'
import { type Instant, instantOf } from '#kernel/time.ts'
import type { StaffId } from '#login/domain/identity.ts'
import type { Role } from '#login/domain/roles.ts'
import type { SyncRequest } from '#sync/domain/protocol.ts'
import type { Sql } from './database.ts'

/** What is known of a device: nothing it may use, because its secret is not the one it first came with; or whether it was ever written
 *  down, and was somebody's phone. */
export type Known = 'stranger' | 'new' | 'plain' | 'phone'

/** Looks a device up by its proof. */
export async function readKnown(sql: Sql, city: string, device: DeviceProof): Promise<Known> {
  const [known] = await sql<{ same: boolean; phone: boolean }>`
    select secret_hash = ${hashOf(device)} as same,
           exists (select 1 from pairings p where p.city = d.city and p.device_id = d.device_id) as phone
      from devices d where city = ${city} and device_id = ${device.id}`
  if (known === undefined) return 'new'
  if (!known.same) return 'stranger'
  return known.phone ? 'phone' : 'plain'
}

/** A device's contact: what it says of itself, and who it is taken for. */
export interface Contact {
  readonly device: SyncRequest['device']
  readonly protocol: number
  readonly role: Role
  /** Who of the office is signed in there. */
  readonly staffId: StaffId | null
  /** How many of its operations this contact answers: they wait on it no more. */
  readonly answered: number
}

/** A look so soon after the one before is not written down again. */
const NOTED_EVERY_MS = 5000

/** Whether the ledger says the same of a device already, as of a few seconds ago. */
export async function isLatelyNoted(
  sql: Sql,
  city: string,
  now: Instant,
  { device, protocol, role, staffId }: Omit<Contact, 'answered'>,
): Promise<boolean> {
  const noted = await sql`
    select 1 from devices
     where city = ${city} and device_id = ${device.id}
       and last_contact_at > ${instantOf(Date.parse(now) - NOTED_EVERY_MS)}
       and role = ${role} and protocol = ${protocol} and unsent_count = ${device.unsentCount}
       and program is not distinct from ${device.program ?? null}
       and staff_id is not distinct from coalesce(${staffId}, staff_id)
       and last_seq is not distinct from greatest(last_seq, ${device.lastSeq ?? null}::int)
       and oldest_unsent_at is not distinct from ${device.oldestUnsentAt ?? null}::timestamptz`
  return noted.length === 1
}

/** Somebody else began with this device's id in the same moment. */
export class OtherSecret extends Error {}

/** Writes contacts into the ledger of devices. Throws `OtherSecret`. */
export async function noteContacts(sql: Sql, city: string, now: Instant, contacts: readonly Contact[]): Promise<void> {
  // One that waited in vain may have asked again meanwhile: its last word counts.
  const once = [
    ...new Map(contacts.map((contact) => [`${contact.device.id} ${contact.device.secret}`, contact])).values(),
  ]
  const rows = once.map(({ device, protocol, role, staffId, answered }) => {
    const unsent = Math.max(0, device.unsentCount - answered)
    const oldest = unsent > 0 ? device.oldestUnsentAt : null
    const { id, lastSeq, program } = device
    return { id, hash: hashOf(device).toString('hex'), role, staffId, protocol, unsent, oldest, lastSeq, program }
  })
  const noted = await sql`
    insert into devices as known (city, device_id, secret_hash, role, first_seen_at, last_contact_at,
                                  unsent_count, oldest_unsent_at, last_seq, program, protocol, staff_id)
    select ${city}, id, decode(hash, 'hex'), role, ${now}, ${now}, unsent, oldest, "lastSeq", program, protocol, "staffId"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, hash text, role text, unsent int,
           oldest timestamptz, "lastSeq" int, program text, protocol int, "staffId" uuid)
    on conflict (city, device_id) do update
      set role = excluded.role, last_contact_at = excluded.last_contact_at, unsent_count = excluded.unsent_count,
          oldest_unsent_at = excluded.oldest_unsent_at, program = excluded.program, protocol = excluded.protocol,
          last_seq = greatest(known.last_seq, excluded.last_seq), staff_id = coalesce(excluded.staff_id, known.staff_id)
    where known.secret_hash = excluded.secret_hash
    returning device_id`
  if (noted.length < rows.length) throw new OtherSecret()
}

/** What a device proves itself with, when it says nothing else. */
export type DeviceProof = Pick<SyncRequest['device'], 'id' | 'secret'>

/** Whether the secret is the one this device first came with; `null` when it was never written down. */
export async function isSameDevice(sql: Sql, city: string, device: DeviceProof): Promise<boolean | null> {
  const [known] = await sql<{ same: boolean }>`
    select secret_hash = ${hashOf(device)} as same from devices where city = ${city} and device_id = ${device.id}`
  return known?.same ?? null
}

interface PairedContact {
  readonly city: string
  readonly device: DeviceProof
  readonly now: Instant
}

/** Notes the contact in which a device becomes somebody's phone. Its row stays locked until the end of the transaction, so that two codes
 *  on one phone come one by one. `false`: somebody else began with the same id in the same moment. */
export async function notePairedContact(sql: Sql, { city, device, now }: PairedContact): Promise<boolean> {
  const noted = await sql`
    insert into devices as known (city, device_id, secret_hash, role, first_seen_at, last_contact_at, unsent_count)
    values (${city}, ${device.id}, ${hashOf(device)}, 'volunteer', ${now}, ${now}, 0)
    on conflict (city, device_id) do update set role = excluded.role, last_contact_at = excluded.last_contact_at
    where known.secret_hash = excluded.secret_hash
    returning 1 as one`
  return noted.length === 1
}

function hashOf({ secret }: DeviceProof): Buffer {
  return createHash('sha256').update(secret, 'hex').digest()
}
