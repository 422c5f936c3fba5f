import { err, ok, type Result } from '#kernel/result.ts'
import type { Instant } from '#kernel/time.ts'
import type { StaffId } from '#login/domain/identity.ts'
import type { JoinRefusal, JoinRequest } from '#login/domain/passkey.ts'
import { appendAudit, auditActor } from '#server/audit.ts'
import type { Sql } from '#server/database.ts'
import { endAllWaysIn } from './end-all-ways-in.ts'
import { type Invitation, readInvitation, takeInvitation } from './invitations.ts'
import { type CheckedPasskey, insertPasskey, isKnownPasskey, type PasskeyKit } from './passkey-registration.ts'
import type { KnownStaff } from './passkey-sign-in.ts'

const ACTION = { setUp: 'staff.setUp', join: 'staff.joined', recover: 'staff.recovered' } as const

interface Joining extends Pick<JoinRequest, 'token' | 'name'> {
  readonly passkey: CheckedPasskey
  readonly userAgent: string
}

type Refused = Exclude<JoinRefusal, { code: 'unreadable_request' }>
interface NamedStaff extends KnownStaff {
  readonly name: string
}
type Here = { readonly sql: Sql; readonly city: string; readonly now: Instant }

/** Uses an invitation up for a person and their first passkey. Whoever is let in anew loses every way in they had before
 *  (docs/rules.md#recovery). */
export function join({ database, city, now }: PasskeyKit, joining: Joining): Promise<Result<KnownStaff, Refused>> {
  return database.transaction(async (sql) => {
    const here = { sql, city, now: now() }
    const found = await readInvitation(sql, { ...here, token: joining.token })
    if (!found.ok) return found
    const staff = await assessJoin(here, found.value, joining)
    if (!staff.ok) return staff
    if (await isKnownPasskey(sql, city, joining.passkey)) return err({ code: 'passkey_refused' })
    const taken = await takeInvitation(sql, { ...here, token: joining.token }) // nothing is written before it, nothing refused after
    if (!taken.ok) return taken
    await letIn(here, staff.value, taken.value, joining)
    return ok({ staffId: staff.value.staffId, role: staff.value.role })
  })
}

/** Who comes in by an invitation. */
async function assessJoin(
  { sql, city }: Here,
  { purpose, staffId, name, role }: Invitation,
  { passkey, name: typed }: Joining,
): Promise<Result<NamedStaff, Refused>> {
  if (purpose === 'recover') {
    const [staff] = await sql<NamedStaff>`
      select staff_id as "staffId", role, name from staff
       where city = ${city} and staff_id = ${staffId} and disabled_at is null for no key update`
    return staff?.staffId === passkey.staffId ? ok(staff) : err({ code: 'invitation_unknown' })
  }
  if (purpose === 'setUp' && (await hasStaff(sql, city))) return err({ code: 'invitation_unknown' })
  const called = name ?? typed
  if (called === null) return err({ code: 'name_missing' })
  return ok({ staffId: passkey.staffId, role: purpose === 'setUp' ? 'admin' : (role ?? 'viewer'), name: called })
}

async function letIn(
  { sql, city, now }: Here,
  { staffId, role, name }: NamedStaff,
  { purpose }: Invitation,
  { passkey, userAgent }: Joining,
): Promise<void> {
  if (purpose === 'recover') await endAllWaysIn(sql, { city, staffId, now })
  else
    await sql`
      insert into staff (city, staff_id, name, role, created_at) values (${city}, ${staffId}, ${name}, ${role}, ${now})`
  await insertPasskey(sql, { city, now, userAgent }, passkey)
  const actor = auditActor({ staffId, role, instructorId: null })
  const line = { at: now, actor, deviceId: null, object: `staff:${staffId}`, reason: null, count: null }
  await appendAudit(sql, city, [
    { ...line, action: ACTION[purpose] },
    { ...line, action: 'passkey.added' },
  ])
}

/** Whether anybody works here yet. Without anybody, the program prints a link for the first one. */
export async function hasStaff(sql: Sql, city: string): Promise<boolean> {
  return (await sql`select 1 as one from staff where city = ${city} limit 1`).length > 0
}

export async function readStaffName(sql: Sql, city: string, staffId: StaffId): Promise<string | null> {
  const [staff] = await sql<{ name: string }>`select name from staff where city = ${city} and staff_id = ${staffId}`
  return staff?.name ?? null
}
