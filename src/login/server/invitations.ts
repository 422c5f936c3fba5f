import { createHash, randomBytes } from 'node:crypto'
import { err, ok, type Result } from '#kernel/result.ts'
import { type Instant, instantOf } from '#kernel/time.ts'
import type { StaffId } from '#login/domain/identity.ts'
import type { InvitationRefusal } from '#login/domain/invitation.ts'
import { INVITATION_MS, type InvitationPurpose } from '#login/domain/login-limits.ts'
import type { StaffRole } from '#login/domain/roles.ts'
import type { Sql } from '#server/database.ts'

const TOKEN_BYTES = 32

/** What an invitation is for, and whom it lets in. */
export interface Invitation {
  readonly purpose: InvitationPurpose
  /** Whose way in is renewed; only of `recover`. */
  readonly staffId: StaffId | null
  /** Of whoever is invited; `null` when they write it themselves. */
  readonly name: string | null
  readonly role: StaffRole | null
  /** `null`: the program itself. */
  readonly madeBy: StaffId | null
  /** The second of two; only of `recover`. */
  readonly approvedBy: StaffId | null
}

type NewInvitation = { readonly city: string; readonly now: Instant } & Pick<Invitation, 'purpose' | 'madeBy'> &
  Partial<Invitation>

/** Makes a link for one use: 256 random bits as base64url, of which the database keeps only the hash. Whoever has it, has it: it is
 *  shown once and goes into no log. */
export async function makeInvitation(
  sql: Sql,
  { city, now, purpose, staffId = null, name = null, role = null, madeBy, approvedBy = null }: NewInvitation,
): Promise<{ readonly token: string; readonly expiresAt: Instant }> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const expiresAt = instantOf(Date.parse(now) + INVITATION_MS[purpose])
  await sql`
    insert into invitations (city, token_hash, purpose, staff_id, name, role, made_by, approved_by, made_at, expires_at)
    values (${city}, ${hashOf(token)}, ${purpose}, ${staffId}, ${name}, ${role}, ${madeBy}, ${approvedBy}, ${now}, ${expiresAt})`
  return { token, expiresAt }
}

interface Shown {
  readonly city: string
  readonly now: Instant
  readonly token: string
}

/** Uses an invitation up. Of two who come at the same time, one gets it. */
export async function takeInvitation(
  sql: Sql,
  { city, now, token }: Shown,
): Promise<Result<Invitation, InvitationRefusal>> {
  const [taken] = await sql<Invitation>`
    update invitations set used_at = ${now}
     where city = ${city} and token_hash = ${hashOf(token)} and used_at is null and expires_at > ${now}
    returning purpose, staff_id as "staffId", name, role, made_by as "madeBy", approved_by as "approvedBy"`
  return taken === undefined ? err({ code: 'invitation_unknown' }) : ok(taken)
}

/** Looks at an invitation without using it. Good only while whoever made it, or agreed to it, may still do so: one that was made in the
 *  moment in which they were kept out was there too late to be taken back with the others. */
export async function readInvitation(
  sql: Sql,
  { city, now, token }: Shown,
): Promise<Result<Invitation, InvitationRefusal>> {
  const [found] = await sql<Invitation>`
    select i.purpose, i.staff_id as "staffId", i.name, i.role, i.made_by as "madeBy", i.approved_by as "approvedBy"
      from invitations i
     where city = ${city} and token_hash = ${hashOf(token)} and used_at is null and expires_at > ${now}
       and not exists (select 1 from staff s
                        where s.city = i.city and s.staff_id in (i.made_by, i.approved_by)
                          and (s.disabled_at is not null or s.role <> 'admin' and (i.purpose = 'join' or s.staff_id = i.approved_by)))`
  return found === undefined ? err({ code: 'invitation_unknown' }) : ok(found)
}

/** Takes back every set-up link that was printed before. */
export async function voidSetUpLinks(sql: Sql, { city, now }: Omit<Shown, 'token'>): Promise<void> {
  await sql`
    update invitations set used_at = ${now} where city = ${city} and purpose = 'setUp' and used_at is null`
}

/** Where an invitation is used. Behind the `#`, so that the token reaches no server, no log and no other site. */
export function invitationPath(token: string): string {
  return `/sign-in/join#${token}`
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
