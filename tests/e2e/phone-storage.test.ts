import type { Browser, Page } from 'playwright'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SessionId } from '#sessions/domain/session.ts'
import { bookingStates } from '../make/booking-page.ts'
import { launchBrowser } from '../make/browser.ts'
import { itemAt } from '../make/chance.ts'
import { checkIn } from '../make/desk-page.ts'
import { deleteStore, type Disk, makeDisk, takeRoom } from '../make/full-disk.ts'
import { countStored } from '../make/inside-browser.ts'
import { makeDistinctPeople, type Person } from '../make/names.ts'
import { readAxe, readOverflow } from '../make/page-checks.ts'
import { PHONE } from '../make/phone-browser.ts'
import { type RunningProduct, startProduct } from '../make/running-product.ts'
import { publishSession, signUp } from '../make/said-by-office.ts'

const people = makeDistinctPeople().slice(0, 12)
let product: RunningProduct
let browser: Browser
let sessionId: SessionId
let asked = 0

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), launchBrowser()])
  return async () => {
    await browser.close()
    await product.stop()
  }
})

async function newPage(): Promise<Page> {
  const page = await (await browser.newContext({ ...PHONE, reducedMotion: 'reduce' })).newPage()
  page.setDefaultTimeout(15_000)
  return page
}

async function countMarks(): Promise<number> {
  const [row] = await product.kit.database.sql<{ count: number }>`
    select count(*)::int as count from attendance_marks where city = ${product.kit.city} and session_id = ${sessionId}`
  return row?.count ?? 0
}

async function fillIn(page: Page, { name, nameKana, phone }: Person): Promise<void> {
  await page.getByLabel('氏名').fill(name)
  await page.getByLabel('ふりがな').fill(nameKana)
  await page.getByLabel('電話番号').fill(phone)
}

describe('at the desk', () => {
  const names = people.slice(0, 3).map(({ name }) => name)
  let page: Page
  let disk: Disk

  beforeEach(async () => {
    sessionId = await publishSession(product, { title: '午後の教室', inDays: 0 })
    await signUp(product, sessionId, people.slice(0, 3))
    page = await newPage()
    await page.goto(product.url + product.links.volunteer)
    await page.goto(`${product.url}/hall/${sessionId}`)
    await page.getByText(itemAt(names, 0), { exact: true }).waitFor()
    disk = await makeDisk(page)
    return () => page.context().close()
  })

  const tap = (name: string) =>
    page.locator('ul[aria-label=名簿] > li > button', { has: page.getByText(name, { exact: true }) }).click()

  test('a tap on a full disk is said not to be kept, the name stays to be tapped, and tapped again it counts once', async () => {
    const [name] = [itemAt(names, 0)]
    await disk.fill()
    await tap(name)
    await page.getByText(`${name}さんの受付を、この端末に書けませんでした`).waitFor()
    await page.getByRole('link', { name: 'この端末に保存できません' }).waitFor()
    expect(await countStored(page, 'outbox')).toBe(0)
    expect(await readOverflow(page)).toEqual([])
    expect(await readAxe(page)).toEqual([])
    await page.getByRole('link', { name: 'この端末に保存できません' }).click()
    await page.getByText('端末の空きがありません').waitFor()
    expect(await readOverflow(page)).toEqual([])
    await page.goBack()
    await disk.free()
    await checkIn(page, [name])
    await expect.poll(countMarks).toBe(1)
    await expect.poll(() => page.getByText('この端末に保存できません').count()).toBe(0)
  })

  test('who came without a seat stays typed while the disk is full, and is received once there is room', async () => {
    await disk.fill()
    await page.getByRole('link', { name: '飛び込みの人を受け付ける' }).click()
    await page.getByLabel('ふりがな').fill('くろき そら')
    await page.getByRole('button', { name: 'この人を受け付ける' }).click()
    await page.locator('#nameKana-error').getByText('この端末に書けませんでした').waitFor()
    expect(await page.getByLabel('ふりがな').inputValue()).toBe('くろき そら')
    await disk.free()
    await page.getByRole('button', { name: 'この人を受け付ける' }).click()
    await page.locator('button[aria-label="くろき そらさんの受付を取り消す"]').waitFor()
    await expect.poll(countMarks).toBe(1)
  })

  test('a store that is deleted below the open page loses no tap after it', async () => {
    await checkIn(page, [itemAt(names, 0)])
    await expect.poll(countMarks).toBe(1)
    await page.getByText('すべて送信しました').waitFor() // nothing is under way that would look into the store
    await deleteStore(page)
    await tap(itemAt(names, 1))
    await expect.poll(countMarks).toBe(2)
    await expect.poll(() => countStored(page, 'outbox')).toBe(0)
  })
})

describe('on the page of a class', () => {
  const person = (): Person => itemAt(people, 4 + asked++)
  let page: Page
  let disk: Disk

  beforeEach(async () => {
    sessionId = await publishSession(product)
    page = await newPage()
    await page.goto(`${product.url}/sessions/${sessionId}`)
    await page.locator('#answers').waitFor({ state: 'attached' })
    disk = await makeDisk(page)
    return () => page.context().close()
  })

  const send = () => page.getByRole('button', { name: '申し込む' }).click()

  test('a sign-up on a full disk stays as it was typed, and takes one seat once there is room', async () => {
    const who = person()
    await fillIn(page, who)
    await disk.fill()
    await send()
    await page.getByText('この端末に書けませんでした').waitFor()
    expect(await page.getByLabel('氏名').inputValue()).toBe(who.name)
    expect(await page.getByLabel('電話番号').inputValue()).toBe(who.phone)
    expect(await bookingStates(product, sessionId)).toEqual([])
    await disk.free()
    await send()
    await page.getByText('席がとれました').waitFor()
    expect(await bookingStates(product, sessionId)).toEqual(['enrolled'])
  })

  test('a sign-up that was kept is not said to be lost because its words could not be put away after it', async () => {
    await fillIn(page, person())
    await disk.fill(['forms'])
    await send()
    await page.getByText('席がとれました').waitFor()
    expect(await page.getByText('この端末に書けませんでした').count()).toBe(0)
    expect(await page.getByLabel('氏名').inputValue()).toBe('')
    expect(await bookingStates(product, sessionId)).toEqual(['enrolled'])
  })

  test('a browser that gives no room from the start says so, and takes the sign-up once it gives some', async () => {
    const who = person()
    const fresh = await newPage()
    const giveRoom = await takeRoom(fresh, product.origin)
    await fresh.goto(`${product.origin}/sessions/${sessionId}`)
    await fresh.locator('#answers').waitFor({ state: 'attached' })
    await fillIn(fresh, who)
    await fresh.getByRole('button', { name: '申し込む' }).click()
    await fresh.getByText('この端末に書けませんでした').waitFor()
    expect(await fresh.getByLabel('氏名').inputValue()).toBe(who.name)
    await giveRoom()
    await fresh.getByRole('button', { name: '申し込む' }).click()
    await fresh.getByText('席がとれました').waitFor()
    expect(await bookingStates(product, sessionId)).toEqual(['enrolled'])
    await fresh.context().close()
  })
})
