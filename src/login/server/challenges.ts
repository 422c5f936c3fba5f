import { createHash, randomBytes } from 'node:crypto'
import { type Instant, instantOf } from '#kernel/time.ts'
import type { StaffId } from '#login/domain/identity.ts'
import { CHALLENGE_MS } from '#login/domain/login-limits.ts'
import type { Sql } from '#server/database.ts'

const CHALLENGE_BYTES = 32

/** What a signed question may be used for. */
export type ChallengePurpose = 'signIn' | 'join' | 'addPasskey'

interface Asked {
  readonly city: string
  readonly now: Instant
  readonly purpose: ChallengePurpose
}

/** A question nobody has been asked before, for one answer within five minutes; the database keeps its hash.
 *  `staffId`: who a new passkey is for. Clears away what has waited too long. */
export async function makeChallenge(
  sql: Sql,
  { city, now, purpose, staffId = null }: Asked & { readonly staffId?: StaffId | null },
): Promise<Buffer<ArrayBuffer>> {
  const challenge = randomBytes(CHALLENGE_BYTES)
  const expiresAt = instantOf(Date.parse(now) + CHALLENGE_MS)
  await sql`delete from login_challenges where city = ${city} and expires_at <= ${now}`
  await sql`
    insert into login_challenges (city, challenge_hash, purpose, staff_id, expires_at)
    values (${city}, ${hashOf(challenge)}, ${purpose}, ${staffId}, ${expiresAt})`
  return challenge
}

/** Uses a question up, whatever its answer is worth; `null` when it was not asked, was answered before, or waited too long.
 *  `challenge`: base64url, as browsers give it back. */
export async function takeChallenge(
  sql: Sql,
  { city, now, purpose, challenge }: Asked & { readonly challenge: string },
): Promise<{ readonly staffId: StaffId | null } | null> {
  const [taken] = await sql<{ staffId: StaffId | null }>`
    delete from login_challenges
     where city = ${city} and challenge_hash = ${hashOf(Buffer.from(challenge, 'base64url'))} and purpose = ${purpose}
       and expires_at > ${now}
    returning staff_id as "staffId"`
  return taken ?? null
}

function hashOf(challenge: Buffer): Buffer {
  return createHash('sha256').update(challenge).digest()
}
