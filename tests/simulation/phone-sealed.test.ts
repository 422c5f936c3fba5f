import { beforeAll, expect, test } from 'vitest'
import { keepForm, readForm } from '#client/forms.ts'
import { createKeyring } from '#client/keyring.ts'
import { type LocalChange, openLocalDb } from '#client/local-db.ts'
import { UPGRADES } from '#client/local-schema.ts'
import { readRecords } from '#client/records.ts'
import { createSealedDb } from '#client/sealed-db.ts'
import { readLedger } from '#sync/client/ledger.ts'
import { tidyUp } from '#sync/client/tidy-up.ts'
import { grantList, LIST, NAME, readDisk, readNames } from '../make/list-on-phone.ts'
import { makeClock, makeMemoryServer } from '../make/memory-server.ts'
import { makePhone, makeTap, readKept } from '../make/phone.ts'
import { installStorageFaults } from '../make/storage-faults.ts'

const storage = installStorageFaults()

beforeAll(() => import('#client/sealing.ts')) // so that no test counts its loading

test('what names somebody is not readable on the disk, and the pages see it as before', async () => {
  const page = makePhone().open()
  const server = makeMemoryServer()
  grantList(server)
  server.put('office', 'i', { name: NAME }, 'instructor')
  server.put('device:d' as never, 'b', { name: NAME }, 'booking')
  server.granted.add('office').add('device:d' as never)
  await page.recorder.record('attendance.walkIn', { ...makeTap(), name: NAME, nameKana: 'たかはし', ageBand: null })
  const refused = await page.recorder.record('enrollment.request', { name: NAME, phone: '0901234' } as never)
  server.answerWith(refused.id, { status: 'refused', refusal: { code: 'deadline_passed' } } as never)
  await keepForm(page.db, 'sign-up', { name: NAME })
  expect((await readLedger(page.db)).waiting[0]?.subject).toBe(NAME)
  expect(await readDisk(page.disk)).not.toMatch(/髙橋|たかはし|0901234/)
  await page.sync(server.send)
  expect(server.operations[0]).toMatchObject({ payload: { name: NAME } })
  expect(await readForm(page.db, 'sign-up')).toEqual({ name: NAME })
  expect(await readNames(page.db)).toEqual([NAME])
  expect((await readKept(page.db)).answers).toMatchObject([{ operation: { payload: { name: NAME } } }])
  expect(await readDisk(page.disk)).not.toMatch(/髙橋|たかはし|0901234/)
})

test('the key of a device never leaves the browser, and each phone has one of its own', async () => {
  const [mine, other] = [makePhone(), makePhone()]
  const key = await mine.open().keyring.deviceKey()
  expect(key.extractable).toBe(false)
  await expect(crypto.subtle.exportKey('raw', key)).rejects.toMatchObject({ name: 'InvalidAccessError' })
  const page = mine.open()
  await keepForm(page.db, 'sign-up', { name: NAME })
  const [stored] = await page.disk.read(['forms'], (tx) => tx.objectStore('forms').getAll())
  const stranger = other.open()
  await keepForm(stranger.db, 'sign-up', {})
  await stranger.disk.write(
    ['forms'],
    async (tx) => void (await tx.objectStore('forms').put(stored as never, 'sign-up')),
  )
  expect(await readForm(stranger.db, 'sign-up')).toBeNull()
})

test('a sealed text put under another person is not taken for theirs', async () => {
  const page = makePhone().open()
  const server = makeMemoryServer()
  grantList(server, 2)
  await page.sync(server.send)
  const first = await page.disk.read(['records'], (tx) => tx.objectStore('records').get([LIST, 'rosterEntry', 'p0']))
  await page.disk.write(['records'], (tx) => tx.objectStore('records').put({ ...first, id: 'p1' } as never))
  expect((await readRecords(page.db, LIST, 'rosterEntry')).map(({ id }) => id)).toEqual(['p0'])
})

test('whoever only looks at what the city holds seals nothing and needs no key', async () => {
  const page = makePhone().open()
  const server = makeMemoryServer()
  server.put('public', 'a', { title: '一' })
  await page.sync(server.send)
  await tidyUp(page.db, makeClock()())
  await page.db.sealLeftovers()
  expect((await readKept(page.db)).records).toEqual(server.held())
  expect(await page.disk.read(['keys'], (tx) => tx.objectStore('keys').getAll())).toEqual([])
})

