import type { Keyring, StoredLock } from '#client/keyring.ts'
import type { LocalDb } from '#client/local-db.ts'
import { readRecords } from '#client/records.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { bucketOf } from '#sessions/domain/session-bucket.ts'
import type { MemoryServer } from './memory-server.ts'

export const LIST = bucketOf('018f0000-0000-7000-8000-000000000001' as SessionId)
export const NAME = '髙橋 花子'

/** Somebody on the list. */
export function putPerson(server: MemoryServer, id: string, name = NAME): void {
  const body = { learnerId: id, name, nameKana: 'たかはし はなこ', receiptNumber: null, state: 'enrolled' }
  server.put(LIST, id, body, 'rosterEntry')
}

/** The phone may hold a list with so many people, all of one name. */
export function grantList(server: MemoryServer, people = 1): void {
  server.granted.add(LIST)
  for (let index = 0; index < people; index += 1) putPerson(server, `p${index}`)
}

/** The names a page would show. */
export async function readNames(db: LocalDb): Promise<readonly (string | null)[]> {
  return (await readRecords(db, LIST, 'rosterEntry')).map(({ body }) => body.name)
}

/** Locks the phone, without the part about a PIN: what is wrapped here opens nothing. Resolves to the key that unlocks it. */
export async function putLockOn(keyring: Keyring): Promise<CryptoKey> {
  const vault = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const wrapped = { iv: new Uint8Array(12), data: new ArrayBuffer(64) }
  const at = '2026-05-12T04:30:00.000Z' as StoredLock['setAt']
  keyring.setVaultKey(vault)
  await keyring.writeLock({
    salt: new Uint8Array(16),
    iterations: 1,
    door: wrapped,
    vault: wrapped,
    failedCount: 0,
    lockedUntil: null,
    setAt: at,
    lastSeenAt: at,
  })
  return vault
}

/** Everything on the disk as text, keys left out. */
export async function readDisk(disk: LocalDb): Promise<string> {
  const stores = ['records', 'outbox', 'answers', 'forms', 'meta', 'sent'] as const
  const all = await disk.read([...stores], (tx) => Promise.all(stores.map((store) => tx.objectStore(store).getAll())))
  return JSON.stringify(all, (_key, value: unknown) =>
    value instanceof ArrayBuffer ? Buffer.from(value).toString('utf8') : value,
  )
}
