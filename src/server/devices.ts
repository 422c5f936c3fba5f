import { createHash } from 'node:crypto'
import type { Instant } from '#kernel/time.ts'
import type { Role } from '#login/domain/roles.ts'
import type { SyncRequest } from '#sync/domain/protocol.ts'
import type { Sql } from './database.ts'

interface Contact {
  readonly city: string
  readonly device: SyncRequest['device']
  readonly role: Role
  readonly now: Instant
  /** Whether it brings operations. */
  readonly brings: boolean
}

/** What is known of a device: nothing it may use, because its secret is not the one it first came with; or whether it ever was
 *  somebody's phone. */
export type Known = 'stranger' | 'plain' | 'phone'

/** Notes a device's contact and what it says still waits on it.
 *  A resident who only looks leaves no trace: a device is written down when it first says something. */
export async function noteContact(sql: Sql, contact: Contact): Promise<Known> {
  const { city, device, role, now, brings } = contact
  const secretHash = hashOf(device)
  if (role === 'resident' && !brings) {
    const [known] = await sql<{ same: boolean; phone: boolean }>`
      select secret_hash = ${secretHash} as same,
             exists (select 1 from pairings p where p.city = d.city and p.device_id = d.device_id) as phone
        from devices d where city = ${city} and device_id = ${device.id}`
    if (known?.same === false) return 'stranger'
    if (known?.phone !== true) return 'plain'
  }
  const [noted] = await sql<{ phone: boolean }>`
    insert into devices as known (city, device_id, secret_hash, role, first_seen_at, last_contact_at, unsent_count)
    values (${city}, ${device.id}, ${secretHash}, ${role}, ${now}, ${now}, ${device.unsentCount})
    on conflict (city, device_id) do update
      set role = excluded.role, last_contact_at = excluded.last_contact_at, unsent_count = excluded.unsent_count
    where known.secret_hash = excluded.secret_hash
    returning exists (select 1 from pairings p where p.city = known.city and p.device_id = known.device_id) as phone`
  if (noted === undefined) return 'stranger'
  return noted.phone ? 'phone' : 'plain'
}

/** What a device proves itself with, when it says nothing else. */
export type DeviceProof = Omit<SyncRequest['device'], 'unsentCount'>

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
