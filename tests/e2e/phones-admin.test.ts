import type { Browser, BrowserContext, Locator, Page } from 'playwright'
import decodeQR from 'qr/decode.js'
import { beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../make/browser.ts'
import { makePeople } from '../make/names.ts'
import { collectComplaints } from '../make/page-checks.ts'
import { makeHttpPhone, saveInstructor } from '../make/pairing.ts'
import { PHONE } from '../make/phone-browser.ts'
import { type RunningProduct, startProduct } from '../make/running-product.ts'
import { publishSession, signUp } from '../make/said-by-office.ts'

let browser: Browser
let product: RunningProduct
let desk: BrowserContext
beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), launchBrowser()])
  desk = await browser.newContext({ ...PHONE, viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
  await (await desk.newPage()).goto(product.url + product.links.organizer)
  return async () => {
    await browser.close()
    await product.stop()
  }
})

/** A phone that reaches the product without a browser. */
const phone = () => makeHttpPhone(product.fetch)

/** What a camera reads there: the pixels as they are on the screen. */
async function readSquare(square: Locator): Promise<string> {
  const png = (await square.screenshot()).toString('base64')
  const blank = await browser.newPage()
  const { width, height, data } = await blank.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const canvas = new OffscreenCanvas(image.width, image.height)
    const drawing = canvas.getContext('2d')
    drawing?.drawImage(image, 0, 0)
    const pixels = drawing?.getImageData(0, 0, image.width, image.height)
    return { width: image.width, height: image.height, data: Array.from(pixels?.data ?? []) }
  }, png)
  await blank.close()
  return decodeQR({ width, height, data: Uint8Array.from(data) })
}

async function openConnect(page: Page, name: string): Promise<void> {
  await page.goto(`${product.url}/admin/phones`)
  await page.getByRole('link', { name: `${name}さんの電話をつなぐ` }).click()
  await page.locator('svg[role=img]').waitFor()
}

test('an organizer connects a phone by the square on the screen, and another by the digits', async () => {
  await saveInstructor(product.kit, { name: '迫田 恵', nameKana: 'さこだ めぐみ' })
  const page = await desk.newPage()
  const complaints = await collectComplaints(page)
  await openConnect(page, '迫田 恵')
  await page.getByRole('button', { name: 'つながったか確かめる' }).click()
  await page.getByText('まだつながっていません').waitFor()

  const square = page.locator('svg[role=img]')
  expect((await square.boundingBox())?.width).toBeGreaterThanOrEqual(240)
  const address = new URL(await readSquare(square))
  expect(address.origin + address.pathname).toBe(`${product.url}/pair`)
  expect((await phone().pair({ token: address.hash.slice(1) })).status).toBe(200)
  await page.getByRole('button', { name: 'つながったか確かめる' }).click()
  await page.getByText('迫田 恵さんの電話がつながりました').waitFor()

  await openConnect(page, '迫田 恵')
  const digits = (await page.locator('p[class*=digits]').textContent()) ?? ''
  expect(digits).toMatch(/^\d{4} \d{4}$/)
  expect((await phone().pair({ code: digits.replace(' ', '') })).status).toBe(200)
  expect(complaints).toEqual([])
  await page.close()
})

test('paper gets a number of its own, good for three days, and takes the place of the one on the screen', async () => {
  await saveInstructor(product.kit, { name: '有村 幸', nameKana: 'ありむら さち' })
  const page = await desk.newPage()
  await page.addInitScript(() => {
    window.print = () => document.body.setAttribute('data-printed', 'yes')
  })
  await openConnect(page, '有村 幸')
  const digits = page.locator('p[class*=digits]')
  const onScreen = (await digits.textContent()) ?? ''
  await page.getByRole('button', { name: '紙に印刷する' }).click()
  await page.locator('body[data-printed]').waitFor()
  const onPaper = (await digits.textContent()) ?? ''
  expect(onPaper).not.toBe(onScreen)
  await page.emulateMedia({ media: 'print' })
  await page.getByText('この紙を人に見せないでください').waitFor()
  expect(await page.getByRole('button').count()).toBe(0) // nothing to press on paper
  expect((await phone().pair({ code: onScreen.replace(' ', '') })).status).toBe(404)
  expect((await phone().pair({ code: onPaper.replace(' ', '') })).status).toBe(200)
  await page.close()
})

test('a phone that is lost is stopped with a reason, and what was on it stands on the next screen', async () => {
  const helper = await saveInstructor(product.kit, { name: '福元 健', nameKana: 'ふくもと けん' })
  const sessionId = await publishSession(product, {
    title: '午後の教室',
    inDays: 0,
    teachers: [{ instructorId: helper, role: 'instructor' }],
  })
  const people = makePeople().slice(0, 3)
  await signUp(product, sessionId, people)
  const page = await desk.newPage()
  await openConnect(page, '福元 健')
  const lost = phone()
  await lost.pair({ token: new URL(await readSquare(page.locator('svg[role=img]'))).hash.slice(1) })
  await lost.sync()

  await page.goto(`${product.url}/admin/phones`)
  await page.getByRole('button', { name: '福元 健さんの電話：なくした・やめた' }).click()
  const dialog = page.locator('dialog[open]')
  await dialog.getByRole('button', { name: '電話を止める' }).click()
  await dialog.getByText('理由をえらんでください').waitFor()
  await dialog.getByText('なくした').click()
  await dialog.getByRole('button', { name: '電話を止める' }).click()
  await page.getByRole('heading', { level: 1, name: '福元 健さんの電話にあった名簿' }).waitFor()
  await page.getByText('3人（1つの名簿）').waitFor()
  for (const { name } of people) await page.getByText(name).waitFor()
  await page.getByText('まだ消えたことを確かめられません').waitFor()

  expect((await lost.sync()).holder.paired).toBe(false)
  await page.reload()
  await page.getByText('消すよう伝えました').waitFor()
  await page.close()
})
