import { forceCloseDatabase } from 'fake-indexeddb'
import { expect, test, vi } from 'vitest'
import { forgetForm, keepForm, readForm } from '#client/forms.ts'
import { askToKeepStorage } from '#client/keep-storage.ts'
import { type LocalChange, openLocalDb } from '#client/local-db.ts'
import { UPGRADES } from '#client/local-schema.ts'
import { follow } from '#client/use-live.ts'
import { readWaiting } from '#client/waiting.ts'
import { makePhone, makeTap, readKept } from '../make/phone.ts'
import { installStorageFaults } from '../make/storage-faults.ts'

const storage = installStorageFaults()
const v2 = [
  ...UPGRADES,
  (db: { createObjectStore(name: never): unknown }) => void db.createObjectStore('later' as never),
]

/** The connections that pages hold at the moment. */
function watchConnections(): Set<IDBDatabase> {
  const connections = new Set<IDBDatabase>()
  const transaction = IDBDatabase.prototype.transaction
  IDBDatabase.prototype.transaction = function (...args: Parameters<typeof transaction>) {
    connections.add(this)
    return transaction.apply(this, args)
  }
  return connections
}

test('a connection that the browser drops while the page sleeps is opened again, unnoticed', async () => {
  const connections = watchConnections()
  const { db, recorder } = makePhone().open()
  await recorder.record('attendance.mark', makeTap())
  for (const connection of connections) forceCloseDatabase(connection as never)
  await recorder.record('attendance.mark', makeTap())
  for (const connection of connections) connection.close()
  await recorder.record('attendance.mark', makeTap())
  expect((await readKept(db)).outbox).toHaveLength(3)
  expect(db.trouble.current).toBeNull()
})

test('a store that does not come back is given up after three more tries, and everybody can see it', async () => {
  const { db, recorder } = makePhone().open()
  const troubles: unknown[] = []
  db.trouble.subscribe((trouble) => troubles.push(trouble))
  storage.killAt(1)
  await expect(recorder.record('attendance.mark', makeTap())).rejects.toMatchObject({
    name: 'StorageUnavailable',
    trouble: 'lost',
  })
  storage.heal()
  expect((await readKept(db)).outbox).toEqual([])
  expect(troubles).toEqual(['lost', null])
})

test('a full disk is said until something could be written again: that a page can still read is no sign of room', async () => {
  const { db, recorder } = makePhone().open()
  await keepForm(db, 'sign-up', { name: '髙橋' })
  storage.failAt(1, 'QuotaExceededError')
  await expect(recorder.record('attendance.mark', makeTap())).rejects.toMatchObject({ trouble: 'full' })
  storage.heal()
  expect(await readForm(db, 'sign-up')).toEqual({ name: '髙橋' })
  expect(db.trouble.current).toBe('full')
  await recorder.record('attendance.mark', makeTap())
  expect(db.trouble.current).toBeNull()
})

test('a page of a newer version takes the store over, with everything in it; the older page is told to reload', async () => {
  const name = crypto.randomUUID()
  const older = openLocalDb({ name })
  await keepForm(older, 'sign-up', { name: '髙橋' })
  const newer = openLocalDb({ name, upgrades: v2 })
  expect(await readForm(newer, 'sign-up')).toEqual({ name: '髙橋' })
  await expect(readForm(older, 'sign-up')).rejects.toMatchObject({ trouble: 'newer' })
  expect(older.trouble.current).toBe('newer')
})

test('a tab that does not let go of an older store is named as the reason, and the store opens once it is closed', async () => {
  const name = crypto.randomUUID()
  const stubborn = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => UPGRADES[0]?.(request.result as never, request.transaction as never)
    request.onsuccess = () => resolve(request.result)
  })
  const db = openLocalDb({ name, upgrades: v2, openLimitMs: 50 })
  await expect(readForm(db, 'sign-up')).rejects.toMatchObject({ trouble: 'blocked' })
  stubborn.close()
  await expect.poll(() => readForm(db, 'sign-up').catch(() => 'still blocked')).toBeNull()
})

