import type { Role } from '#login/domain/roles.ts'

/** What the buckets granted to this device say about who holds it: the only thing known without a network.
 *  It chooses links of the menu and nothing more; what may be read or written is decided by the server. */
export function roleOnDevice(buckets: readonly string[]): Role {
  if (buckets.includes('office')) return 'organizer'
  return buckets.includes('hall') ? 'volunteer' : 'resident'
}
