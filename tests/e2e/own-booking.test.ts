import type { Browser, BrowserContextOptions, Page } from 'playwright'
import { beforeAll, describe, expect, test } from 'vitest'
import type { SessionId } from '#sessions/domain/session.ts'
import { askForBooking, bookByPhone, bookingStates, expectSound, signUpHere } from '../make/booking-page.ts'
import { launchBrowser } from '../make/browser.ts'
import { itemAt } from '../make/chance.ts'
import { untilReadyOffline } from '../make/inside-browser.ts'
import { makePeople, type Person } from '../make/names.ts'
import { collectComplaints } from '../make/page-checks.ts'
import { PHONE } from '../make/phone-browser.ts'
import { type Door, type RunningProduct, startProduct } from '../make/running-product.ts'
import { publishSession } from '../make/said-by-office.ts'

const people = makePeople()
let product: RunningProduct
let browser: Browser
let asked = 0 // nobody signs up twice in this file
const person = (): Person => itemAt(people, asked++)

beforeAll(async () => {
  product = await startProduct()
  browser = await launchBrowser()
  return async () => {
    await browser.close()
    await product.stop()
  }
})

async function visitor(options: BrowserContextOptions = {}): Promise<{ page: Page; door: Door }> {
  const context = await browser.newContext({ ...PHONE, reducedMotion: 'reduce', ...options })
  return { page: await context.newPage(), door: await product.openDoor() }
}

const book = (sessionId: SessionId) => bookByPhone(product, sessionId, person())
const states = (sessionId: SessionId) => bookingStates(product, sessionId)

const CHECK = '申し込みを確かめる・取り消す'

describe.each([
  ['a phone', true],
  ['a phone whose browser runs no programs', false],
])('on %s', (_what, javaScriptEnabled) => {
  test('a senior finds their booking from the first page, is asked once more, and cancels it', async () => {
    const sessionId = await publishSession(product, {
      title: '写真の教室',
      note: '持ち物：スマホ',
      capacity: 1,
      teacherCount: 1,
    })
    const mine = await book(sessionId)
    await book(sessionId)
    const { page, door } = await visitor({ javaScriptEnabled })
    const complaints = javaScriptEnabled ? await collectComplaints(page) : []
    await page.goto(door.url)
    await page.getByRole('link', { name: '申し込みを確かめる・取り消す' }).click()
    await page.getByRole('button', { name: '申し込みを確かめる' }).waitFor()
    await expectSound(page, javaScriptEnabled)
    await askForBooking(page, mine)
    await page.getByText('席があります').waitFor()
    await page.getByText('持ち物：スマホ').waitFor()
    await expectSound(page, javaScriptEnabled)
    await page.getByRole('button', { name: 'この申し込みを取り消す' }).click()
    await page.getByRole('heading', { name: 'この申し込みを取り消しますか' }).waitFor()
    await expectSound(page, javaScriptEnabled)
    await page.getByRole('button', { name: '取り消さずに戻る' }).click()
    await page.getByText('席があります').waitFor()
    expect(await states(sessionId)).toEqual(['enrolled', 'waitlisted'])
    await page.getByRole('button', { name: 'この申し込みを取り消す' }).click()
    await page.getByRole('button', { name: '取り消す', exact: true }).click()
    await page.getByText('申し込みを取り消しました').waitFor()
    await expectSound(page, javaScriptEnabled)
    expect(await states(sessionId)).toEqual(['cancelled', 'enrolled'])
    expect(page.url()).toBe(`${door.url}/booking`)
    expect(complaints).toEqual([])
  })

  test('a wrong number gets one sentence, and what cannot be read gets one on its field; both stay as typed', async () => {
    const mine = await book(await publishSession(product))
    const { page, door } = await visitor({ javaScriptEnabled })
    await page.goto(`${door.url}/booking`)
    await askForBooking(page, { receipt: '12', last4: '' })
    await page.locator('#receiptNumber-error').getByText('6けたの数字').waitFor()
    await page.locator('#phoneLast4-error').getByText('下4けたを書いて').waitFor()
    expect(await page.locator('[name=receiptNumber]').inputValue()).toBe('12')
    await expectSound(page, javaScriptEnabled)
    const last4 = String((Number(mine.last4) + 1) % 10_000).padStart(4, '0')
    await askForBooking(page, { receipt: mine.receipt, last4 })
    await page.getByText('申し込みが見つかりません').waitFor()
    expect(await page.locator('[name=phoneLast4]').inputValue()).toBe(last4)
    await expectSound(page, javaScriptEnabled)
  })

  test('whoever has just signed up finds the way from the answer', async () => {
    const sessionId = await publishSession(product, { title: '道の教室' })
    const who = person()
    const { page, door } = await visitor({ javaScriptEnabled })
    await page.goto(`${door.url}/sessions/${sessionId}`)
    if (javaScriptEnabled) await page.locator('#answers').waitFor({ state: 'attached' })
    await signUpHere(page, who)
    const receipt = await page
      .locator('strong')
      .filter({ hasText: /^\d{3}-\d{3}$/ })
      .innerText()
    await (javaScriptEnabled ? page.goto(`${door.url}/booking`) : page.getByRole('link', { name: CHECK }).click())
    await askForBooking(page, { receipt, last4: who.phone.slice(-4) })
    await page.getByText('道の教室').waitFor()
    await page.getByText('席があります').waitFor()
    expect(page.url()).toBe(`${door.url}/booking`)
  })
})

test('without a network the page is there, says so when it is pressed, and goes on when the network is back', async () => {
  const mine = await book(await publishSession(product))
  const { page, door } = await visitor()
  await page.goto(door.url)
  await untilReadyOffline(page)
  await door.cut()
  await page.goto(`${door.url}/booking`)
  await askForBooking(page, mine)
  await page.getByText('電波がありません').waitFor()
  expect(await page.locator('[name=receiptNumber]').inputValue()).toBe(mine.receipt)
  await expectSound(page, true)
  await door.mend()
  await page.getByRole('button', { name: '申し込みを確かめる' }).click()
  await page.getByText('席があります').waitFor()
})

test('whoever leaves the page and comes back sees nobody’s booking', async () => {
  const mine = await book(await publishSession(product))
  const { page, door } = await visitor()
  await page.goto(`${door.url}/booking`)
  await askForBooking(page, mine)
  await page.getByText('席があります').waitFor()
  await page.locator('footer').getByRole('link', { name: 'ホームへ戻る' }).click()
  await page.getByRole('link', { name: '申し込みを確かめる・取り消す' }).click()
  await page.getByRole('button', { name: '申し込みを確かめる' }).waitFor()
  expect(await page.getByText('席があります').count()).toBe(0)
  expect(await page.locator('[name=receiptNumber]').inputValue()).toBe('')
})

test('the page reads well in English and やさしい日本語, with a booking and without', async () => {
  const mine = await book(await publishSession(product))
  for (const [language, button, state] of [
    ['en', 'See my booking', 'You have a seat'],
    ['ja-easy', '申し込みを 見る', '席が あります'],
  ] as const) {
    const { page, door } = await visitor()
    await page.context().addCookies([{ name: 'lang', value: language, url: door.url }])
    await page.goto(`${door.url}/booking`)
    await page.locator('[name=receiptNumber]').fill(mine.receipt)
    await page.locator('[name=phoneLast4]').fill(mine.last4)
    await expectSound(page, true)
    await page.getByRole('button', { name: button }).click()
    await page.getByText(state).waitFor()
    await expectSound(page, true)
  }
})
