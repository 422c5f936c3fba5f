import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../make/browser.ts'
import { checkIn } from '../make/desk-page.ts'
import { countStored } from '../make/inside-browser.ts'
import { tryPin } from '../make/lock-page.ts'
import { collectComplaints, readAxe, readOverflow, readSmallTargets } from '../make/page-checks.ts'
import { afterNoon, makePhoneTown, openDesk, type PhoneTown, PIN } from '../make/paired-town.ts'
import { PHONE } from '../make/phone-browser.ts'

let town: PhoneTown
let browser: Browser
beforeAll(async () => {
  ;[town, browser] = await Promise.all([makePhoneTown(), launchBrowser()])
  return async () => {
    await browser.close()
    await town.product.stop()
  }
})
afterEach(() => town.clear())

/** What the person at the phone does, and the file that it gave them. */
async function makeFile(page: Page): Promise<{ readonly path: string; readonly name: string }> {
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: '送れない記録をファイルにする' }).click()
  const download = await saved
  const path = join(tmpdir(), `${crypto.randomUUID()}.yorozu`)
  await download.saveAs(path)
  return { path, name: download.suggestedFilename() }
}

/** The organizer's page at a width. */
async function openOffice(width: number): Promise<Page> {
  const context = await browser.newContext({ ...PHONE, viewport: { width, height: 800 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(town.product.url + town.product.links.organizer)
  await page.goto(`${town.product.url}/office/devices`)
  await page.getByRole('link', { name: '電話の記録を取り込む' }).first().click()
  await page.getByLabel('ファイルを選ぶ').waitFor()
  return page
}

async function expectSound(page: Page): Promise<void> {
  expect(await readOverflow(page)).toEqual([])
  expect(await readSmallTargets(page)).toEqual([])
  expect(await readAxe(page)).toEqual([])
}

describe('a phone that has no signal for hours', () => {
  test('says so after an hour, gives its records as a file, and nothing counts twice when it comes back', async () => {
    const phone = await town.pairedPhone(town.naomi)
    const desk = await openDesk(phone.page())
    await phone.goOffline()
    const before = await town.countMarks()
    await checkIn(desk, town.names.slice(0, 2))
    await expect.poll(() => countStored(desk, 'outbox')).toBe(2)

    await phone.setNow(afterNoon(59))
    const device = await phone.open('/device')
    await tryPin(device, PIN)
    await device.getByRole('button', { name: '送れない記録をファイルにする' }).waitFor()
    expect(await device.getByText('1時間以上前の記録').count()).toBe(0)
    await phone.setNow(afterNoon(61))
    await device.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await device.getByRole('main').getByText('1時間以上前の記録が2件、まだ送れていません').waitFor()
    await device.getByRole('banner').getByText('まだ送れていません。 電波のあるところで').waitFor()

    const { path, name } = await makeFile(device)
    expect(name).toBe('yorozu-2026-12-01.yorozu')
    await device.getByText('2件の記録をファイルにしました').waitFor()
    await expectSound(device)
    await device.setViewportSize({ width: 320, height: 800 })
    await expectSound(device)
    expect(await countStored(device, 'outbox')).toBe(2)

    const office = await openOffice(1280)
    const complaints = await collectComplaints(office)
    await office.getByLabel('ファイルを選ぶ').setInputFiles(path)
    await office.getByText('受け取った記録は2件です').waitFor()
    expect(await office.locator('main tbody tr').count()).toBe(2)
    await expectSound(office)
    expect(await town.countMarks()).toBe(before + 2)

    await phone.goOnline()
    await expect.poll(() => countStored(device, 'outbox'), { timeout: 20_000 }).toBe(0)
    expect(await town.countMarks()).toBe(before + 2)
    await device.getByText('送信待ちのものはありません').waitFor()
    expect(complaints).toEqual([])
  })
})

test.each(['en', 'ja-easy'])('whoever reads %s is told the same, and nothing of it is cut off', async (language) => {
  const phone = await town.pairedPhone(town.ken)
  const page = await openDesk(phone.page())
  await page.context().route('**/api/sync', (route) => route.abort())
  await checkIn(page, town.names.slice(3, 4))
  await phone.setNow(afterNoon(61))
  await page.goto(`${phone.door.url}/language/${language}`)
  await phone.open('/device')
  await page.locator('#unlock input').fill(PIN)
  await page.locator('#unlock [type=submit]').click()
  await page.locator('main [class*=warning]').waitFor()
  const saved = page.waitForEvent('download')
  await page.locator('section:has(#outbox-file) button').click()
  await saved
  await page.locator('main [class*=success]').waitFor()
  for (const width of [320, 360, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    await expectSound(page)
  }
})

test('an organizer with a file that is none, or of a newer version, reads what to do', async () => {
  const office = await openOffice(360)
  const broken = join(tmpdir(), `${crypto.randomUUID()}.yorozu`)
  for (const [text, words] of [
    ['name,day\n', 'よろずの電話で作ったファイルではないようです'],
    [JSON.stringify({ yorozu: 'outbox', version: 9 }), '新しい版の「よろず」で作られています'],
  ] as const) {
    await writeFile(broken, text)
    await office.getByLabel('ファイルを選ぶ').setInputFiles(broken)
    await office.getByText(words).waitFor()
  }
  await expectSound(office)
})
