import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { Instant } from '#kernel/time.ts'
import { browserName } from '#login/domain/browser-name.ts'
import type { StaffId } from '#login/domain/identity.ts'
import { CHALLENGE_MS } from '#login/domain/login-limits.ts'
import type { NewPasskey } from '#login/domain/passkey.ts'
import type { Sql } from '#server/database.ts'
import type { ServerKit } from '#server/kit.ts'
import { type ChallengePurpose, makeChallenge, takeChallenge } from './challenges.ts'

/** What passkeys need beyond the kit: where people open the product, to which every passkey belongs (`https://yorozu.example.jp`). */
export interface PasskeyKit extends Pick<ServerKit, 'database' | 'city' | 'now'> {
  readonly origin: () => string
}

/** Ed25519, ES256 and RS256 (COSE): what every authenticator has one of. Named here, so that a newer library does not ask for more than
 *  this Node can check. */
const ALGORITHMS = [-8, -7, -257]

type Purpose = Exclude<ChallengePurpose, 'signIn'>

/** A passkey that was checked and is somebody's to be. */
export interface CheckedPasskey {
  readonly staffId: StaffId
  readonly credentialId: string
  readonly publicKey: Buffer
  readonly signCount: number
  readonly transports: readonly string[]
}

/** Asks a browser for a passkey that can sign in without a name being typed, and that asks for its owner each time. */
export async function askForPasskey(
  kit: PasskeyKit,
  { purpose, staffId, name }: { readonly purpose: Purpose; readonly staffId: StaffId; readonly name: string },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { database, city, now, origin } = kit
  const challenge = await makeChallenge(database.sql, { city, now: now(), purpose, staffId })
  const own = await database.sql<{ id: string; transports: string[] }>`
    select credential_id as id, transports from passkeys
     where city = ${city} and staff_id = ${staffId} and removed_at is null`
  return generateRegistrationOptions({
    rpName: 'よろず',
    rpID: rpIdOf(origin()),
    userName: name,
    userDisplayName: name,
    userID: new TextEncoder().encode(staffId),
    challenge,
    timeout: CHALLENGE_MS,
    attestationType: 'none',
    excludeCredentials: purpose === 'join' ? [] : own, // whoever lost a way in may make it anew in the same place
    supportedAlgorithmIDs: ALGORITHMS,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/** Checks what a browser made: our question, used once, from our pages, with its owner asked. `null` when it is anything else. */
export async function checkNewPasskey(
  { database, city, now, origin }: PasskeyKit,
  { purpose, answer }: { readonly purpose: Purpose; readonly answer: NewPasskey },
): Promise<CheckedPasskey | null> {
  let staffId: StaffId | null = null
  const isOurs = async (challenge: string): Promise<boolean> => {
    const asked = await takeChallenge(database.sql, { city, now: now(), purpose, challenge })
    staffId = asked?.staffId ?? null
    return staffId !== null
  }
  const checked = await verifyRegistrationResponse({
    response: answer as RegistrationResponseJSON,
    expectedChallenge: isOurs,
    expectedOrigin: origin(),
    expectedRPID: rpIdOf(origin()),
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => null) // it throws for whatever a stranger may have sent
  if (checked === null || !checked.verified || staffId === null) return null
  const { id, publicKey, counter, transports = [] } = checked.registrationInfo.credential
  return { staffId, credentialId: id, publicKey: Buffer.from(publicKey), signCount: counter, transports }
}

/** Whether there is one by this name already, whoever's it is. */
export async function isKnownPasskey(
  sql: Sql,
  city: string,
  { credentialId }: Pick<CheckedPasskey, 'credentialId'>,
): Promise<boolean> {
  const known = await sql`select 1 as one from passkeys where city = ${city} and credential_id = ${credentialId}`
  return known.length > 0
}

/** Keeps a passkey under the name of the browser that made it. */
export async function insertPasskey(
  sql: Sql,
  { city, now, userAgent }: { readonly city: string; readonly now: Instant; readonly userAgent: string },
  { staffId, credentialId, publicKey, signCount, transports }: CheckedPasskey,
): Promise<void> {
  await sql`
    insert into passkeys (city, credential_id, staff_id, public_key, sign_count, transports, label, created_at)
    values (${city}, ${credentialId}, ${staffId}, ${publicKey}, ${signCount}, ${JSON.stringify(transports)}::jsonb,
            ${browserName(userAgent) ?? ''}, ${now})`
}

/** A passkey belongs to a host name, without its port. */
export function rpIdOf(origin: string): string {
  return new URL(origin).hostname
}
