import type { Keyring, StoredLock } from '#client/keyring.ts'
import type { LocalDb } from '#client/local-db.ts'
import type { HeldRecord, Meta, PhoneNews, StoreName, WriteTx } from '#client/local-schema.ts'
import type { Instant } from '#kernel/time.ts'
import type { Holder } from '#sync/domain/protocol.ts'

/** What everything about the lock of a phone is done with. */
export interface PhoneParts {
  readonly db: LocalDb
  readonly keyring: Keyring
  readonly now: () => Instant
}

/** The volunteer's phone, as its own store knows it. */
export interface PhoneState {
  readonly holder: Holder | null
  readonly news: PhoneNews | null
  readonly lastContactAt: Instant | null
  /** What time the server said it was then. */
  readonly cityTime: Instant | null
  /** What the server has not heard of yet. */
  readonly waitingCount: number
  /** What the server did not take: it stays here, for a person to look at. */
  readonly heldCount: number
  /** Of those, what is sent again by itself: the server had failed. */
  readonly faultCount: number
  /** The sessions whose lists are held. Their times are no secret, and are known while the lists are locked. */
  readonly sessions: readonly HeldRecord<'session'>[]
  /** Whether anything of a list is held. */
  readonly hasLists: boolean
}

const LISTS = (): IDBKeyRange => IDBKeyRange.bound(['session:'], ['session;'])

export function readPhone(db: Pick<LocalDb, 'read'>): Promise<PhoneState> {
  return db.read(['meta', 'outbox', 'records'], async (tx) => {
    const meta = tx.objectStore('meta')
    const [holder, news, lastContactAt, cityTime, cursors] = await Promise.all([
      meta.get('holder') as Promise<Holder | undefined>,
      meta.get('phoneNews') as Promise<PhoneNews | undefined>,
      meta.get('lastContactAt') as Promise<Instant | undefined>,
      meta.get('cityTime') as Promise<Instant | undefined>,
      meta.get('cursors') as Promise<Meta['cursors'] | undefined>,
    ])
    const outbox = await tx.objectStore('outbox').getAll()
    const held = outbox.filter(({ state }) => state === 'attention')
    const buckets = Object.keys(cursors ?? {}).filter(isList)
    const inLists = buckets.map((bucket) => IDBKeyRange.bound([bucket, 'session'], [bucket, 'session', []]))
    const sessions = (await Promise.all(inLists.map((range) => tx.objectStore('records').getAll(range)))).flat()
    return {
      holder: holder ?? null,
      news: news ?? null,
      lastContactAt: lastContactAt ?? null,
      cityTime: cityTime ?? null,
      waitingCount: outbox.length - held.length,
      heldCount: held.length,
      faultCount: held.filter(({ outcome }) => outcome?.status === 'held' && outcome.reason === 'fault').length,
      sessions: sessions as unknown as HeldRecord<'session'>[],
      hasLists: buckets.length > 0,
    }
  })
}

const isList = (bucket: string): boolean => bucket.startsWith('session:')
type EraseTx = WriteTx<('records' | 'answers' | 'forms' | 'meta' | 'keys')[]>

interface Erasing {
  readonly news: PhoneNews | null
  /** What becomes of the lock: it is taken off, or its PIN stays good for an empty vault. Left out = there is none. */
  readonly lock?: 'off' | Pick<StoredLock, 'setAt' | 'lastSeenAt' | 'cityTime'>
  /** Whose phone it is now; left out = as before. */
  readonly holder?: Holder
}

/** Erases all lists of people, in one transaction: all of it, or nothing. What waits to be sent stays. With its lock, everything goes
 *  that the person who had it has typed or was answered. */
export function eraseLists(db: LocalDb, erasing: Erasing): Promise<void> {
  const stores: StoreName[] = ['records', 'answers', 'forms', 'meta']
  if (erasing.lock !== undefined) stores.push('keys')
  return db.write(stores, (tx, touch) => eraseInside(tx as unknown as EraseTx, erasing, touch))
}

async function eraseInside(
  tx: EraseTx,
  { lock, news, holder }: Erasing,
  touch: (bucket: string) => void,
): Promise<void> {
  const meta = tx.objectStore('meta')
  const cursors = Object.entries(((await meta.get('cursors')) ?? {}) as Meta['cursors'])
  for (const [bucket] of cursors) if (isList(bucket)) touch(bucket)
  await meta.put(Object.fromEntries(cursors.filter(([bucket]) => !isList(bucket))), 'cursors')
  await tx.objectStore('records').delete(LISTS())
  if (holder !== undefined) await meta.put(holder, 'holder')
  if (news === null) await meta.delete('phoneNews')
  else await meta.put(news, 'phoneNews')
  if (lock === 'off') await takeOff(tx)
  else if (lock !== undefined) await emptyVault(tx, lock)
}

async function emptyVault(tx: EraseTx, lock: Pick<StoredLock, 'setAt' | 'lastSeenAt' | 'cityTime'>): Promise<void> {
  const keys = tx.objectStore('keys')
  const kept = (await keys.get('lock')) as StoredLock | undefined
  if (kept !== undefined) await keys.put({ ...kept, ...lock, vault: null }, 'lock')
}

async function takeOff(tx: EraseTx): Promise<void> {
  await tx.objectStore('keys').delete('lock')
  await tx.objectStore('forms').clear()
  await eraseDeskAnswers(tx)
}

/** Answers to what was said at the desk. Those to sign-ups of one's own stay: they are no list, and a resident's only receipt. What was
 *  refused stays as well until a person has looked at it: it was recorded, and is nowhere else. */
async function eraseDeskAnswers(tx: EraseTx): Promise<void> {
  const answers = tx.objectStore('answers')
  for (const { operation, outcome, seen } of await answers.getAll()) {
    const isToSee = outcome.status === 'refused' && !seen
    if (operation.name !== 'enrollment.request' && !isToSee) await answers.delete(operation.id)
  }
}
