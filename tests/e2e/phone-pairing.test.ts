import type { Page } from 'playwright'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { checkIn } from '../make/desk-page.ts'
import { countStored, readStored } from '../make/inside-browser.ts'
import { choosePin, confirmAndChoose, tryPin, typeCode, untilLocked } from '../make/lock-page.ts'
import { makeCode } from '../make/pairing.ts'
import { makePhoneTown, openDesk, type PhoneTown, PIN, rosterLines } from '../make/paired-town.ts'

let town: PhoneTown

beforeAll(async () => {
  town = await makePhoneTown()
  return () => town.product.stop()
})

afterEach(() => town.clear())

test('a phone is paired with eight digits and a PIN, and shows today’s list and whose it is', async () => {
  const phone = await town.makePhone()
  const page = await phone.open('/pair')
  const { code } = await makeCode(town.product, town.naomi)
  const field = page.getByLabel('つなぐための番号')
  await field.fill('１２３')
  await page.getByRole('button', { name: '次へ' }).click()
  await page.getByText('8けたの数字を入れてください。').waitFor()
  expect(await field.getAttribute('inputmode')).toBe('numeric')
  expect(await field.getAttribute('autocomplete')).toBe('one-time-code')
  await field.fill('00000000')
  await page.getByRole('button', { name: '次へ' }).click()
  await page.getByText('この番号は使えません').waitFor()
  await typeCode(page, `${code.slice(0, 4)}－${code.slice(4)}`)
  await page.getByRole('heading', { name: '佐久間 直美さんの電話ですか' }).waitFor()
  await page.getByRole('button', { name: 'はい、佐久間 直美です' }).click()
  await choosePin(page, '111111')
  await expect.poll(() => page.locator('#pin-error').innerText()).toContain('同じ数字だけ')
  await choosePin(page, '123456')
  await expect.poll(() => page.locator('#pin-error').innerText()).toContain('順番に並んだ')
  await choosePin(page, PIN, '314158')
  await expect.poll(() => page.locator('#pinAgain-error').innerText()).toContain('上の番号とちがいます')
  await choosePin(page, PIN)
  await page.getByRole('link', { name: '午後の教室' }).waitFor()
  await page.getByRole('banner').getByText('佐久間 直美さんの電話').waitFor()
  await page.getByRole('main').getByText('佐久間 直美さんの電話').waitFor()
})

test('a phone is paired by the link of the QR code, which leaves the address at once and is good only once', async () => {
  const phone = await town.makePhone()
  const { token } = await makeCode(town.product, town.naomi)
  const page = await phone.open(`/pair#${token}`)
  await page.getByRole('button', { name: 'つなぐ', exact: true }).waitFor()
  expect(page.url()).toBe(`${phone.door.url}/pair`)
  await page.getByRole('button', { name: 'つなぐ', exact: true }).click()
  await confirmAndChoose(page, PIN)
  await page.getByRole('link', { name: '午後の教室' }).waitFor()
  expect(phone.door.seen.filter(({ path }) => path.includes(token))).toEqual([])

  const other = await town.makePhone()
  const late = await other.open(`/pair#${token}`)
  await late.getByRole('button', { name: 'つなぐ', exact: true }).click()
  await late.getByText('このQRコードは、もう使えません').waitFor()
})

test('without a signal pairing says so, keeps what was typed, and works with the next tap', async () => {
  const phone = await town.makePhone()
  const page = await phone.open('/pair')
  const { code } = await makeCode(town.product, town.naomi)
  await page.getByLabel('つなぐための番号').fill(code)
  await phone.goOffline()
  await page.getByRole('button', { name: '次へ' }).click()
  await page.getByText('電波がありません').waitFor()
  expect((await page.getByLabel('つなぐための番号').inputValue()).replace(' ', '')).toBe(code)
  await phone.goOnline()
  await page.getByRole('button', { name: '次へ' }).click()
  await confirmAndChoose(page, PIN)
  await page.getByRole('link', { name: '午後の教室' }).waitFor()
})

test('who closes the page before choosing a PIN chooses it before the first list', async () => {
  const phone = await town.makePhone()
  const page = await phone.open('/pair')
  await typeCode(page, (await makeCode(town.product, town.naomi)).code)
  await phone.kill()
  const again = await phone.reopen('/hall')
  await again.getByRole('heading', { name: '暗証番号を決める' }).waitFor()
  expect(await rosterLines(again)).toEqual([])
  await choosePin(again, PIN)
  await again.getByRole('link', { name: '午後の教室' }).waitFor()
})

test('a forgotten PIN: the phone is paired anew, and what waits is not lost', async () => {
  const phone = await town.pairedPhone(town.naomi)
  await openDesk(phone.page())
  await phone.goOffline()
  await checkIn(phone.page(), town.names.slice(5, 7))
  let page = await phone.open('/hall')
  await untilLocked(page)
  await page.getByRole('link', { name: 'この電話をつなぎ直す' }).click()
  await page.getByRole('button', { name: 'つなぎ直す' }).click()
  const { code } = await makeCode(town.product, town.naomi)
  await page.getByLabel('つなぐための番号').fill(code)
  await page.getByRole('button', { name: '次へ' }).click()
  await page.getByText('まだ送っていない記録が2件あります').waitFor()
  expect(await countStored(page, 'outbox')).toBe(2)
  const before = await town.countMarks()
  await phone.goOnline()
  await page.getByRole('button', { name: '次へ' }).click()
  await confirmAndChoose(page, '271828')
  await page.getByRole('link', { name: '午後の教室' }).waitFor()
  expect(await town.countMarks()).toBe(before + 2)
  page = await phone.open('/hall')
  await untilLocked(page)
  await tryPin(page, PIN) // the old one
  await page.getByText('あと4回').waitFor()
  await tryPin(page, '271828')
  await page.getByRole('link', { name: '午後の教室' }).waitFor()
})

test('a shared tablet changes hands: not without a signal, and never without what was recorded', async () => {
  const phone = await town.pairedPhone(town.naomi)
  const page = await openDesk(phone.page())
  await phone.goOffline()
  await checkIn(page, town.names.slice(7, 8))
  await page.getByRole('link', { name: '受付の一覧へ' }).click()
  await handOver(page)
  await page.getByText('まだ送っていない記録が1件あります').waitFor()
  await page.getByRole('link', { name: '午後の教室' }).waitFor()
  const before = await town.countMarks()
  await phone.goOnline()
  await handOver(page)
  await page.getByLabel('つなぐための番号').waitFor()
  expect(await town.countMarks()).toBe(before + 1)
  const stored = await readStored(page)
  expect(stored['records']?.filter((line) => line.includes('session:'))).toEqual([])
  await typeCode(page, (await makeCode(town.product, town.ken)).code)
  await confirmAndChoose(page, PIN)
  await page.getByRole('main').getByText('上原 健さんの電話').waitFor()
})

test('a wrong name is taken back', async () => {
  const phone = await town.makePhone()
  const page = await phone.open('/pair')
  await typeCode(page, (await makeCode(town.product, town.ken)).code)
  await page.getByRole('button', { name: 'ちがいます' }).click()
  await page.getByText('つなぐのを取り消しました').waitFor()
  expect((await readStored(page))['meta']?.find((line) => line.startsWith('"holder"'))).toContain('"paired":false')
  await typeCode(page, (await makeCode(town.product, town.naomi)).code)
  await page.getByRole('heading', { name: '佐久間 直美さんの電話ですか' }).waitFor()
})

async function handOver(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: '交代する' }).click()
  await page.locator('dialog[open]').getByRole('button', { name: '交代する' }).click()
}
