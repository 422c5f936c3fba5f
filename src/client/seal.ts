import type { AnswerEntry, HeldRecord, OutboxEntry, StoreName } from './local-schema.ts'
import { sealOf } from './sealed-kinds.ts'

/** Which key a value was sealed with: that of the device, or that of its lock. */
export type KeyName = 'device' | 'vault'

/** A secret as it lies on the disk: AES-GCM, with a number of its own that is never used twice. */
export interface Sealed {
  readonly by: KeyName
  readonly iv: Uint8Array<ArrayBuffer>
  readonly data: ArrayBuffer
}

/** A value of the store in two parts: what indexes and counters need, and what names people. */
export interface Parts {
  readonly clear: object
  readonly secret: unknown
  /** What the secret belongs to. Sealed in with it, so that it cannot be put under another person or another form. */
  readonly owner: string
  /** Part of a list of people, which a locked device does not show. */
  readonly isListed: boolean
}

export type Stored = { readonly sealed: Sealed } & Record<string, unknown>

export function isSealed(value: unknown): value is Stored {
  return typeof (value as Partial<Stored> | undefined)?.sealed === 'object'
}

/** Takes a value apart; `null` when it names nobody. `key` is the name of a form. Reads values in clear and sealed ones alike. */
export function takeApart(store: StoreName, value: unknown, key?: unknown): Parts | null {
  const parts = partsOf(store, value, key)
  return parts?.secret === undefined && !isSealed(value) ? null : parts
}

function partsOf(store: StoreName, value: unknown, key: unknown): Parts | null {
  if (store === 'outbox') {
    const { operation, ...rest } = value as OutboxEntry
    const { payload, ...said } = operation
    const owner = JSON.stringify([store, said.id, said.name, said.at])
    return { clear: { ...rest, operation: said }, secret: payload, owner, isListed: false }
  }
  if (store === 'answers') {
    const { operation, outcome, ...rest } = value as AnswerEntry
    const { payload, ...said } = operation
    const owner = JSON.stringify([store, said.id, said.name, said.at])
    return { clear: { ...rest, operation: said }, secret: { payload, outcome }, owner, isListed: false }
  }
  if (store === 'forms') {
    const form = isSealed(value) ? value['form'] : key
    return { clear: { form }, secret: value, owner: JSON.stringify([store, form]), isListed: false }
  }
  const { body, ...rest } = value as HeldRecord
  const seal = sealOf(rest.bucket, rest.kind)
  if (store !== 'records' || seal === 'none') return null
  const owner = JSON.stringify([store, rest.bucket, rest.kind, rest.id, rest.version])
  return { clear: rest, secret: body, owner, isListed: seal === 'vault' }
}

/** Puts a value together again. */
export function putTogether(store: StoreName, stored: Stored, secret: unknown): unknown {
  const { sealed: _sealed, ...clear } = stored
  if (store === 'forms') return secret
  if (store === 'records') return { ...clear, body: secret }
  const said = clear['operation'] as object
  if (store === 'outbox') return { ...clear, operation: { ...said, payload: secret } }
  const { payload, outcome } = secret as Pick<AnswerEntry, 'outcome'> & { readonly payload: unknown }
  return { ...clear, outcome, operation: { ...said, payload } }
}

/** Seals a text, and with it whom it belongs to. */
export async function seal(text: string, owner: string, by: KeyName, key: CryptoKey): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12)) // NIST SP 800-38D §8.2.2: 96 bits by chance
  return { by, iv, data: await crypto.subtle.encrypt(parameters(iv, owner), key, encode(text)) }
}

/** The text that was sealed; `null` when this key does not open it, or it is not what was put there. */
export async function open({ iv, data }: Sealed, owner: string, key: CryptoKey): Promise<string | null> {
  try {
    return new TextDecoder().decode(await crypto.subtle.decrypt(parameters(iv, owner), key, data))
  } catch {
    return null
  }
}

function parameters(iv: Uint8Array<ArrayBuffer>, owner: string): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: encode(owner) }
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}
