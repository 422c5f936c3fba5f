import type { LocalDb } from './local-db.ts'
import type { Meta, WriteTx } from './local-schema.ts'
import { isSealed } from './seal.ts'
import type { StoredIn } from './secrets.ts'

type MendTx = WriteTx<('records' | 'answers' | 'forms' | 'meta')[]>

/** What no key opens is fetched again: the record goes, and the cursor of its bucket begins anew. An answer or a form that nobody can
 *  read any more goes as well. What waits to be sent stays, for a person to look at. */
export function mend(raw: LocalDb, broken: readonly StoredIn[]): Promise<void> {
  return raw.write(
    ['records', 'answers', 'forms', 'meta'],
    async (tx, touch) => {
      const meta = tx.objectStore('meta')
      const cursors = { ...((await meta.get('cursors')) as Meta['cursors'] | undefined) }
      for (const one of broken) {
        const bucket = await drop(tx, one)
        if (bucket === null || !(bucket in cursors)) continue
        cursors[bucket] = 0
        touch(bucket)
      }
      await meta.put(cursors, 'cursors')
    },
    { bySync: true },
  )
}

interface Keys {
  readonly bucket: string
  readonly kind: string
  readonly id: string
  readonly form: string
  readonly operation: { readonly id: string }
}

/** Resolves to the bucket of the record that was dropped; `null` when none was. */
async function drop(tx: MendTx, { store, stored }: StoredIn): Promise<string | null> {
  if (store !== 'records' && store !== 'answers' && store !== 'forms') return null
  const keys = stored as unknown as Keys
  const key = { records: [keys.bucket, keys.kind, keys.id], forms: keys.form, answers: keys.operation?.id }[store]
  const now = (await tx.objectStore(store).get(key as never)) as unknown
  if (!isSealed(now) || String(now.sealed.iv) !== String(stored.sealed.iv)) return null // kept anew meanwhile
  await tx.objectStore(store).delete(key as never)
  return store === 'records' ? keys.bucket : null
}
