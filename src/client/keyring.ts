import type { Instant } from '#kernel/time.ts'
import type { LocalDb } from './local-db.ts'
import { createObservable, type Observable } from './observable.ts'

/** `open`: this device has no lock. `locked`: lists of people are not there until somebody unlocks them. */
export type LockState = 'open' | 'locked' | 'unlocked'

/** A key inside another key's envelope, twice: the number is that of the outer one. */
export interface WrappedKey {
  readonly iv: Uint8Array<ArrayBuffer>
  readonly data: ArrayBuffer
}

/** The lock of this device as it lies on the disk: never the PIN, and the vault key only wrapped. */
export interface StoredLock {
  /** Of the key that is derived from the PIN, and how often it is hashed. */
  readonly salt: Uint8Array<ArrayBuffer>
  readonly iterations: number
  /** A key that opens nothing but `vault`, wrapped with the key from the PIN and then with the device key. */
  readonly door: WrappedKey
  /** The vault key, wrapped with that of the door and then with the device key; `null` once it was thrown away with the lists. */
  readonly vault: WrappedKey | null
  readonly failedCount: number
  readonly lockedUntil: Instant | null
  /** When its vault key was made or thrown away: other tabs then let go of theirs. */
  readonly setAt: Instant
  /** The latest time this device has seen, so that a clock set back is noticed. */
  readonly lastSeenAt: Instant
  /** The word of the city on the time that `lastSeenAt` has taken in; left out = none yet. */
  readonly cityTime?: Instant | null
}

/** The keys of this device. None of them can be read out, not even by our own code. */
export interface Keyring {
  /** False on an address without https: browsers seal nothing there, and this device holds no lists of people. */
  readonly canSeal: boolean
  /** `open` until `ready`. */
  readonly state: Observable<LockState>
  /** Resolves once the state is known. Throws `StorageUnavailable`. */
  ready(): Promise<LockState>
  /** Seals what must be readable on a locked device too: what waits to be sent, answers, forms. Made at first use. */
  deviceKey(): Promise<CryptoKey>
  /** Seals lists of people; on a device without a lock it is the device key. `null` while locked, and before `ready`. */
  vaultKey(): CryptoKey | null
  readLock(): Promise<StoredLock | null>
  /** Keeps the lock; `null` takes it off. To put on a new one without a moment of being locked out, set its vault key first. */
  writeLock(lock: StoredLock | null): Promise<void>
  /** Unlocks, or with `null` locks, this tab. */
  setVaultKey(key: CryptoKey | null): void
}

/** The key under which everything of this device is sealed: 256 bits that never leave the browser. */
const ALGORITHM = { name: 'AES-GCM', length: 256 } as const

/** @param db the store itself, below the one that seals. */
export function createKeyring(db: Pick<LocalDb, 'read' | 'write' | 'onChange'>): Keyring {
  const canSeal = typeof crypto === 'object' && (crypto.subtle as SubtleCrypto | undefined) !== undefined
  const state = createObservable<LockState>('open')
  let device: CryptoKey | null = null
  let vault: CryptoKey | null = null
  let lock: StoredLock | null = null
  let looking: Promise<void> | null = null
  let making: Promise<CryptoKey> | null = null

  function show(): void {
    const next = lock === null ? 'open' : vault === null ? 'locked' : 'unlocked'
    if (next !== state.current) state.set(next)
  }

  /** What lies on the disk now. A lock that another tab has made anew has a key that is not known here. */
  async function look(isElsewhere = false): Promise<void> {
    const [kept, found] = await readKeys(db)
    // The store was cleared below an open page: what it has sealed since must stay readable, hence the same key again.
    const key = kept ?? (device && (await keepKey(db, device)))
    if (found === null || (isElsewhere && found.setAt !== lock?.setAt)) vault = null
    if (isElsewhere || device === null) device = key // the same one, read again
    lock = found
    show()
  }

  async function ready(): Promise<LockState> {
    const mine = (looking ??= look())
    await mine.catch((error: unknown) => {
      if (looking === mine) looking = null // the store was away; the next one asks again
      throw error
    })
    return state.current
  }

  db.onChange(({ stores, elsewhere }) => {
    if (stores.includes('keys') && looking !== null) void look(elsewhere).catch(() => {})
  })

  return {
    canSeal,
    state,
    ready,
    async deviceKey() {
      await ready()
      if (device !== null) return device
      const mine = (making ??= makeKey(db))
      try {
        return (device = await mine)
      } finally {
        making = null
      }
    },
    vaultKey: () => (lock === null ? device : vault),
    readLock: async () => (await readKeys(db))[1],
    async writeLock(next) {
      await db.write(['keys'], async (tx) => {
        if (next === null) await tx.objectStore('keys').delete('lock')
        else await tx.objectStore('keys').put(next, 'lock')
      })
      await look(false)
    },
    setVaultKey(key) {
      if (key === vault) return
      vault = key
      show()
    },
  }
}

function readKeys(db: Pick<LocalDb, 'read'>): Promise<[CryptoKey | null, StoredLock | null]> {
  return db.read(['keys'], async (tx) => {
    const keys = tx.objectStore('keys')
    const device = ((await keys.get('device')) ?? null) as CryptoKey | null
    return [device, ((await keys.get('lock')) ?? null) as StoredLock | null]
  })
}

async function makeKey(db: Pick<LocalDb, 'write'>): Promise<CryptoKey> {
  return keepKey(db, await crypto.subtle.generateKey(ALGORITHM, false, ['encrypt', 'decrypt']))
}

/** Resolves to the key that this device has from now on. */
function keepKey(db: Pick<LocalDb, 'write'>, made: CryptoKey): Promise<CryptoKey> {
  return db.write(['keys'], async (tx) => {
    const keys = tx.objectStore('keys')
    const first = (await keys.get('device')) as CryptoKey | undefined // another tab may have been faster
    if (first === undefined) await keys.put(made, 'device')
    return first ?? made
  })
}
