import { createDecipheriv, hkdfSync } from 'node:crypto'
import * as v from 'valibot'
import { err, ok, type Result } from '#kernel/result.ts'
import {
  boundText,
  NewerOutboxFile,
  OUTBOX_FILE_KEY_INFO,
  OUTBOX_FILE_TAG_BYTES,
  OutboxContent,
  OutboxFile,
  type OutboxFileRefusal,
} from '#sync/domain/outbox-file.ts'

const KEY_BYTES = 32

/** The file's readable part: whose it is, and by what it is opened. */
export function readOutboxFile(sent: unknown): Result<OutboxFile, OutboxFileRefusal> {
  if (v.is(NewerOutboxFile, sent)) return err({ code: 'file_newer' })
  const file = v.safeParse(OutboxFile, sent)
  return file.success ? ok(file.output) : err({ code: 'file_unreadable' })
}

/** Opens what a device has sealed. `secretHash`: SHA-256 of its secret, 32 bytes. Whatever was changed since, or made by another device,
 *  does not open. */
export function openOutboxFile(file: OutboxFile, secretHash: Buffer): Result<OutboxContent, OutboxFileRefusal> {
  const text = unseal(file, Buffer.from(hkdfSync('sha256', secretHash, '', OUTBOX_FILE_KEY_INFO, KEY_BYTES)))
  if (text === null) return err({ code: 'file_damaged' })
  const content = v.safeParse(OutboxContent, parse(text))
  return content.success ? ok(content.output) : err({ code: 'file_unreadable' })
}

function unseal(file: OutboxFile, key: Buffer): string | null {
  const sealed = Buffer.from(file.sealed, 'base64url')
  const end = sealed.length - OUTBOX_FILE_TAG_BYTES
  if (end < 0) return null
  const nonce = Buffer.from(file.nonce, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: OUTBOX_FILE_TAG_BYTES })
  decipher.setAAD(Buffer.from(boundText(file))).setAuthTag(sealed.subarray(end))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, end)), decipher.final()]).toString()
  } catch {
    return null
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
