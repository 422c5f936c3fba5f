import { expect, test } from 'vitest'
import { StorageUnavailable } from '#client/storage-trouble.ts'
import { readWaiting } from '#client/waiting.ts'
import { makeMemoryServer } from '../make/memory-server.ts'
import { makePhone, makeTap, readKept } from '../make/phone.ts'
import { installStorageFaults } from '../make/storage-faults.ts'

const storage = installStorageFaults()

test('taps are numbered in the order in which they were made, whichever tab they were made in', async () => {
  const phone = makePhone()
  const [one, two] = [phone.open(), phone.open()]
  await Promise.all(
    Array.from({ length: 20 }, (_, index) => (index % 2 ? one : two).recorder.record('attendance.mark', makeTap())),
  )
  const { outbox, nextSeq } = await readKept(one.db)
  expect(outbox.map((entry) => entry.operation.seq)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  expect(nextSeq).toBe(21)
})

test('several operations recorded together are kept together, one after the other', async () => {
  const { recorder, db } = makePhone().open()
  const drafts = [makeTap(), makeTap(), makeTap()].map((payload) => ({ name: 'attendance.mark' as const, payload }))
  const operations = await recorder.recordAll(drafts)
  expect(operations.map(({ seq }) => seq)).toEqual([1, 2, 3])
  expect((await readWaiting(db, ['attendance.mark'])).map((entry) => entry.operation)).toEqual(operations)
  expect(await readWaiting(db, ['attendance.undo'])).toEqual([])
})

test('a page killed at any point of a tap leaves the tap and its number, or neither; tapped again it counts once', async () => {
  let isMet = true
  for (let request = 1; isMet; request += 1) {
    const phone = makePhone()
    const page = phone.open()
    await page.recorder.record('attendance.mark', makeTap())
    storage.killAt(request)
    const tap = makeTap()
    const kept = await page.recorder.record('attendance.mark', tap).then(
      () => true,
      (error: unknown) => {
        expect(error).toBeInstanceOf(StorageUnavailable)
        return false
      },
    )
    isMet = storage.heal()
    expect(kept).toBe(!isMet)
    const reopened = phone.open()
    const found = await readKept(reopened.db)
    expect(found.outbox).toHaveLength(kept ? 2 : 1)
    expect(found.nextSeq).toBe(found.outbox.length + 1)
    if (!kept) await reopened.recorder.record('attendance.mark', tap)
    const server = makeMemoryServer()
    await reopened.sync(server.send)
    expect(server.operations.map(({ seq }) => seq)).toEqual([1, 2])
    expect((await readKept(reopened.db)).outbox).toEqual([])
  }
})

test('a connection that the browser drops in the middle of a tap is opened again, and the tap is kept once', async () => {
  let isMet = true
  for (let request = 1; isMet; request += 1) {
    const { recorder, db } = makePhone().open()
    await recorder.record('attendance.mark', makeTap())
    storage.failAt(request, 'UnknownError')
    const operation = await recorder.record('attendance.mark', makeTap())
    isMet = storage.heal()
    const { outbox, nextSeq } = await readKept(db)
    expect(outbox.map((entry) => entry.operation.id)).toEqual([expect.any(String), operation.id])
    expect(nextSeq).toBe(3)
  }
})

test('a commit that was reported lost but was kept is not recorded a second time', async () => {
  const { recorder, db } = makePhone().open()
  await recorder.record('attendance.mark', makeTap())
  const transaction = IDBDatabase.prototype.transaction
  let losses = 0
  IDBDatabase.prototype.transaction = function (...args: Parameters<typeof transaction>) {
    const tx = transaction.apply(this, args)
    if (losses++ > 0) return tx
    const listen = tx.addEventListener.bind(tx) as EventTarget['addEventListener']
    // What was written is on the disk, but the page hears that it was not.
    tx.addEventListener = (type: string, listener: EventListenerOrEventListenerObject | null) =>
      type === 'complete' ? undefined : listen(type === 'abort' ? 'complete' : type, listener)
    return tx
  }
  try {
    await recorder.record('attendance.mark', makeTap())
  } finally {
    IDBDatabase.prototype.transaction = transaction
  }
  const { outbox, nextSeq } = await readKept(db)
  expect(losses).toBeGreaterThan(1)
  expect(outbox).toHaveLength(2)
  expect(nextSeq).toBe(3)
})

test('a full phone says so, and nothing is half kept', async () => {
  const { recorder, db } = makePhone().open()
  storage.failAt(3, 'QuotaExceededError')
  await expect(recorder.record('attendance.mark', makeTap())).rejects.toMatchObject({ trouble: 'full' })
  expect(storage.heal()).toBe(true)
  expect(db.trouble.current).toBe('full')
  expect(await readKept(db)).toMatchObject({ outbox: [], nextSeq: 1 })
  await recorder.record('attendance.mark', makeTap()) // there is room again
  expect(db.trouble.current).toBeNull()
})
