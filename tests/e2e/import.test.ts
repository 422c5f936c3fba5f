import type { Browser, Page } from 'playwright'
import { beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../make/browser.ts'
import { countStored } from '../make/inside-browser.ts'
import { collectComplaints } from '../make/page-checks.ts'
import { makeInstructor } from '../make/payloads.ts'
import { type RunningProduct, startProduct } from '../make/running-product.ts'

const FILE = 'tests/data/municipal-smartphone-classes-2022.csv'
const NOW = '2022-01-20T01:00:00.000Z'

let product: RunningProduct
let browser: Browser
let page: Page
let complaints: readonly string[]
beforeAll(async () => {
  product = await startProduct({ now: NOW })
  const office = product.device('organizer')
  await office.push(office.op('instructor.save', makeInstructor()))
  browser = await launchBrowser()
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'ja-JP' })
  await context.clock.install({ time: NOW }) // the organizer's own clock runs on from there
  page = await context.newPage()
  complaints = await collectComplaints(page)
  await page.goto(product.url + product.links.organizer)
  return async () => {
    await browser.close()
    await product.stop()
  }
})

test('an organizer takes a city’s real file in, and sees each row with what is left to decide before anything is kept', async () => {
  await page.getByRole('link', { name: 'ファイルから取り込む' }).click()
  await page.getByLabel('CSVのファイル').setInputFiles(FILE)
  await page.getByText('取り込める行は25行、取り込み済みの行は0行、取り込めない行は0行です。').waitFor()
  const rows = page.locator('main table tbody tr')
  expect(await rows.count()).toBe(25)
  expect(await rows.nth(4).innerText()).toContain('定員が空欄です。定員を入れてください。')
  expect(await rows.first().innerText()).toContain('場所名称が空欄です。会場を選んでください。')
  expect(await countSessions()).toBe(0)
  await page.getByLabel('場所名称が空の行は、集合場所を会場として使う').check()
  expect(await rows.first().innerText()).not.toContain('場所名称が空欄です')
  await page.getByRole('button', { name: '25件を下書きにする' }).click()
  await page.getByRole('link', { name: '初心者スマホ教室' }).first().waitFor()
  await expect.poll(countSessions).toBe(25)
  await expect.poll(() => countStored(page, 'outbox')).toBe(0)
})

test('a draft says what is missing; with a teacher it is published, and residents can sign up', async () => {
  await page.getByRole('link', { name: '初心者スマホ教室' }).first().click()
  await page.getByRole('button', { name: '公開する' }).click()
  await page.getByText('まだ公開できません').waitFor()
  await page.getByRole('link', { name: '直す' }).click()
  await page.getByLabel('教える人', { exact: false }).first().selectOption({ index: 1 })
  await page.getByRole('button', { name: '加える', exact: true }).click()
  await page.getByText('教える人1人につき').or(page.getByText('席は4席です')).first().waitFor()
  await page.getByRole('button', { name: '下書きを保存する' }).click()
  await page.getByRole('button', { name: '公開する' }).click()
  await page.getByText('公開しました').waitFor()
  const answer = await product.fetch('/')
  expect(await answer.text()).toContain('初心者スマホ教室')
})

test('the same file once more has nothing to take in', async () => {
  await page.goto(`${product.url}/office/import`)
  await page.getByLabel('CSVのファイル').setInputFiles(FILE)
  await page.getByText('取り込める行は0行、取り込み済みの行は25行、取り込めない行は0行です。').waitFor()
  expect(await countSessions()).toBe(25)
  expect(complaints).toEqual([])
})

async function countSessions(): Promise<number> {
  const rows = await product.kit.database.sql`select 1 from sessions where city = ${product.kit.city}`
  return rows.length
}
