import * as v from 'valibot'
import { instant, uuid } from '#kernel/schema.ts'
import type { Instant } from '#kernel/time.ts'
import type { HeldReason, OperationName, Refusal } from './protocol.ts'

// What a phone that cannot send gives out instead: its unsent operations in a file that only the city's own server opens. Sealed with
// AES-256-GCM; the key is HKDF-SHA-256 of the SHA-256 of the device's secret, which the server keeps of every device it has met.

/** Rises when an older server could misunderstand a file. */
export const OUTBOX_FILE_VERSION = 1
export const OUTBOX_FILE_ENDING = '.yorozu'
/** The `info` of HKDF: no other use of the secret gives this key. There is no salt. */
export const OUTBOX_FILE_KEY_INFO = 'outbox file'
export const OUTBOX_FILE_NONCE_BYTES = 12
/** At the end of what is sealed, where WebCrypto puts it. */
export const OUTBOX_FILE_TAG_BYTES = 16
/** docs/rules.md#outbox-file */
export const OUTBOX_FILE_MAX_BYTES = 4 * 1024 * 1024
export const OUTBOX_FILE_MAX_OPERATIONS = 10_000

const base64url = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/))

/** The file as it lies on a disk: JSON. Nothing of it names anybody. */
export const OutboxFile = v.strictObject({
  yorozu: v.literal('outbox'),
  version: v.literal(OUTBOX_FILE_VERSION),
  /** Whose key opens it. */
  deviceId: uuid,
  nonce: v.pipe(base64url, v.length(16)), // 12 bytes
  sealed: base64url,
})
export type OutboxFile = v.InferOutput<typeof OutboxFile>

/** Of a later version nothing is known but that it is later. */
export const NewerOutboxFile = v.looseObject({
  yorozu: v.literal('outbox'),
  version: v.pipe(v.number(), v.gtValue(OUTBOX_FILE_VERSION)),
})

/** What is sealed in it. The operations are read one by one, as those of a push. */
export const OutboxContent = v.strictObject({
  madeAt: instant,
  operations: v.pipe(v.array(v.unknown()), v.maxLength(OUTBOX_FILE_MAX_OPERATIONS)),
})
export type OutboxContent = v.InferOutput<typeof OutboxContent>

/** What is readable of a file belongs to what is sealed: neither can be put beside another. */
export function boundText({ version, deviceId }: Pick<OutboxFile, 'version' | 'deviceId'>): string {
  return `yorozu outbox ${version} ${deviceId}`
}

/** What became of one operation. `known`: the server had it already. `held`: not now; it stays on the phone. */
export interface TakenRow {
  /** From 1, in the order of the file. */
  readonly row: number
  readonly name: OperationName | null
  /** Device clock. */
  readonly at: Instant | null
  readonly result: 'taken' | 'known' | 'refused' | 'held' | 'unreadable'
  /** Why it was refused or held; `null` for the others. */
  readonly code: Refusal['code'] | Exclude<HeldReason, 'unreadable'> | null
}

/** POST /api/office/outbox-file answers this, or an `OutboxFileRefusal`. */
export interface OutboxFileTaken {
  readonly madeAt: Instant
  readonly rows: readonly TakenRow[]
}

/** Why a file was not opened; then nothing of it was taken. */
export interface OutboxFileRefusal {
  readonly code: 'file_unreadable' | 'file_newer' | 'file_too_large' | 'file_damaged' | 'device_unknown'
}
