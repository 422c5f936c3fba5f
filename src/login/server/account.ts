import type { AccountAnswer, AccountLogin, AccountPasskey, AccountRefusal } from '#login/domain/account.ts'
import { browserName } from '#login/domain/browser-name.ts'
import type { StaffId } from '#login/domain/identity.ts'
import { LOGIN_ABSOLUTE_MS, LOGIN_IDLE_MS } from '#login/domain/login-limits.ts'
import type { StaffRole } from '#login/domain/roles.ts'
import { err, ok, type Result } from '#kernel/result.ts'
import { type Instant, instantOf } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import { appendAudit, auditActor } from '#server/audit.ts'
import type { Sql } from '#server/database.ts'

/** Somebody who is signed in, in the login that asks. */
export interface Own {
  readonly city: string
  readonly now: Instant
  readonly staffId: StaffId
  readonly role: StaffRole
  readonly loginId: Uuid
}

/** How this person comes in, and where they are in. */
export async function readAccount(sql: Sql, own: Own): Promise<AccountAnswer> {
  const { city, staffId, role, loginId, now } = own
  const [staff] = await sql<{ name: string }>`select name from staff where city = ${city} and staff_id = ${staffId}`
  const passkeys = await sql<AccountPasskey>`
    select credential_id as "credentialId", label, created_at as "createdAt", last_used_at as "lastUsedAt"
      from passkeys where city = ${city} and staff_id = ${staffId} and removed_at is null order by created_at, credential_id`
  const logins = await sql<AccountLogin>`
    select login_id as "loginId", browser, opened_at as "openedAt", last_seen_at as "lastSeenAt",
           login_id = ${loginId} as "isThis"
      from logins
     where city = ${city} and staff_id = ${staffId} and ended_at is null and opened_at > ${earlier(now, LOGIN_ABSOLUTE_MS)}
       and (last_seen_at > ${earlier(now, LOGIN_IDLE_MS)} or login_id = ${loginId})
     order by login_id = ${loginId} desc, opened_at desc`
  const shown = logins.map((login) => ({ ...login, browser: browserName(login.browser) ?? '' }))
  return { name: staff?.name ?? '', role, passkeys, logins: shown }
}

/** Ends one login of this person, or with `null` all but the one that asks. Answers how many there were. */
export async function endOwnLogins(sql: Sql, own: Own, wanted: Uuid | null): Promise<number> {
  const { city, now, staffId, loginId } = own
  const ended = await sql`
    update logins set ended_at = ${now}
     where city = ${city} and staff_id = ${staffId} and ended_at is null
       and (login_id = ${wanted} or ${wanted}::uuid is null and login_id <> ${loginId})
    returning 1 as one`
  if (ended.length > 0) await audit(sql, own, 'signIn.ended', ended.length)
  return ended.length
}

/** Takes a passkey away, and ends the other logins: one of them may be where it was stolen. Never the last way in. */
export async function removePasskey(
  sql: Sql,
  own: Own,
  credentialId: string,
): Promise<Result<null, Extract<AccountRefusal, { code: 'passkey_unknown' | 'last_way_in' }>>> {
  const { city, now, staffId } = own
  await sql`select 1 as one from staff where city = ${city} and staff_id = ${staffId} for no key update` // two at once must not take both
  const passkeys = await sql<{ id: string }>`
    select credential_id as id from passkeys where city = ${city} and staff_id = ${staffId} and removed_at is null`
  if (!passkeys.some(({ id }) => id === credentialId)) return err({ code: 'passkey_unknown' })
  if (passkeys.length === 1 && !(await hasSecondWay(sql, own))) return err({ code: 'last_way_in' })
  await sql`update passkeys set removed_at = ${now} where city = ${city} and credential_id = ${credentialId}`
  await audit(sql, own, 'passkey.removed', null)
  await endOwnLogins(sql, own, null)
  return ok(null)
}

async function hasSecondWay(sql: Sql, { city, staffId }: Own): Promise<boolean> {
  const ways = await sql`
    select 1 as one from second_ways
     where city = ${city} and staff_id = ${staffId} and confirmed_at is not null and removed_at is null`
  return ways.length > 0
}

export function audit(
  sql: Sql,
  { city, now, staffId, role }: Own,
  action: 'signIn.ended' | 'passkey.added' | 'passkey.removed',
  count: number | null,
): Promise<void> {
  const actor = auditActor({ staffId, role, instructorId: null })
  const object = `staff:${staffId}`
  return appendAudit(sql, city, [{ at: now, actor, deviceId: null, action, object, reason: null, count }])
}

function earlier(now: Instant, ms: number): Instant {
  return instantOf(Date.parse(now) - ms)
}
