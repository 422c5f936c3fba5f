import { readForm } from '#client/forms.ts'
import { mend } from '#client/mend.ts'
import { isSealed, type Stored } from '#client/seal.ts'
import { type Instant, instantOf } from '#kernel/time.ts'
import { checkPhone, putOnLock, unlock } from '#login/client/lock.ts'
import { eraseLists } from '#login/client/phone-store.ts'
import { grantList, NAME, putLockOn, readNames } from './list-on-phone.ts'
import { makeMemoryServer } from './memory-server.ts'
import type { Page } from './phone.ts'
import { NOON, readForms, readMeta, type WritePath } from './write-path.ts'

const LATER = instantOf(Date.parse(NOON) + 10 * 60_000)
const WRONG = instantOf(Date.parse(NOON) + 2 * 60 * 60_000)
const PIN = '314159'
const FORM = 'sign-up'

const parts = (page: Page, now: Instant = NOON) => ({ db: page.db, keyring: page.keyring, now: () => now })
async function withList(page: Page): Promise<void> {
  const server = makeMemoryServer()
  grantList(server)
  await page.sync(server.send)
}

const KEPT_SAFE: readonly WritePath[] = [
  {
    file: 'src/client/seal-leftovers.ts',
    what: 'words of an older version are sealed',
    isNew: false,
    async prepare(page) {
      await page.keyring.deviceKey()
      const old = { name: NAME }
      await page.disk.write(['forms'], async (tx) => void (await tx.objectStore('forms').put(old, FORM)))
      return (on) => on.db.sealLeftovers()
    },
    isDone: async (page) =>
      (await readForms(page)).every(isSealed) && (await readForm(page.db, FORM))?.['name'] === NAME,
  },
  {
    file: 'src/client/mend.ts',
    what: 'a list that no key opens is asked for again',
    isNew: false,
    async prepare(page) {
      await withList(page)
      const broken = await page.disk.read(['records'], (tx) => tx.objectStore('records').getAll())
      return (on) =>
        mend(
          on.disk,
          broken.map((stored) => ({ store: 'records' as const, stored: stored as unknown as Stored })),
        )
    },
    isDone: async (page) => (await readNames(page.db)).length === 0,
  },
  {
    file: 'src/client/keyring.ts',
    what: 'the key of this phone',
    isNew: true,
    prepare: async () => (on) => on.keyring.deviceKey(),
    isDone: async (page) =>
      (await page.disk.read(['keys'], (tx) => tx.objectStore('keys').get('device'))) !== undefined,
  },
  {
    file: 'src/client/keyring.ts',
    what: 'a lock is put on',
    isNew: true,
    async prepare(page) {
      await page.keyring.deviceKey()
      return (on) => putLockOn(on.keyring)
    },
    isDone: async (page) => (await page.keyring.readLock()) !== null,
  },
  {
    file: 'src/login/client/phone-store.ts',
    what: 'lists are erased',
    isNew: false,
    async prepare(page) {
      await withList(page)
      return (on) => eraseLists(on.db, { news: { why: 'over', at: NOON } })
    },
    isDone: async (page) =>
      (await readNames(page.db)).length === 0 && (await readMeta(page, 'phoneNews')) !== undefined,
  },
]

/** A phone with a lock, on which the city has said what time it is. */
async function locked(page: Page): Promise<void> {
  await putOnLock(parts(page), PIN)
  page.keyring.setVaultKey(null)
}

const LOCKED: readonly WritePath[] = [
  {
    file: 'src/login/client/lock.ts',
    what: 'a wrong PIN is counted',
    isNew: false,
    async prepare(page) {
      await locked(page)
      return (on) => unlock(parts(on), '271828')
    },
    isDone: async (page) => ((await page.keyring.readLock())?.failedCount ?? 0) >= 1,
  },
  {
    file: 'src/login/client/lock.ts',
    what: 'the right PIN opens',
    isNew: false,
    async prepare(page) {
      await locked(page)
      return (on) => unlock(parts(on), PIN)
    },
    isDone: async (page) => (await page.keyring.readLock())?.failedCount === 0,
  },
  {
    file: 'src/login/client/lock.ts',
    what: 'how late it is',
    isNew: false,
    async prepare(page) {
      await locked(page)
      return (on) => checkPhone(parts(on, LATER))
    },
    isDone: async (page) => (await page.keyring.readLock())?.lastSeenAt === LATER,
  },
  {
    file: 'src/login/client/lock.ts',
    what: 'a clock that was wrong is set right',
    isNew: false,
    async prepare(page) {
      await locked(page)
      await checkPhone(parts(page, WRONG))
      await page.disk.write(['meta'], async (tx) => void (await tx.objectStore('meta').put(NOON, 'cityTime')))
      return (on) => checkPhone(parts(on))
    },
    isDone: async (page) => (await page.keyring.readLock())?.cityTime === NOON,
  },
]

/** Where keys, the lock and what they close are written. */
export const KEY_PATHS: readonly WritePath[] = [...KEPT_SAFE, ...LOCKED]
