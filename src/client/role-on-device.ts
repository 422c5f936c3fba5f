import type { Role } from '#login/domain/roles.ts'
import type { Holder } from '#sync/domain/protocol.ts'
import type { LocalDb } from './local-db.ts'
import type { PhoneNews } from './local-schema.ts'

/** Who held this device at its last contact: the only thing known without a network; `null` before the first one.
 *  It chooses links of the menu and nothing more; what may be read or written is decided by the server. */
export async function readHolder(db: Pick<LocalDb, 'read'>): Promise<Holder | null> {
  const held = await db.read(['meta'], (tx) => tx.objectStore('meta').get('holder'))
  return (held as Holder | undefined) ?? null
}

/** Why the lists of people are gone from this phone; `null` = nothing to tell. */
export async function readPhoneNews(db: Pick<LocalDb, 'read'>): Promise<PhoneNews | null> {
  const news = await db.read(['meta'], (tx) => tx.objectStore('meta').get('phoneNews'))
  return (news as PhoneNews | undefined) ?? null
}

export function roleOnDevice(holder: Holder | null): Role {
  return holder?.role ?? 'resident'
}
