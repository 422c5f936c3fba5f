import type { StoredLock } from '#client/keyring.ts'
import type { Instant } from '#kernel/time.ts'
import { afterWrongPin, latestSeen, restMin, settleClock, triesLeft } from '#login/domain/lock-rules.ts'
import { lastEndOf, type ListsEnd, listsEnd } from '#login/domain/roster-lifetime.ts'
import { makeLock, openLock } from './lock-keys.ts'
import { eraseLists, type PhoneParts, type PhoneState, readPhone } from './phone-store.ts'

const SEEN_EVERY_MS = 60_000

/** What became of a PIN. */
export type OpenEnd =
  | { readonly kind: 'opened' }
  | { readonly kind: 'wrong'; readonly triesLeft: number }
  /** Too many wrong ones: none is looked at for so long. */
  | { readonly kind: 'resting'; readonly restMin: number }

/** Puts a lock on this phone, with a PIN that was chosen well, and opens it. Lists that came before it are erased, and come again. */
export async function putOnLock({ db, keyring, now }: PhoneParts, pin: string): Promise<void> {
  const { keys, vaultKey } = await makeLock(pin, await keyring.deviceKey())
  await eraseLists(db, { news: null })
  keyring.setVaultKey(vaultKey) // first, so that there is no moment of being locked out
  await keyring.writeLock({ ...keys, failedCount: 0, lockedUntil: null, setAt: now(), lastSeenAt: now() })
}

/** Opens the lock with a PIN of six digits, or tells how many more tries there are. */
export async function unlock(parts: PhoneParts, pin: string): Promise<OpenEnd> {
  await checkPhone(parts) // lists whose time is over are gone before anybody reads them
  const { keyring } = parts
  const tried = await countTry(parts)
  if (tried === null) return { kind: 'opened' } // cleared below this page: there is no lock any more, and nothing behind it
  if (tried.rest > 0) return { kind: 'resting', restMin: tried.rest }
  const { lock, seen } = tried
  const opened = await openLock(lock, pin, await keyring.deviceKey())
  if (opened === null) {
    const rest = restMin(lock, seen)
    return rest > 0 ? { kind: 'resting', restMin: rest } : { kind: 'wrong', triesLeft: triesLeft(lock) }
  }
  const setAt = lock.vault === null ? seen : lock.setAt
  const next = { ...lock, ...opened.keys, failedCount: 0, lockedUntil: null, setAt, lastSeenAt: seen }
  const found = await keepOpened(parts, lock, next)
  if (found === 'changed') return unlock(parts, pin)
  if (found === 'same') keyring.setVaultKey(opened.vaultKey)
  return { kind: 'opened' }
}

/** Keeps an opened lock. While the PIN was looked at, the lock may have been taken off, or its lists thrown away: that stands. */
function keepOpened({ db }: PhoneParts, tried: StoredLock, next: StoredLock): Promise<'same' | 'changed' | 'off'> {
  return db.write(['keys'], async (tx) => {
    const newest = (await tx.objectStore('keys').get('lock')) as StoredLock | undefined
    if (newest === undefined) return 'off'
    if (newest.setAt !== tried.setAt || (newest.vault === null) !== (tried.vault === null)) return 'changed'
    await tx.objectStore('keys').put(next, 'lock')
    return 'same'
  })
}

interface CountedTry {
  readonly lock: StoredLock
  readonly seen: Instant
  readonly rest: number
}

/** Counts a try as a wrong one before the PIN is looked at: whoever takes the battery out in between has tried all the same. `null`:
 *  there is no lock. */
function countTry({ db, now }: PhoneParts): Promise<CountedTry | null> {
  return db.write(['keys'], async (tx) => {
    const keys = tx.objectStore('keys')
    const lock = (await keys.get('lock')) as StoredLock | undefined
    if (lock === undefined) return null
    const seen = latestSeen(now(), lock.lastSeenAt)
    const rest = restMin(lock, seen)
    const next = { ...lock, ...(rest === 0 && afterWrongPin(lock, seen)), lastSeenAt: seen }
    await keys.put(next, 'lock')
    return { lock: next, seen, rest }
  })
}

/** How long no PIN is looked at, in minutes; 0 = now. */
export async function readRest({ keyring, now }: PhoneParts): Promise<number> {
  const lock = await keyring.readLock()
  return lock === null ? 0 : restMin(lock, latestSeen(now(), lock.lastSeenAt))
}

/** Erases what may not stay on a phone with a lock: after the office has ended its pairing and everything was handed in, a day after
 *  the last session, and after two weeks without a word from the city. Notes how late it is. */
export async function checkPhone(parts: PhoneParts): Promise<void> {
  const { db, keyring, now } = parts
  const phone = await readPhone(db)
  const lock = await readSettled(parts, phone)
  if (lock === null) return
  const seen = latestSeen(now(), lock.lastSeenAt)
  const isStopped = phone.holder?.paired === false
  if (isStopped && phone.waitingCount > 0) return
  const why = isStopped ? 'stopped' : whyErased(phone, seen)
  if (why !== null) {
    keyring.setVaultKey(null)
    await eraseLists(db, {
      lock: why === 'stopped' ? 'off' : { setAt: seen, lastSeenAt: seen, cityTime: phone.cityTime },
      news: { why, at: seen },
    })
  } else if (Date.parse(seen) - Date.parse(lock.lastSeenAt) >= SEEN_EVERY_MS) await noteSeen(parts, phone, seen)
}

/** Why lists have to go that are there, or of which somebody should hear that they are gone. */
function whyErased({ sessions, lastContactAt, hasLists, news }: PhoneState, seen: Instant): ListsEnd | null {
  if (lastContactAt === null) return null
  const why = listsEnd({ lastEndAt: lastEndOf(sessions.map(({ body }) => body)), lastContactAt }, seen)
  const isNews = why === 'away' && news?.why !== 'away'
  return hasLists || isNews ? why : null
}

/** The lock, with what the city has said since about the time. Without such a word nothing that was seen is taken back. */
async function readSettled({ db, keyring }: PhoneParts, { cityTime }: PhoneState): Promise<StoredLock | null> {
  const lock = await keyring.readLock()
  const isWrong = (one: StoredLock): boolean =>
    cityTime !== null && cityTime !== one.cityTime && settleClock(one, cityTime) !== one
  if (lock === null || cityTime === null || !isWrong(lock)) return lock
  return db.write(['keys'], async (tx) => {
    const newest = ((await tx.objectStore('keys').get('lock')) ?? null) as StoredLock | null
    if (newest === null || !isWrong(newest)) return newest
    const settled = { ...settleClock(newest, cityTime), cityTime }
    await tx.objectStore('keys').put(settled, 'lock')
    return settled
  })
}

async function noteSeen({ db }: PhoneParts, { cityTime }: PhoneState, seen: Instant): Promise<void> {
  await db.write(['keys'], async (tx) => {
    const newest = (await tx.objectStore('keys').get('lock')) as StoredLock | undefined
    if (newest !== undefined) await tx.objectStore('keys').put({ ...newest, lastSeenAt: seen, cityTime }, 'lock')
  })
}
