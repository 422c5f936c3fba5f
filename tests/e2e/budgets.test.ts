import type { Browser, Request } from 'playwright'
import { beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../make/browser.ts'
import { untilReadyOffline } from '../make/inside-browser.ts'
import { makePeople } from '../make/names.ts'
import { PHONE } from '../make/phone-browser.ts'
import { type RunningProduct, startProduct } from '../make/running-product.ts'
import { LATE, publishSession, signUp } from '../make/said-by-office.ts'

// What travels, as the browser and the socket count it. `npm run size` looks at the files alone.
const KB = 1024
const SCRIPTS_MAX = 36.5 * KB
const PAGE_MAX = 55 * KB
const REQUESTS_MAX = 6
const STAFF_MAX = 160 * KB
const SESSIONS = 20

let product: RunningProduct
let browser: Browser
beforeAll(async () => {
  product = await startProduct()
  browser = await launchBrowser()
  for (let n = 1; n <= SESSIONS; n++) {
    await publishSession(product, {
      title: `はじめてのスマートフォン教室 第${n}回`,
      inDays: n,
      venueName: `第${n}公民館`,
    })
  }
  const today = await publishSession(product, {
    title: '今日の教室',
    ...LATE,
    inDays: 0,
    capacity: 40,
    teacherCount: 10,
  })
  await signUp(product, today, makePeople().slice(0, 40))
  return async () => {
    await browser.close()
    await product.stop()
  }
})

test('the first visit of the first page is small, in few requests, with no font and no other host', async () => {
  const context = await browser.newContext(PHONE)
  const page = await context.newPage()
  const asked: Request[] = []
  page.on('requestfinished', (request) => asked.push(request))
  await page.goto(product.url)
  await expect.poll(() => page.locator('main li').count()).toBe(SESSIONS + 1)
  await untilReadyOffline(page) // everything that the page itself does at its beginning is done
  const own = asked.filter((request) => request.url().startsWith('http'))
  const sizes = await Promise.all(
    own.map(async (request) => {
      const { responseBodySize, responseHeadersSize } = await request.sizes()
      return { type: request.resourceType(), url: request.url(), body: responseBodySize, head: responseHeadersSize }
    }),
  )
  const sum = (of: readonly { readonly body: number }[]) => of.reduce((total, { body }) => total + body, 0)
  const scripts = sizes.filter(({ type }) => type === 'script')
  expect(scripts.length).toBeGreaterThan(0)
  expect(sum(scripts), JSON.stringify(sizes, null, 1)).toBeLessThanOrEqual(SCRIPTS_MAX)
  expect(sum(sizes), JSON.stringify(sizes, null, 1)).toBeLessThanOrEqual(PAGE_MAX)
  expect(sizes.length, JSON.stringify(sizes, null, 1)).toBeLessThanOrEqual(REQUESTS_MAX)
  expect(sizes.filter(({ type }) => type === 'font')).toEqual([])
  expect(sizes.filter(({ url }) => new URL(url).host !== new URL(product.url).host)).toEqual([])
  await context.close()
})

test('a helper’s phone is ready for a hall without a network after few bytes, the list of 40 people included', async () => {
  const context = await browser.newContext(PHONE)
  const door = await product.openDoor()
  const page = await context.newPage()
  await page.goto(door.url + product.links.volunteer)
  await page.getByRole('link', { name: '今日の教室' }).waitFor()
  await untilReadyOffline(page)
  expect(door.bytesSent()).toBeGreaterThan(50 * KB)
  expect(door.bytesSent()).toBeLessThanOrEqual(STAFF_MAX)
  await door.cut()
  await page.getByRole('link', { name: '今日の教室' }).click()
  await page.locator('[data-count=enrolled]').getByText('40').waitFor()
  await context.close()
})
