import type { Browser, BrowserContext, Page } from 'playwright'
import { beforeAll, expect, test } from 'vitest'
import { fiscalYearOf } from '#kernel/fiscal-year.ts'
import { localDateOf, plusDays } from '#kernel/time.ts'
import { launchBrowser } from '../make/browser.ts'
import { collectComplaints } from '../make/page-checks.ts'
import { makeWalkIn } from '../make/payloads.ts'
import { PHONE } from '../make/phone-browser.ts'
import { type RunningProduct, startProduct } from '../make/running-product.ts'
import { publishSession, setPlan } from '../make/said-by-office.ts'

/** Surely of a 年度 that is over. */
const LONG_AGO = -370

let browser: Browser
let product: RunningProduct
let desk: BrowserContext
beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), launchBrowser()])
  await setPlan(product)
  desk = await browser.newContext({ ...PHONE, viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
  await (await desk.newPage()).goto(product.url + product.links.organizer)
  return async () => {
    await browser.close()
    await product.stop()
  }
})

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const agree = (page: Page, name: string) =>
  page.locator('dialog[open]').getByRole('button', { name, exact: true }).click()
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id)

async function figures(page: Page, path: string): Promise<string> {
  await page.goto(product.url + path)
  const section = page.locator('section[aria-labelledby^=indicator-]').first()
  await section.waitFor()
  return section.innerText()
}

test('an organizer sees that two records are one person, puts them together, and takes them apart again', async () => {
  const sessionId = await publishSession(product, { inDays: 0 })
  const helper = product.device('volunteer')
  const known = makeWalkIn({ sessionId, name: '有馬 トメ', nameKana: 'ありま とめ' })
  const walkIn = makeWalkIn({ sessionId, name: null, nameKana: 'よろず たろう' })
  await helper.push(helper.op('attendance.walkIn', known), helper.op('attendance.walkIn', walkIn))

  const page = await desk.newPage()
  const complaints = await collectComplaints(page)
  expect(await figures(page, '/office/kpi')).toMatch(/実人数\s*2/)
  await page.goto(`${product.url}/admin/people/${known.learnerId}`)
  await press(page, '同じ人とまとめる')
  const section = page.locator('section[aria-labelledby=same]')
  await section.locator('[name=same-query]').fill('よろず')
  await press(page, 'さがす')
  await section.getByText('よろず たろう').click()
  await section.getByText('2つの記録をくらべる').waitFor()
  expect(await section.innerText()).toContain('有馬 トメ')
  await press(page, '同じ人としてまとめる')
  await section.getByText('同じ人としてまとめました').waitFor()
  await section.getByRole('link', { name: 'よろず たろう' }).waitFor()
  expect(await focused(page)).toBe('same')
  expect(await figures(page, '/office/kpi')).toMatch(/実人数\s*1/)

  await page.goto(`${product.url}/admin/people/${walkIn.learnerId}`)
  await section.getByRole('button', { name: /分ける$/ }).click()
  await agree(page, '分ける')
  await section.getByText('まとめるのをやめました').waitFor()
  await section.getByText('まとめた記録はありません。').waitFor()
  expect(await figures(page, '/office/kpi')).toMatch(/実人数\s*2/)
  expect(complaints).toEqual([])
  await page.close()
})

test('an organizer closes a year; what arrives later is shown beside its number and not in it', async () => {
  const day = plusDays(localDateOf(product.kit.now()), LONG_AGO)
  const year = fiscalYearOf(day)
  const sessionId = await publishSession(product, { inDays: LONG_AGO })
  const helper = product.device('volunteer')
  await helper.push(helper.op('attendance.walkIn', makeWalkIn({ sessionId })))

  const page = await desk.newPage()
  const complaints = await collectComplaints(page)
  expect(await figures(page, `/office/kpi/${year}`)).toMatch(/延べ\s*1/)
  await page.getByText('暫定').waitFor()
  const button = page.getByRole('button', { name: /を締める$/ }).first()
  const name = (await button.innerText()).trim()
  await button.click()
  await page.locator('dialog[open]').getByText('締めると、元に戻せません。').waitFor()
  await agree(page, name)
  await page.getByText('年度を締めました').waitFor()
  await page.getByText('締めた日：').waitFor()
  expect(await focused(page)).toBe('closing')
  expect(await page.getByText('暫定').count()).toBe(0)

  await helper.push(helper.op('attendance.walkIn', makeWalkIn({ sessionId, nameKana: 'おそい びん' })))
  const closed = await figures(page, `/office/kpi/${year}`)
  expect(closed).toMatch(/延べ\s*1/)
  expect(closed).toContain('締め後の修正 ＋1／−0')
  await page.getByRole('link', { name: '締め後の修正' }).first().click()
  const late = page.locator('section[aria-labelledby=late]')
  await late.getByText('おそい びん').waitFor()
  expect(complaints).toEqual([])
  await page.close()
})