test('a page killed at any point of a write has kept all of it or nothing, sealed or not', async () => {
  let isMet = true
  for (let request = 1; isMet; request += 1) {
    const phone = makePhone()
    const page = phone.open()
    await page.recorder.record('attendance.mark', makeTap())
    storage.killAt(request)
    const drafts = [makeTap(), makeTap()].map((tap) => ({ name: 'attendance.walkIn', payload: { ...tap, name: NAME } }))
    const isKept = await page.recorder.recordAll(drafts as never).then(
      () => true,
      () => false,
    )
    isMet = storage.heal()
    expect(isKept).toBe(!isMet)
    expect((await readKept(phone.open().db)).outbox).toHaveLength(isKept ? 3 : 1)
  }
})

test('a phone without room says so, whichever request finds out, and nothing is half kept', async () => {
  let isMet = true
  for (let request = 1; isMet; request += 1) {
    const page = makePhone().open()
    storage.failAt(request, 'QuotaExceededError')
    const outcome = await page.recorder.record('attendance.mark', makeTap()).catch((error: unknown) => error)
    isMet = storage.heal()
    if (outcome instanceof Error) expect(outcome).toMatchObject({ trouble: 'full' })
    const { outbox, nextSeq } = await readKept(page.db)
    expect(outbox).toHaveLength(outcome instanceof Error ? 0 : 1)
    expect(nextSeq).toBe(outbox.length + 1)
  }
})

test('a write is told once, however often it had to be run, and two tabs read what each other sealed', async () => {
  const phone = makePhone()
  const here = phone.open()
  await here.keyring.deviceKey()
  const there = phone.open()
  const told: LocalChange[] = []
  here.db.onChange((change) => told.push(change))
  await here.db.write(['forms'], async (tx) => {
    for (const form of ['a', 'b', 'c']) await tx.objectStore('forms').put({ name: form }, form)
  })
  expect(told).toEqual([{ stores: ['forms'], buckets: [], elsewhere: false, bySync: false }])
  expect(await readForm(there.db, 'b')).toEqual({ name: 'b' })
})

test('a tap needs one transaction once the device has its key; a look at forty people one more than without seals', async () => {
  const page = makePhone().open()
  const server = makeMemoryServer()
  grantList(server, 40)
  await page.sync(server.send)
  await page.recorder.record('attendance.mark', makeTap())
  const transaction = IDBDatabase.prototype.transaction
  let count = 0
  IDBDatabase.prototype.transaction = function (...given: Parameters<typeof transaction>) {
    count += 1
    return transaction.apply(this, given)
  }
  try {
    await page.recorder.record('attendance.walkIn', { ...makeTap(), name: NAME, nameKana: 'た', ageBand: null })
    expect(count).toBe(1)
    await keepForm(page.db, 'sign-up', { name: NAME })
    expect(count).toBe(2)
    expect(await readNames(page.db)).toHaveLength(40) // just sealed, and still at hand
    expect(count).toBe(3)
  } finally {
    IDBDatabase.prototype.transaction = transaction
  }
})

test('what an older version left in clear is still read, and sealed at the next start', async () => {
  const name = crypto.randomUUID()
  const older = openLocalDb({ name, upgrades: UPGRADES.slice(0, 1) })
  const entry = {
    operation: { id: 'o1', seq: 1, name: 'attendance.walkIn', at: 'x', payload: { name: NAME } },
    state: 'waiting',
    queuedAt: 'x',
  }
  const record = { bucket: LIST, kind: 'rosterEntry', id: 'p', version: 3, body: { name: NAME } }
  await older.write(['outbox', 'forms', 'records'], async (tx) => {
    await tx.objectStore('outbox').put(entry as never)
    await tx.objectStore('forms').put({ name: NAME }, 'sign-up')
    await tx.objectStore('records').put(record as never)
  })
  older.close()
  const disk = openLocalDb({ name })
  const db = createSealedDb(disk, createKeyring(disk))
  expect(await readForm(db, 'sign-up')).toEqual({ name: NAME })
  expect(await readDisk(disk)).toContain(NAME)
  await db.sealLeftovers()
  expect(await readDisk(disk)).not.toContain(NAME)
  expect(await readKept(db)).toMatchObject({ outbox: [entry], records: [record] })
})
