import { expect, test } from 'vitest'
import { keepForm, readForm } from '#client/forms.ts'
import type { Holder } from '#sync/domain/protocol.ts'
import type { Instant } from '#kernel/time.ts'
import { instantOf, plusMinutes } from '#kernel/time.ts'
import { checkPhone, putOnLock, readRest, unlock } from '#login/client/lock.ts'
import { eraseLists } from '#login/client/phone-store.ts'
import { createNews } from '#sync/client/news.ts'
import { readCounts } from '#sync/client/sync-status.ts'
import type { Send } from '#sync/client/sync-once.ts'
import { grantList, NAME, putLockOn, readNames } from '../make/list-on-phone.ts'
import { makeMemoryServer } from '../make/memory-server.ts'
import { makePhone, makeTap, readKept } from '../make/phone.ts'

const NOON = '2026-05-12T03:00:00.000Z' as Instant
const DAY_MIN = 24 * 60
const PIN = '135790'

test('what is recorded on an open page after the store was cleared can be read and sent by the next page', async () => {
  const phone = makePhone()
  const pages = [phone.open(), phone.open()] as const
  for (const page of pages) await page.recorder.record('attendance.mark', makeTap())
  await phone.clear()
  for (const page of pages) await page.recorder.record('attendance.mark', makeTap())
  await keepForm(pages[0].db, 'walk-in', { name: NAME })
  const next = phone.open()
  const server = makeMemoryServer()
  expect(await readCounts(next.db)).toMatchObject({ waiting: 2, attention: 0 })
  expect(await readForm(next.db, 'walk-in')).toEqual({ name: NAME })
  await next.sync(server.send)
  expect(server.operations).toHaveLength(2)
})

test('a phone whose pairing has ended keeps what was refused until somebody has looked at it', async () => {
  const page = makePhone().open()
  await putLockOn(page.keyring)
  const server = makeMemoryServer()
  const seen = await page.recorder.record('attendance.mark', makeTap())
  const tap = await page.recorder.record('attendance.mark', makeTap())
  for (const { id } of [seen, tap])
    server.answerWith(id, { status: 'refused', refusal: { code: 'not_permitted' } } as never)
  await page.sync(server.send) // and hears that nobody has this phone any more
  await page.db.write(['answers'], async (tx) => {
    const answers = tx.objectStore('answers')
    const answer = await answers.get(seen.id)
    if (answer !== undefined) await answers.put({ ...answer, seen: true })
  })
  await checkPhone({ db: page.db, keyring: page.keyring, now: () => NOON })
  await expect.poll(() => page.keyring.state.current).toBe('open')
  expect((await readKept(page.db)).answers).toMatchObject([{ operation: { id: tap.id }, seen: false }])
  expect(await readCounts(page.db)).toMatchObject({ waiting: 0, attention: 1 })
})

/** A volunteer's phone that hears what time it is in the city. */
function sendAt(server: ReturnType<typeof makeMemoryServer>, cityTime: () => Instant): Send {
  const holder: Holder = { role: 'volunteer', name: '伊藤', paired: true }
  return (request) =>
    Promise.resolve(
      Response.json({ ...server.handle(request), holder }, { headers: { Date: new Date(cityTime()).toUTCString() } }),
    )
}

test('a clock that was a month ahead for a moment takes no list away any more once the city was heard', async () => {
  const page = makePhone().open()
  let [here, there] = [NOON, NOON]
  const parts = { db: page.db, keyring: page.keyring, now: () => here }
  await putOnLock(parts, PIN)
  const server = makeMemoryServer()
  grantList(server)
  const meet = () =>
    page.sync(
      sendAt(server, () => there),
      { now: () => here },
    )
  await meet()
  here = plusMinutes(NOON, 30 * DAY_MIN)
  await checkPhone(parts)
  expect(page.keyring.state.current).toBe('locked')
  for (let count = 0; count < 5; count += 1) await unlock(parts, '999998')
  expect(await readRest(parts)).toBe(5)
  here = there = plusMinutes(NOON, 2)
  await checkPhone(parts)
  expect(await readRest(parts)).toBe(5) // a clock that goes back by itself shortens nothing
  await meet()
  await checkPhone(parts)
  expect(await readRest(parts)).toBe(5)
  here = there = plusMinutes(NOON, 8)
  expect(await unlock(parts, PIN)).toEqual({ kind: 'opened' })
  await meet()
  await checkPhone(parts)
  expect(page.keyring.state.current).toBe('unlocked')
  expect(await readNames(page.db)).toEqual([NAME])
}, 30_000)

test('days that pass on a phone without a network are not taken back by what the city said before', async () => {
  const page = makePhone().open()
  let here = NOON
  const parts = { db: page.db, keyring: page.keyring, now: () => here }
  await putOnLock(parts, PIN)
  const server = makeMemoryServer()
  grantList(server)
  await page.sync(
    sendAt(server, () => here),
    { now: () => here },
  )
  here = plusMinutes(NOON, 2 * DAY_MIN)
  await checkPhone(parts)
  here = instantOf(Date.parse(NOON) + 1000) // set back by hand
  await checkPhone(parts)
  expect((await page.keyring.readLock())?.lastSeenAt).toBe(plusMinutes(NOON, 2 * DAY_MIN))
}, 30_000)

test.each([
  ['the office has ended the pairing: the lock stays off', { lock: 'off' }, null],
  ['the lists have to go: their key stays gone', { lock: { setAt: NOON, lastSeenAt: NOON } }, 'another'],
] as const)(
  'a PIN is being tried, and meanwhile %s',
  async (_name, erasing, vault) => {
    const page = makePhone().open()
    const parts = { db: page.db, keyring: page.keyring, now: () => NOON }
    await putOnLock(parts, PIN)
    const before = await page.keyring.readLock()
    page.keyring.setVaultKey(null)
    const trying = unlock(parts, PIN)
    await expect.poll(async () => (await page.keyring.readLock())?.failedCount, { interval: 1 }).toBe(1)
    await eraseLists(page.db, { ...erasing, news: null })
    expect(await trying).toEqual({ kind: 'opened' })
    const after = await page.keyring.readLock()
    if (vault === null) expect(after).toBeNull()
    else expect(after?.vault).not.toEqual(before?.vault)
  },
  30_000,
)

test('who becomes a volunteer on an open page hears the news from then on', async () => {
  let isStaff = false
  const opened: EventTarget[] = []
  const openStream = () => {
    const stream = Object.assign(new EventTarget(), { readyState: 1, close: () => {} })
    opened.push(stream)
    return stream
  }
  const news = createNews(
    () => Promise.resolve(isStaff ? openStream() : null),
    () => {},
    () => 0,
  )
  news.follow(true)
  await new Promise((resolve) => setTimeout(resolve))
  isStaff = true
  for (let count = 0; count < 3; count += 1) {
    news.follow(true) // as every half minute
    await new Promise((resolve) => setTimeout(resolve))
  }
  expect(opened).toHaveLength(1)
})