test('when the program itself fails in the middle, nothing is kept and the failure is not taken for one of the store', async () => {
  const { db } = makePhone().open()
  const attempt = db.write(['forms'], async (tx) => {
    await tx.objectStore('forms').put({ name: '佐藤' }, 'sign-up')
    throw new RangeError('our own')
  })
  await expect(attempt).rejects.toThrow('our own')
  expect(await readForm(db, 'sign-up')).toBeNull()
  expect(db.trouble.current).toBeNull()
})

test('what was typed survives a reload and is gone once it was sent', async () => {
  const phone = makePhone()
  await keepForm(phone.open().db, 'sign-up', { name: '﨑山', nameKana: 'さきやま' })
  const { db } = phone.open()
  expect(await readForm(db, 'sign-up')).toEqual({ name: '﨑山', nameKana: 'さきやま' })
  await forgetForm(db, 'sign-up')
  expect(await readForm(phone.open().db, 'sign-up')).toBeNull()
})

test('a write in one tab is heard in the others', async () => {
  const phone = makePhone()
  const here = phone.open()
  await here.keyring.deviceKey()
  const there = phone.open()
  const heard = new Promise<LocalChange>((resolve) => there.db.onChange(resolve))
  await here.recorder.record('attendance.mark', makeTap())
  expect(await heard).toEqual({ stores: ['outbox', 'meta'], buckets: [], elsewhere: true, bySync: false })
})

test('a page shows what another tab recorded, and does not read again for what it does not show', async () => {
  const phone = makePhone()
  const [here, there] = [phone.open(), phone.open()]
  const shown: number[] = []
  let reads = 0
  const read = async (db: Parameters<typeof readWaiting>[0]): Promise<number> => {
    reads += 1
    return (await readWaiting(db, ['attendance.mark'])).length
  }
  const stop = follow(there.db, { read }, (count) => shown.push(count))
  await expect.poll(() => shown).toEqual([0])
  await keepForm(here.db, 'sign-up', {})
  await here.recorder.record('attendance.mark', makeTap())
  await expect.poll(() => shown).toEqual([0, 1])
  expect(reads).toBe(2)
  stop()
  await there.recorder.record('attendance.mark', makeTap())
  expect(shown).toEqual([0, 1])
})

test('a page that could not read shows its words as soon as the store is back', async () => {
  const { db, recorder } = makePhone().open()
  await recorder.record('attendance.mark', makeTap())
  const shown: number[] = []
  storage.killAt(1)
  follow(db, { read: async (watched) => (await readWaiting(watched, ['attendance.mark'])).length }, (count) =>
    shown.push(count),
  )
  await expect.poll(() => db.trouble.current).toBe('lost')
  storage.heal()
  await readForm(db, 'anything')
  await expect.poll(() => shown).toEqual([1])
})

test('a browser without the question about storage is not asked', async () => {
  expect(await askToKeepStorage()).toBe('unknown')
})

test('a page that the browser puts aside in the middle of writing keeps no other page waiting, and writes once it is back', async () => {
  const page = new EventTarget()
  for (const name of ['addEventListener', 'removeEventListener'] as const) vi.stubGlobal(name, page[name].bind(page))
  const phone = makePhone()
  const [aside, next] = [phone.open(), phone.open()]
  vi.unstubAllGlobals()
  await next.recorder.record('attendance.mark', makeTap())
  let tries = 0
  const writing = aside.db.write(['outbox', 'meta'], async (tx) => {
    // A page that stands still neither goes on nor lets go. What comes after it has woken up is done.
    const isAside = ++tries === 1
    do await tx.objectStore('meta').get('nextSeq')
    while (isAside)
  })
  await expect.poll(() => tries).toBe(1)
  const tap = next.recorder.record('attendance.mark', makeTap())
  page.dispatchEvent(Object.assign(new Event('pagehide'), { persisted: true }))
  await Promise.all([tap, writing])
  expect(tries).toBe(2)
  expect((await readKept(next.db)).outbox).toHaveLength(2)
})
