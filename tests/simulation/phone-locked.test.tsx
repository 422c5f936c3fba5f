import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { keepForm, readForm } from '#client/forms.ts'
import { createKeyring } from '#client/keyring.ts'
import { type LocalChange, openLocalDb } from '#client/local-db.ts'
import { readRecords } from '#client/records.ts'
import { createSealedDb } from '#client/sealed-db.ts'
import { createI18n, I18nContext } from '#client/i18n.ts'
import { putOnLock, unlock } from '#login/client/lock.ts'
import { type LedgerLine, readLedger } from '#sync/client/ledger.ts'
import { ja } from '#sync/client/messages.ja.ts'
import { readCounts } from '#sync/client/sync-status.ts'
import { tidyUp } from '#sync/client/tidy-up.ts'
import { useWhat } from '#sync/client/use-what.ts'
import { grantList, LIST, NAME, putLockOn, putPerson, readNames } from '../make/list-on-phone.ts'
import { makeClock, makeMemoryServer } from '../make/memory-server.ts'
import { makePhone, makeTap, readKept } from '../make/phone.ts'

test('a locked phone shows no list and still hands in its facts; once unlocked, the list comes again', async () => {
  const phone = makePhone()
  const page = phone.open()
  const server = makeMemoryServer()
  const vault = await putLockOn(page.keyring)
  grantList(server, 2)
  await page.sync(server.send)
  expect(await readNames(page.db)).toEqual([NAME, NAME])
  const told: LocalChange[] = []
  page.db.onChange((change) => told.push(change))
  page.keyring.setVaultKey(null)
  expect(page.keyring.state.current).toBe('locked')
  await expect
    .poll(() => told)
    .toMatchObject([{ stores: ['records'], buckets: expect.arrayContaining([LIST]) as never }])
  expect(await readNames(page.db)).toEqual([])
  putPerson(server, 'p2', '佐藤')
  await page.recorder.record('attendance.mark', makeTap())
  expect(await page.sync(server.send)).toEqual({ kind: 'done', more: false })
  expect(server.operations).toHaveLength(1)
  expect((await readKept(page.db)).outbox).toEqual([])
  page.keyring.setVaultKey(vault)
  expect(await readNames(page.db)).toEqual([NAME, NAME])
  await page.sync(server.send)
  expect(await readNames(page.db)).toEqual([NAME, NAME, '佐藤'])
})

test('a phone opened again is locked, and a list taken from it meanwhile is gone all the same', async () => {
  const phone = makePhone()
  const server = makeMemoryServer()
  const vault = await putLockOn(phone.open().keyring)
  const page = phone.open()
  expect(await page.keyring.ready()).toBe('locked')
  grantList(server)
  await page.sync(server.send)
  page.keyring.setVaultKey(vault)
  await page.sync(server.send)
  expect(await readNames(page.db)).toEqual([NAME])
  const next = phone.open()
  server.granted.delete(LIST)
  await next.sync(server.send)
  expect((await readKept(page.db)).records).toEqual([])
})

test('a lock that is taken off, or put on, in one tab is known in the others; lists sealed before go over to its key', async () => {
  const phone = makePhone()
  const [here, there] = [phone.open(), phone.open()]
  const server = makeMemoryServer()
  grantList(server)
  await here.sync(server.send)
  expect(await readNames(there.db)).toEqual([NAME])
  const vault = await putLockOn(here.keyring)
  await expect.poll(() => there.keyring.state.current).toBe('locked')
  expect(await readNames(there.db)).toEqual([])
  await here.db.sealLeftovers()
  const [stored] = await here.disk.read(['records'], (tx) => tx.objectStore('records').getAll())
  expect(stored).toMatchObject({ sealed: { by: 'vault' } })
  there.keyring.setVaultKey(vault)
  expect(await readNames(there.db)).toEqual([NAME])
  await there.keyring.writeLock(null)
  await expect.poll(() => here.keyring.state.current).toBe('open')
  expect(await readNames(here.db)).toEqual([]) // its key is gone with the lock
  await expect.poll(async () => (await readKept(here.disk)).records).toEqual([])
  await here.sync(server.send)
  expect(await readNames(here.db)).toEqual([NAME])
})

test('records that no key opens are fetched again, without those the server has deleted since', async () => {
  const phone = makePhone()
  let page = phone.open()
  const server = makeMemoryServer()
  grantList(server, 3)
  await page.sync(server.send)
  page.disk.close()
  await phone.loseKey()
  page = phone.open()
  server.put(LIST, 'p1', null, 'rosterEntry')
  expect(await readNames(page.db)).toEqual([])
  await expect.poll(async () => (await readKept(page.disk)).records).toEqual([])
  await page.sync(server.send)
  expect((await readRecords(page.db, LIST, 'rosterEntry')).map(({ id }) => id)).toEqual(['p0', 'p2'])
})

test('what waits and cannot be opened any more is never sent and never dropped: it asks for a person', async () => {
  const phone = makePhone()
  let page = phone.open()
  const server = makeMemoryServer()
  const lost = await page.recorder.record('attendance.walkIn', {
    ...makeTap(),
    name: NAME,
    nameKana: 'た',
    ageBand: null,
  })
  const before = await page.disk.read(['outbox'], (tx) => tx.objectStore('outbox').getAll())
  page.disk.close()
  await phone.loseKey()
  page = phone.open()
  await page.recorder.record('attendance.mark', makeTap())
  expect(await readCounts(page.db)).toMatchObject({ waiting: 1, attention: 1 })
  await tidyUp(page.db, makeClock()())
  await page.sync(server.send)
  expect(server.operations.map(({ seq }) => seq)).toEqual([2])
  expect(server.requests[0]?.device.unsentCount).toBe(2)
  const { attention } = await readLedger(page.db)
  expect(attention).toMatchObject([
    { operation: { id: lost.id, at: lost.at }, subject: null, outcome: { reason: 'unreadable' } },
  ])
  const Shown = () => <>{useWhat().full((attention as readonly [LedgerLine])[0].operation)}</>
  const html = renderToString(
    <I18nContext.Provider value={createI18n('ja', { sync: ja })}>
      <Shown />
    </I18nContext.Provider>,
  )
  expect(html).toBe('飛び込みの受付')
  expect(await page.disk.read(['outbox'], (tx) => tx.objectStore('outbox').getAll())).toEqual(before)
})

test('on an address without https one keeps one’s own words, and no list of others', async () => {
  const disk = openLocalDb({ name: crypto.randomUUID() })
  const db = createSealedDb(disk, { ...createKeyring(disk), canSeal: false })
  await keepForm(db, 'sign-up', { name: NAME })
  expect(await readForm(db, 'sign-up')).toEqual({ name: NAME })
  expect(['rosterEntry', 'instructor', 'booking', 'mark'].map((kind) => db.keeps(LIST, kind as never))).toEqual([
    false,
    false,
    true,
    true,
  ])
})

test('a PIN that is typed after the store was cleared below the page finds no lock any more, and nothing behind it', async () => {
  const phone = makePhone()
  const page = phone.open()
  const parts = { db: page.db, keyring: page.keyring, now: makeClock() }
  await putOnLock(parts, '314159')
  page.keyring.setVaultKey(null)
  await phone.clear()
  expect(await unlock(parts, '314159')).toEqual({ kind: 'opened' })
  expect(await page.keyring.readLock()).toBeNull()
  await expect.poll(() => page.keyring.state.current).toBe('open')
  expect((await readKept(page.db)).records).toEqual([])
})
