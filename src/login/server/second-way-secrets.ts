import { createCipheriv, createDecipheriv, createHmac, randomBytes, randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import type { Instant } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import { CHANGING_CODE_DIGITS, STEP_S, STEPS_AROUND } from '#login/domain/second-way.ts'
import type { KeyFor } from '#server/server-key.ts'

const SECRET_BYTES = 20 // as long as the hash, RFC 4226 §4
const NONCE_BYTES = 12
const TAG_BYTES = 16
const CIPHER = 'aes-256-gcm'
/** What an app for changing codes understands without being asked. */
const AS_APPS_KNOW_IT = { algorithm: 'SHA1', digits: CHANGING_CODE_DIGITS, period: STEP_S } as const

/** Whose secret it is. Bound into what is kept, so that no row can be put in the place of another. */
interface Owner {
  readonly city: string
  readonly secondWayId: Uuid
}

export function makeSecret(): Buffer {
  return randomBytes(SECRET_BYTES)
}

/** So many random digits, the first never 0. */
export function makeDigits(count: number): string {
  return String(randomInt(10 ** (count - 1), 10 ** count))
}

/** The secret as the database keeps it: nonce, tag, ciphertext (AES-256-GCM). */
export function sealSecret(keyFor: KeyFor, owner: Owner, secret: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, keyFor('secondWay'), nonce).setAAD(nameOf(owner))
  const hidden = Buffer.concat([cipher.update(secret), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), hidden])
}

/** Throws when it was sealed by another key, for somebody else, or changed. */
export function openSecret(keyFor: KeyFor, owner: Owner, sealed: Buffer): Buffer {
  const [nonce, tag] = [sealed.subarray(0, NONCE_BYTES), sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)]
  const decipher = createDecipheriv(CIPHER, keyFor('secondWay'), nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(nameOf(owner)).setAuthTag(tag)
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
}

/** A code of the sheet as the database keeps it. */
export function hashSheetCode(keyFor: KeyFor, { city, secondWayId }: Owner, code: string): Buffer {
  return createHmac('sha256', keyFor('code')).update(`second way ${city} ${secondWayId} ${code}`).digest()
}

/** The time step (since 1970, of 30 seconds) whose code this is; `null` when it is of none near `now`. */
export function stepOf(secret: Buffer, code: string, now: Instant): number | null {
  const timestamp = Date.parse(now)
  const token = { token: code, secret: asSecret(secret), ...AS_APPS_KNOW_IT, window: STEPS_AROUND, timestamp }
  const delta = TOTP.validate(token)
  return delta === null ? null : TOTP.counter({ period: STEP_S, timestamp }) + delta
}

/** The secret for an app: as letters to type, and as an address to scan. Its label is the staff number: no name leaves with it. */
export function describeSecret(secret: Buffer, staffNumber: string): { readonly secret: string; readonly uri: string } {
  const totp = new TOTP({ ...AS_APPS_KNOW_IT, issuer: 'Yorozu', label: staffNumber, secret: asSecret(secret) })
  return { secret: totp.secret.base32, uri: totp.toString() }
}

function asSecret(bytes: Buffer): Secret {
  return new Secret({ buffer: Uint8Array.from(bytes).buffer })
}

function nameOf({ city, secondWayId }: Owner): Buffer {
  return Buffer.from(`${city} ${secondWayId}`)
}
