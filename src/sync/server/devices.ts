import { createHash } from 'node:crypto'
import type { Instant } from '#kernel/time.ts'
import type { Role } from '#login/domain/roles.ts'
import type { Sql } from '#server/database.ts'
import type { SyncRequest } from '#sync/domain/protocol.ts'

interface Contact {
  readonly city: string
  readonly device: SyncRequest['device']
  readonly role: Role
  readonly now: Instant
  /** Whether it brings operations. */
  readonly brings: boolean
}

/** Notes a device's contact and what it says still waits on it. `false` when its secret is not the one it first came with.
 *  A resident who only looks leaves no trace: a device is written down when it first says something. */
export async function noteContact(sql: Sql, contact: Contact): Promise<boolean> {
  const { city, device, role, now, brings } = contact
  const secretHash = createHash('sha256').update(device.secret, 'hex').digest()
  if (role === 'resident' && !brings) {
    const [known] = await sql<{ same: boolean }>`
      select secret_hash = ${secretHash} as same from devices where city = ${city} and device_id = ${device.id}`
    return known?.same ?? true
  }
  const rows = await sql`
    insert into devices as known (city, device_id, secret_hash, role, first_seen_at, last_contact_at, unsent_count)
    values (${city}, ${device.id}, ${secretHash}, ${role}, ${now}, ${now}, ${device.unsentCount})
    on conflict (city, device_id) do update
      set role = excluded.role, last_contact_at = excluded.last_contact_at, unsent_count = excluded.unsent_count
    where known.secret_hash = excluded.secret_hash
    returning 1`
  return rows.length === 1
}
