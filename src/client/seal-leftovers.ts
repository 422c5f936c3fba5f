import type { Keyring } from './keyring.ts'
import type { LocalDb } from './local-db.ts'
import type { WriteTx } from './local-schema.ts'
import { isSealed, takeApart } from './seal.ts'

/** Seals what an older version of this program has left in clear, or this device before it had a lock with another key. */
export async function sealLeftovers(raw: LocalDb, keyring: Keyring, db: LocalDb): Promise<void> {
  const by = (await keyring.ready()) === 'open' ? 'device' : 'vault'
  for (const store of ['outbox', 'answers', 'forms', 'records'] as const) {
    const keys = await raw.read([store], async (tx) => {
      const [values, names] = [await tx.objectStore(store).getAll(), await tx.objectStore(store).getAllKeys()]
      return names.filter((name, index) => {
        const value: unknown = values[index]
        const parts = takeApart(store, value, name)
        return parts !== null && (!isSealed(value) || (parts.isListed && value.sealed.by !== by))
      })
    })
    if (keys.length > 0) await sealAgain(db, store as 'forms', keys as string[])
  }
}

/** Reads each value and puts it back. The stores differ in their types only, and in that forms do not hold their own key. */
async function sealAgain(db: LocalDb, store: 'forms', keys: readonly string[]): Promise<void> {
  const hasOwnKey = (store as string) !== 'forms'
  const work = async (tx: WriteTx<['forms']>): Promise<void> => {
    const kept = tx.objectStore(store)
    const values = await Promise.all(keys.map((key) => kept.get(key)))
    for (const [index, value] of values.entries()) {
      if (value !== undefined) await (hasOwnKey ? kept.put(value) : kept.put(value, keys[index]))
    }
  }
  await db.write([store], work, { bySync: true })
}
