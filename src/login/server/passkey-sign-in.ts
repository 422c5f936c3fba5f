import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server'
import { err, ok, type Result } from '#kernel/result.ts'
import type { StaffId } from '#login/domain/identity.ts'
import { CHALLENGE_MS } from '#login/domain/login-limits.ts'
import type { SignedQuestion } from '#login/domain/passkey.ts'
import type { StaffRole } from '#login/domain/roles.ts'
import { makeChallenge, takeChallenge } from './challenges.ts'
import { type PasskeyKit, rpIdOf } from './passkey-registration.ts'

/** Why somebody was not let in, for the audit. They themselves hear one and the same sentence. */
export type SignInFault = 'passkey_unknown' | 'passkey_removed' | 'staff_disabled' | 'answer_wrong'

export interface KnownStaff {
  readonly staffId: StaffId
  readonly role: StaffRole
}

interface PasskeyRow extends KnownStaff {
  readonly publicKey: Buffer
  readonly signCount: number
  readonly isRemoved: boolean
  readonly isDisabled: boolean
}

/** A question for whatever passkey a browser has for this place: nobody types who they are. */
export async function askPasskey({
  database,
  city,
  now,
  origin,
}: PasskeyKit): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const challenge = await makeChallenge(database.sql, { city, now: now(), purpose: 'signIn' })
  return generateAuthenticationOptions({
    rpID: rpIdOf(origin()),
    challenge,
    timeout: CHALLENGE_MS,
    userVerification: 'required',
  })
}

/** Whose passkey has answered. The question is used up, and the passkey's own counter kept. */
export async function readSignedIn(
  kit: PasskeyKit,
  answer: SignedQuestion,
): Promise<Result<KnownStaff, { readonly fault: SignInFault; readonly staff: KnownStaff | null }>> {
  const { database, city, now } = kit
  const [row] = await database.sql<PasskeyRow>`
    select s.staff_id as "staffId", s.role, p.public_key as "publicKey", p.sign_count as "signCount",
           p.removed_at is not null as "isRemoved", s.disabled_at is not null as "isDisabled"
      from passkeys p join staff s on s.city = p.city and s.staff_id = p.staff_id
     where p.city = ${city} and p.credential_id = ${answer.id}`
  if (row === undefined) return err({ fault: 'passkey_unknown', staff: null })
  const staff = { staffId: row.staffId, role: row.role }
  const signCount = await checkAnswer(kit, answer, row)
  if (signCount === null) return err({ fault: 'answer_wrong', staff })
  if (row.isRemoved) return err({ fault: 'passkey_removed', staff })
  if (row.isDisabled) return err({ fault: 'staff_disabled', staff })
  await database.sql`
    update passkeys set sign_count = ${signCount}, last_used_at = ${now()} where city = ${city} and credential_id = ${answer.id}`
  return ok(staff)
}

/** The passkey's counter after a right answer; `null` for any other. */
async function checkAnswer(
  { database, city, now, origin }: PasskeyKit,
  answer: SignedQuestion,
  { publicKey, signCount }: PasskeyRow,
): Promise<number | null> {
  const checked = await verifyAuthenticationResponse({
    response: answer as AuthenticationResponseJSON,
    expectedChallenge: async (challenge) =>
      (await takeChallenge(database.sql, { city, now: now(), purpose: 'signIn', challenge })) !== null,
    expectedOrigin: origin(),
    expectedRPID: rpIdOf(origin()),
    credential: { id: answer.id, publicKey: new Uint8Array(publicKey), counter: signCount },
    requireUserVerification: true,
  }).catch(() => null) // it throws for whatever a stranger may have sent
  return checked?.verified ? checked.authenticationInfo.newCounter : null
}
