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

describe('on the phone that signed up', () => {
  async function bookHere(title: string) {
    const sessionId = await publishSession(product, { title })
    const { page, door } = await visitor()
    const complaints = await collectComplaints(page)
    await page.goto(`${door.url}/sessions/${sessionId}`)
    await page.locator('#answers').waitFor({ state: 'attached' })
    await signUpHere(page, person())
    return { sessionId, page, door, complaints }
  }

  test('the booking opens from the answer without a number to type, and is given back in two taps', async () => {
    const { sessionId, page, door, complaints } = await bookHere('二回の教室')
    await page.getByRole('link', { name: 'この申し込みを見る' }).click()
    await page.getByText('席があります').waitFor()
    await page.getByText('二回の教室').waitFor()
    expect(page.url()).toMatch(new RegExp(`^${door.url}/booking#[0-9a-f-]{36}$`))
    await expectSound(page, true)
    await page.getByRole('button', { name: 'この申し込みを取り消す' }).click()
    await page.getByRole('heading', { name: 'この申し込みを取り消しますか' }).waitFor()
    await expectSound(page, true)
    await page.getByRole('button', { name: '取り消す', exact: true }).click()
    await page.getByText('申し込みを取り消しました').waitFor()
    await expectSound(page, true)
    expect(await states(sessionId)).toEqual(['cancelled'])
    expect(door.seen.filter(({ path }) => path === '/booking').map(({ method }) => method)).toEqual([])
    expect(complaints).toEqual([])
  })

  test('it is on the first page, also after the program starts anew, and another one can be asked for beside it', async () => {
    const { page, door } = await bookHere('家の教室')
    await page.goto(door.url)
    await page.getByRole('link', { name: 'この申し込みを見る' }).click()
    await page.getByText('席があります').waitFor()
    await page.reload()
    await page.getByText('席があります').waitFor()
    await page.getByRole('button', { name: '別の申し込みを確かめる' }).click()
    await page.locator('[name=receiptNumber]').waitFor()
    expect(page.url()).toBe(`${door.url}/booking`)
    const other = await book(await publishSession(product, { title: '隣の教室' }))
    await askForBooking(page, other)
    await page.getByText('隣の教室').waitFor()
  })

  test('without a network it is there to look at, a cancellation waits on the phone, and arrives by itself', async () => {
    const { sessionId, page, door } = await bookHere('山の教室')
    await page.goto(door.url)
    await untilReadyOffline(page)
    await door.cut()
    await page.reload()
    await page.getByRole('link', { name: 'この申し込みを見る' }).click()
    await page.getByText('席があります').waitFor()
    await page.getByRole('button', { name: 'この申し込みを取り消す' }).click()
    await page.getByRole('button', { name: '取り消す', exact: true }).click()
    await page.getByText('取り消しをお預かりしました').waitFor()
    await expectSound(page, true)
    expect(await page.getByRole('button', { name: 'この申し込みを取り消す' }).count()).toBe(0)
    expect(await states(sessionId)).toEqual(['enrolled'])
    await door.mend()
    await page.getByText(/取り消しました|取り消してあります/).waitFor()
    expect(await states(sessionId)).toEqual(['cancelled'])
  })
})
