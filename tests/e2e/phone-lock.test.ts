import type { Page } from 'playwright'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { checkIn } from '../make/desk-page.ts'
import { countStored, readStored } from '../make/inside-browser.ts'
import { tryPin, untilLocked } from '../make/lock-page.ts'
import {
  afterNoon,
  END_MIN,
  expectNoNames,
  makePhoneTown,
  NOON,
  openDesk,
  type PhoneTown,
  PIN,
  rosterLines,
  untilDesk,
} from '../make/paired-town.ts'

const DAY_MIN = 24 * 60

let town: PhoneTown

beforeAll(async () => {
  town = await makePhoneTown()
  return () => town.product.stop()
})

afterEach(() => town.clear())

test('offline: cold start, five wrong PINs, a pause that the right one does not end, check-in; then revoked and wiped', async () => {
  const phone = await town.pairedPhone(town.naomi)
  await phone.close()
  await phone.goOffline()
  let page = await phone.reopen(`/hall/${town.sessionId}`)
  await untilLocked(page)
  await expectNoNames(page)
  for (const left of [4, 3, 2, 1]) {
    await tryPin(page, '271828')
    await page.getByText(`番号がちがいます。あと${left}回、入れられます。`).waitFor()
  }
  await tryPin(page, '271828')
  await page.getByText('あと5分たってから').waitFor()
  await tryPin(page, PIN)
  await page.getByText('あと5分たってから').waitFor()
  await phone.kill() // neither a new start nor a clock set back ends the pause
  await phone.setNow(afterNoon(-DAY_MIN))
  page = await phone.reopen(`/hall/${town.sessionId}`)
  await page.getByText('あと5分たってから').waitFor()
  await tryPin(page, PIN)
  await untilLocked(page)
  await phone.setNow(afterNoon(6))
  page = await phone.open(`/hall/${town.sessionId}`)
  await untilLocked(page)
  await tryPin(page, PIN)
  await untilDesk(page)

  await checkIn(page, town.names.slice(0, 3))
  await phone.kill()
  await town.revoke(town.naomi)
  page = await phone.reopen('/hall')
  await page.getByText('送信待ち 3件。電波があれば自分で送ります。').waitFor()
  const before = await town.countMarks()
  await phone.goOnline()
  await page.getByText('この電話のつながりは、事務所で止められました').waitFor()
  expect(await town.countMarks()).toBe(before + 3)
  const stored = await readStored(page)
  expect(stored['keys']?.filter((line) => line.startsWith('"lock"'))).toEqual([])
  expect(stored['records']?.filter((line) => line.includes('session:'))).toEqual([])
  expect([stored['outbox'], stored['answers'], stored['forms']]).toEqual([[], [], []])
  await page.goto(`${phone.door.url}/hall/${town.sessionId}`)
  await page.getByText('この電話のつながりは、事務所で止められました').waitFor()
  expect(await rosterLines(page)).toEqual([])
  await page.goto(phone.door.url)
  await page.getByText('この電話のつながりは、事務所で止められました').waitFor()
})

test('S14: lists are erased 24 hours after the end, though the phone was away and its app closed', async () => {
  const phone = await town.pairedPhone(town.naomi)
  await phone.close()
  await phone.goOffline()
  await phone.setNow(afterNoon(END_MIN + DAY_MIN - 1))
  let page = await phone.reopen(`/hall/${town.sessionId}`)
  await untilLocked(page)
  await tryPin(page, PIN)
  await untilDesk(page)
  await checkIn(page, town.names.slice(3, 4))
  await phone.close()
  await phone.setNow(afterNoon(END_MIN + DAY_MIN))
  page = await phone.reopen(`/hall/${town.sessionId}`)
  await page.getByText('教室が終わって24時間たったので、名簿を消しました').waitFor()
  expect((await readStored(page))['records']?.filter((line) => line.includes('session:'))).toEqual([])
  expect((await readStored(page))['keys']?.find((line) => line.startsWith('"lock"'))).toContain('"vault":null')
  expect(await countStored(page, 'outbox')).toBe(1)
  await phone.close()
  await phone.setNow(NOON) // a clock set back brings nothing back
  page = await phone.reopen(`/hall/${town.sessionId}`)
  await untilLocked(page)
  await tryPin(page, PIN)
  await page.getByRole('heading', { name: 'この回の名簿は、この端末にありません' }).waitFor()
})

test('after 14 days without contact the screen says so; what waits is sent at the next one, and the PIN is still good', async () => {
  const phone = await town.pairedPhone(town.naomi)
  let page = phone.page()
  await page.goto(`${phone.door.url}/hall/${town.sessionId}`)
  await untilLocked(page)
  await tryPin(page, PIN)
  await phone.goOffline()
  await checkIn(page, town.names.slice(4, 5))
  await phone.close()
  await phone.setNow(afterNoon(14 * DAY_MIN))
  page = await phone.reopen('/hall')
  await page.getByText('14日間つながらなかったので、名簿を消しました').waitFor()
  await page.getByText('送信待ち 1件').waitFor()
  town.product.setNow(afterNoon(14 * DAY_MIN))
  await phone.setNow(afterNoon(14 * DAY_MIN + 1))
  const before = await town.countMarks()
  await phone.goOnline()
  await expect.poll(() => countStored(page, 'outbox'), { timeout: 20_000 }).toBe(0)
  expect(await town.countMarks()).toBe(before + 1)
  await tryPin(page, PIN)
  await page.getByRole('heading', { name: '受付', exact: true }).waitFor()
})

test('left alone for 30 minutes, the list leaves the page', async () => {
  const phone = await town.pairedPhone(town.naomi)
  const page = await openDesk(phone.page())
  await phone.setNow(afterNoon(29))
  await look(page)
  expect(await rosterLines(page)).not.toEqual([])
  await phone.setNow(afterNoon(31))
  await look(page)
  await untilLocked(page)
  await expectNoNames(page)
  await tryPin(page, PIN)
  await untilDesk(page)
})

test('another tab closes with this one when the phone is wiped', async () => {
  const phone = await town.pairedPhone(town.ken)
  const page = await openDesk(phone.page())
  const second = await page.context().newPage()
  await second.goto(`${phone.door.url}/hall/${town.sessionId}`)
  await untilLocked(second)
  await tryPin(second, PIN)
  await untilDesk(second)
  await town.revoke(town.ken)
  for (const tab of [page, second]) {
    await tab.getByText('この電話のつながりは、事務所で止められました').waitFor()
    await expectNoNames(tab)
  }
})

/** As when somebody comes back to the page. */
async function look(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
}
