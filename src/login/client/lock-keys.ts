import type { StoredLock, WrappedKey } from '#client/keyring.ts'

/** What a PIN costs to try, once; ours 0.3 to 2 s on a phone. OWASP Password Storage Cheat Sheet for PBKDF2-HMAC-SHA-256. */
const ITERATIONS = 600_000
const SALT_BYTES = 16
const IV_BYTES = 12 // NIST SP 800-38D §8.2.2: 96 bits by chance
const KEY = { name: 'AES-GCM', length: 256 } as const

type LockKeys = Pick<StoredLock, 'salt' | 'iterations' | 'door' | 'vault'>

export interface OpenedLock {
  /** What is kept: the same as before, unless the vault had been emptied. */
  readonly keys: LockKeys
  readonly vaultKey: CryptoKey
}

/** A lock with a new vault, that this PIN opens on this device and nowhere else. */
export async function makeLock(pin: string, deviceKey: CryptoKey): Promise<OpenedLock> {
  const salt = randomBytes(SALT_BYTES)
  const fromPin = await keyOfPin(pin, { salt, iterations: ITERATIONS })
  const made = await makeKey(['wrapKey', 'unwrapKey'])
  const door = await wrap(made, fromPin, deviceKey)
  const doorKey = await unwrap(door, fromPin, deviceKey, ['wrapKey', 'unwrapKey'])
  const { vault, vaultKey } = await makeVault(doorKey, deviceKey)
  return { keys: { salt, iterations: ITERATIONS, door, vault }, vaultKey }
}

/** Opens a lock, with a new vault where the old one was thrown away. `null`: it is another PIN, or another device. */
export async function openLock(lock: LockKeys, pin: string, deviceKey: CryptoKey): Promise<OpenedLock | null> {
  const { salt, iterations, door } = lock
  try {
    const fromPin = await keyOfPin(pin, lock)
    const doorKey = await unwrap(door, fromPin, deviceKey, ['wrapKey', 'unwrapKey'])
    if (lock.vault !== null) {
      return { keys: lock, vaultKey: await unwrap(lock.vault, doorKey, deviceKey, ['encrypt', 'decrypt']) }
    }
    const { vault, vaultKey } = await makeVault(doorKey, deviceKey)
    return { keys: { salt, iterations, door, vault }, vaultKey }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'OperationError') return null // AES-GCM: the key does not fit
    throw error
  }
}

async function makeVault(
  doorKey: CryptoKey,
  deviceKey: CryptoKey,
): Promise<{ readonly vault: WrappedKey; readonly vaultKey: CryptoKey }> {
  const vault = await wrap(await makeKey(['encrypt', 'decrypt']), doorKey, deviceKey)
  // Unwrapped at once, so that the key that works cannot be read out; the one that was made is forgotten here.
  return { vault, vaultKey: await unwrap(vault, doorKey, deviceKey, ['encrypt', 'decrypt']) }
}

async function keyOfPin(
  pin: string,
  { salt, iterations }: Pick<StoredLock, 'salt' | 'iterations'>,
): Promise<CryptoKey> {
  const { subtle } = crypto
  const typed = await subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveKey'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations }
  return subtle.deriveKey(how, typed, KEY, false, ['wrapKey', 'unwrapKey'])
}

function makeKey(uses: readonly KeyUsage[]): Promise<CryptoKey> {
  return crypto.subtle.generateKey(KEY, true, uses)
}

/** Inner envelope with `inner`, outer one with the device key. The inner number travels inside. */
async function wrap(key: CryptoKey, inner: CryptoKey, deviceKey: CryptoKey): Promise<WrappedKey> {
  const [innerIv, iv] = [randomBytes(IV_BYTES), randomBytes(IV_BYTES)]
  const wrapped = new Uint8Array(await crypto.subtle.wrapKey('raw', key, inner, { name: 'AES-GCM', iv: innerIv }))
  const content = new Uint8Array(IV_BYTES + wrapped.length)
  content.set(innerIv)
  content.set(wrapped, IV_BYTES)
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, deviceKey, content) }
}

async function unwrap(
  { iv, data }: WrappedKey,
  inner: CryptoKey,
  deviceKey: CryptoKey,
  uses: readonly KeyUsage[],
): Promise<CryptoKey> {
  const content = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, deviceKey, data))
  const how = { name: 'AES-GCM', iv: content.slice(0, IV_BYTES) }
  return crypto.subtle.unwrapKey('raw', content.slice(IV_BYTES), inner, how, KEY, false, uses)
}

function randomBytes(count: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(count))
}
