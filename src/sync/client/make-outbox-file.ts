import type { LocalDb } from '#client/local-db.ts'
import type { Device } from '#client/local-schema.ts'
import { err, ok, type Result } from '#kernel/result.ts'
import { localDateOf } from '#kernel/time.ts'
import {
  boundText,
  OUTBOX_FILE_ENDING,
  OUTBOX_FILE_KEY_INFO,
  OUTBOX_FILE_MAX_BYTES,
  OUTBOX_FILE_MAX_OPERATIONS,
  OUTBOX_FILE_NONCE_BYTES,
  OUTBOX_FILE_VERSION,
  type OutboxContent,
  type OutboxFile,
} from '#sync/domain/outbox-file.ts'
import type { Surroundings } from './surroundings.ts'

/** A file to keep. Its name says when it was made, and nothing of anybody. */
export interface MadeFile {
  readonly name: string
  readonly text: string
  readonly count: number
}

/** `never_met`: no server has this device's secret, so none could open it. `cannot_seal`: a page without https. */
export interface MakeFileRefusal {
  readonly code: 'nothing_unsent' | 'never_met' | 'cannot_seal' | 'too_much'
}

/** Puts what is unsent into a file, sealed for the city's own server. It stays in the outbox: the server knows its ids again.
 *  Needs no network. Throws `StorageUnavailable`. */
export async function makeOutboxFile(
  db: Pick<LocalDb, 'read'>,
  { now, random }: Surroundings,
): Promise<Result<MadeFile, MakeFileRefusal>> {
  const { device, isMet, operations } = await readUnsent(db)
  if (operations.length === 0) return err({ code: 'nothing_unsent' })
  if (device === null || !isMet) return err({ code: 'never_met' })
  if ((crypto.subtle as SubtleCrypto | undefined) === undefined) return err({ code: 'cannot_seal' })
  const madeAt = now()
  const text = await seal(device, { madeAt, operations }, bytes(random(OUTBOX_FILE_NONCE_BYTES)))
  if (operations.length > OUTBOX_FILE_MAX_OPERATIONS || text.length > OUTBOX_FILE_MAX_BYTES)
    return err({ code: 'too_much' })
  return ok({ name: `yorozu-${localDateOf(madeAt)}${OUTBOX_FILE_ENDING}`, text, count: operations.length })
}

function readUnsent(db: Pick<LocalDb, 'read'>) {
  return db.read(['outbox', 'meta'], async (tx) => {
    const meta = tx.objectStore('meta')
    const [entries, device, lastContactAt] = await Promise.all([
      tx.objectStore('outbox').getAll(),
      meta.get('device') as Promise<Device | undefined>,
      meta.get('lastContactAt'),
    ])
    const operations = entries.map(({ operation }) => operation)
    return { device: device ?? null, isMet: lastContactAt !== undefined, operations }
  })
}

async function seal({ id, secret }: Device, content: OutboxContent, iv: Uint8Array<ArrayBuffer>): Promise<string> {
  const file = { yorozu: 'outbox', version: OUTBOX_FILE_VERSION, deviceId: id } as const
  const additionalData = new TextEncoder().encode(boundText(file))
  const clear = new TextEncoder().encode(JSON.stringify(content))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, await keyOf(secret), clear)
  const whole: OutboxFile = { ...file, nonce: base64url(iv), sealed: base64url(new Uint8Array(sealed)) }
  return JSON.stringify(whole)
}

/** The server keeps the hash of the secret, not the secret: so the key comes from the hash. */
async function keyOf(secret: string): Promise<CryptoKey> {
  const { subtle } = crypto
  const hash = await subtle.digest(
    'SHA-256',
    bytes(Uint8Array.from(secret.match(/../g) ?? [], (hex) => parseInt(hex, 16))),
  )
  const from = await subtle.importKey('raw', hash, 'HKDF', false, ['deriveKey'])
  const info = new TextEncoder().encode(OUTBOX_FILE_KEY_INFO)
  const salt = new Uint8Array(0)
  const aes = { name: 'AES-GCM', length: 256 }
  return subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt, info }, from, aes, false, ['encrypt'])
}

function bytes(from: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(from)
}

function base64url(data: Uint8Array): string {
  const CHUNK = 8192 // a call takes only so many arguments
  let text = ''
  for (let start = 0; start < data.length; start += CHUNK)
    text += String.fromCharCode(...data.subarray(start, start + CHUNK))
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
