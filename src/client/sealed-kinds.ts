import type { StoreName } from './local-schema.ts'

const SEALED_STORES: ReadonlySet<string> = new Set(['outbox', 'answers', 'forms', 'records'])
const SEALED_KINDS: ReadonlySet<string> = new Set(['rosterEntry', 'booking', 'instructor'])

/** Whether these stores name nobody. */
export function isPlain(stores: readonly StoreName[]): boolean {
  return !stores.some((store) => SEALED_STORES.has(store))
}

/** Whether a record is sealed, and whether as part of a list of people, which a locked device does not show. */
export function sealOf(bucket: string, kind: string): 'none' | 'device' | 'vault' {
  if (!SEALED_KINDS.has(kind)) return 'none'
  return bucket.startsWith('session:') ? 'vault' : 'device'
}
