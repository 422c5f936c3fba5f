import type { Keyring } from './keyring.ts'
import type { StoreName } from './local-schema.ts'
import { type KeyName, open, type Parts, seal, type Sealed, type Stored, takeApart } from './seal.ts'

/** So many opened values stay in memory between two looks at the store. */
const KEPT_MAX = 2000

export interface StoredIn {
  readonly store: StoreName
  readonly stored: Stored
}

/** What was opened or sealed already, so that a transaction finds it without waiting. */
export interface Secrets {
  /** Takes the keys of this moment; what was opened with others is forgotten. */
  look(): Promise<void>
  /** Forgets the oldest of too many. */
  trim(): void
  isLocked(): boolean
  /** `undefined`: not tried yet; `null`: no key opens it. */
  openedOf(store: StoreName, stored: Stored): { readonly secret: unknown } | null | undefined
  sealedOf(parts: Parts): Sealed | undefined
  open(values: Iterable<StoredIn>): Promise<void>
  seal(parts: Iterable<Parts>): Promise<void>
}

/** @param onBroken is told what no key opens. */
export function createSecrets(keyring: Keyring, onBroken: (broken: readonly StoredIn[]) => void): Secrets {
  const opened = new Map<string, { readonly secret: unknown } | null>()
  const sealed = new Map<string, Sealed>()
  let keys: Readonly<Record<KeyName, CryptoKey | null>> = { device: null, vault: null }

  const isLocked = (): boolean => keyring.state.current === 'locked'
  const keyNameOf = ({ isListed }: Parts): KeyName =>
    isListed && keyring.state.current !== 'open' ? 'vault' : 'device'
  const nameOf = (parts: Parts): string => `${keyNameOf(parts)}${parts.owner}${JSON.stringify(parts.secret)}`

  async function look(): Promise<void> {
    const device = await keyring.deviceKey()
    const vault = keyring.state.current === 'open' ? null : keyring.vaultKey()
    if (keys.device === device && keys.vault === vault) return
    keys = { device, vault }
    opened.clear()
    sealed.clear()
  }

  function keep(one: Sealed, parts: Parts, text: string): void {
    opened.set(placeOf(one, parts.owner), { secret: JSON.parse(text) as unknown })
    if (one.by === keyNameOf(parts)) sealed.set(nameOf(parts), one) // kept again unchanged, it needs no new seal
  }

  return {
    look,
    trim() {
      for (const map of [opened, sealed] as Map<string, unknown>[]) {
        for (const name of map.keys()) {
          if (map.size <= KEPT_MAX) break
          map.delete(name) // a `Map` keeps the order of arrival
        }
      }
    },
    isLocked,
    openedOf: (store, stored) => opened.get(placeOf(stored.sealed, takeApart(store, stored)?.owner)),
    sealedOf: (parts) => sealed.get(nameOf(parts)),
    async open(values) {
      const broken: StoredIn[] = []
      const used = keys
      const openOne = async ({ store, stored }: StoredIn): Promise<void> => {
        const one = stored.sealed
        const parts = takeApart(store, stored)
        const key = used[one.by]
        const text = key === null || parts === null ? null : await open(one, parts.owner, key)
        if (used !== keys || (key === null && isLocked())) return // locked, or wiped, meanwhile
        if (text !== null && parts !== null) return keep(one, { ...parts, secret: JSON.parse(text) as unknown }, text)
        opened.set(placeOf(one, parts?.owner), null)
        broken.push({ store, stored })
      }
      await Promise.all(Array.from(values, openOne))
      if (broken.length > 0) onBroken(broken)
    },
    async seal(wanted) {
      const used = keys
      const sealOne = async (parts: Parts): Promise<void> => {
        const by = keyNameOf(parts)
        const key = used[by]
        const text = JSON.stringify(parts.secret)
        if (key === null || sealed.has(nameOf(parts))) return
        const one = await seal(text, parts.owner, by, key)
        if (used === keys) keep(one, parts, text)
      }
      await Promise.all(Array.from(wanted, sealOne))
    },
  }
}

function placeOf({ iv }: Sealed, owner = ''): string {
  return `${String(iv)} ${owner}`
}
