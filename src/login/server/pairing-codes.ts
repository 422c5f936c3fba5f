import { createHash, createHmac, randomBytes, randomInt } from 'node:crypto'
import { type Instant, plusMinutes } from '#kernel/time.ts'
import type { StaffId } from '#login/domain/identity.ts'
import {
  PAIRING_CODE_DIGITS,
  PAIRING_CODE_PRINTED_MIN,
  PAIRING_CODE_SHOWN_MIN,
  PAIRING_TOKEN_BYTES,
} from '#login/domain/pairing-limits.ts'
import type { MadeCode, MakeCode } from '#login/domain/pairing-list.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import type { Sql } from '#server/database.ts'
import type { ServerKit } from '#server/kit.ts'

type CodeKit = Pick<ServerKit, 'city' | 'keyFor' | 'now'>

const GOOD_MIN = { screen: PAIRING_CODE_SHOWN_MIN, printed: PAIRING_CODE_PRINTED_MIN } as const

/** Makes digits and a link for one phone of this person; those made before are no longer good. */
export async function makePairingCode(
  sql: Sql,
  kit: CodeKit,
  { instructorId, use, madeBy }: MakeCode & { readonly madeBy: StaffId | null },
): Promise<MadeCode> {
  const now = kit.now()
  await voidPairingCodes(sql, kit.city, instructorId, now)
  const token = randomBytes(PAIRING_TOKEN_BYTES).toString('base64url')
  const expiresAt = plusMinutes(now, GOOD_MIN[use])
  for (;;) {
    const code = String(randomInt(10 ** PAIRING_CODE_DIGITS)).padStart(PAIRING_CODE_DIGITS, '0')
    const made = await sql`
      insert into pairing_codes (city, code_hash, token_hash, instructor_id, made_by, made_at, expires_at)
      values (${kit.city}, ${hashOfCode(kit, code)}, ${hashOfToken(token)}, ${instructorId}, ${madeBy}, ${now}, ${expiresAt})
      on conflict (city, code_hash) do nothing returning 1 as one`
    if (made.length > 0) return { code, token, expiresAt } // else these digits were somebody's lately
  }
}

/** Takes back what was made for this person and nobody has used. */
export async function voidPairingCodes(sql: Sql, city: string, whose: InstructorId, now: Instant): Promise<void> {
  await sql`
    update pairing_codes set expires_at = ${now}
     where city = ${city} and instructor_id = ${whose} and used_at is null and expires_at > ${now}`
}

export type PairingProof = { readonly code: string } | { readonly token: string }

/** Uses digits or a link up, and tells whose they are. Of two phones that come at the same time, one gets it. */
export async function takePairingCode(sql: Sql, kit: CodeKit, proof: PairingProof): Promise<InstructorId | null> {
  const now = kit.now()
  const [code, token] = 'code' in proof ? [hashOfCode(kit, proof.code), null] : [null, hashOfToken(proof.token)]
  const [taken] = await sql<{ instructor_id: InstructorId }>`
    update pairing_codes set used_at = ${now}
     where city = ${kit.city} and (code_hash = ${code} or token_hash = ${token}) and used_at is null and expires_at > ${now}
    returning instructor_id`
  return taken?.instructor_id ?? null
}

/** Whether somebody came with a link that was good once. A token that never was is a mere guess. */
export async function wasToken(sql: Sql, city: string, token: string): Promise<boolean> {
  const rows = await sql`select 1 from pairing_codes where city = ${city} and token_hash = ${hashOfToken(token)}`
  return rows.length > 0
}

/** Eight digits can be tried out in a moment by whoever has the database, so they are kept under a key that is not in it. */
function hashOfCode({ city, keyFor }: CodeKit, code: string): Buffer {
  return createHmac('sha256', keyFor('code')).update(`pairing ${city} ${code}`).digest()
}

function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(Buffer.from(token, 'base64url')).digest()
}
