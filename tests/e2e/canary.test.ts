import type { Browser, BrowserContext, Page } from 'playwright'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { SessionId } from '#sessions/domain/session.ts'
import { askForBooking } from '../make/booking-page.ts'
import { launchBrowser } from '../make/browser.ts'
import { CANARY, tracesIn } from '../make/canary.ts'
import { checkIn, walkIn } from '../make/desk-page.ts'
import { countStored, untilReadyOffline } from '../make/inside-browser.ts'
import { PHONE } from '../make/phone-browser.ts'
import { type RunningProduct, startProduct } from '../make/running-product.ts'
import { LATE, publishSession } from '../make/said-by-office.ts'

/** Everything about a person that must be nowhere: what the program logged, every address asked for, every answer that says no. */
interface Overheard {
  readonly logged: string[]
  readonly addresses: string[]
  readonly refusals: string[]
}

let product: RunningProduct
let browser: Browser
let overheard: Overheard
beforeAll(async () => {
  ;[product, browser] = await Promise.all([startProduct(), launchBrowser()])
  return async () => {
    await browser.close()
    await product.stop()
  }
})
beforeEach(() => {
  overheard = { logged: [], addresses: [], refusals: [] }
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream)
    vi.spyOn(stream, 'write').mockImplementation((chunk, ...rest) => {
      overheard.logged.push(String(chunk))
      return write(chunk as string, ...(rest as []))
    })
  }
})
afterEach(() => void vi.restoreAllMocks())

/** A phone of its own, of which every address and every refusal is heard. */
async function openPhone(path: string): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ ...PHONE, reducedMotion: 'reduce' })
  const reading: Promise<unknown>[] = []
  context.on('request', (request) => overheard.addresses.push(decodeURIComponent(request.url())))
  context.on('response', (response) => {
    if (response.status() < 400) return
    reading.push(response.text().then((text) => overheard.refusals.push(text)))
  })
  context.on('close', () => void Promise.allSettled(reading))
  const page = await context.newPage()
  await page.goto(product.url + path)
  return { context, page }
}

async function signUp(page: Page): Promise<void> {
  await page.locator('#answers').waitFor({ state: 'attached' })
  await page.getByLabel('氏名').fill(CANARY.name)
  await page.getByLabel('ふりがな').fill(CANARY.nameKana)
  await page.getByLabel('電話番号').fill(CANARY.phone)
  await page.getByRole('button', { name: '申し込む' }).click()
}

/** What the worker keeps of answers, and the other places of a browser where a program may write. */
function readCaches(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const texts: string[] = [
      JSON.stringify({ ...localStorage }),
      JSON.stringify({ ...sessionStorage }),
      document.cookie,
    ]
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys())
        texts.push(request.url, (await (await cache.match(request))?.text()) ?? '')
    }
    return texts.join('\n')
  })
}

function expectNoTrace(): void {
  expect(tracesIn(overheard.logged.join('\n'))).toEqual([])
  expect(tracesIn(overheard.addresses.join('\n'))).toEqual([])
  expect(tracesIn(overheard.refusals.join('\n'))).toEqual([])
  expect(overheard.addresses.length).toBeGreaterThan(10)
}

test('somebody who signs up, looks, cancels, comes and is looked up leaves no trace in logs, addresses, caches and refusals', async () => {
  const upcoming = await publishSession(product, { title: '来週の教室' })
  const today = await publishSession(product, {
    title: '午後の教室',
    ...LATE,
    inDays: 0,
    capacity: 20,
    teacherCount: 4,
  })
  const home = await openPhone(`/sessions/${upcoming}`)
  await signUp(home.page)
  await home.page.getByText('席がとれました').waitFor()
  await home.page.goto(`${product.url}/sessions/${today}`)
  await signUp(home.page)
  await home.page.getByText('席がとれました').waitFor()
  await home.page.reload()
  await signUp(home.page) // refused: already on the list
  await home.page.locator('#answers [class*=error]').first().waitFor()
  await untilReadyOffline(home.page)
  expect(tracesIn(await readCaches(home.page))).toEqual([])

  const helper = await openPhone(product.links.volunteer)
  await helper.page.getByRole('link', { name: '午後の教室' }).click()
  await checkIn(helper.page, [CANARY.name])
  await walkIn(helper.page, ['ぎょぼぬ ふたり'])
  await expect.poll(() => countStored(helper.page, 'outbox')).toBe(0)
  await untilReadyOffline(helper.page)
  expect(tracesIn(await readCaches(helper.page))).toEqual([])

  const office = await openPhone(product.links.organizer)
  await office.page.goto(`${product.url}/office/sessions/${today}`)
  await office.page.getByText(CANARY.name).first().waitFor()
  await office.page.goto(`${product.url}/admin/people`)
  await office.page.locator('input[type=search]').fill(CANARY.nameKana)
  await office.page.locator('main [type=submit]').click()
  await office.page.getByRole('link', { name: CANARY.name }).first().click()
  await office.page
    .getByText(/098-?9876-?1357|080-9876-1357/)
    .first()
    .waitFor()
  expect(tracesIn(await readCaches(office.page))).toEqual([])
  expect(await auditText()).not.toBe('')
  expect(tracesIn(await auditText())).toEqual([])

  const asked = await openPhone('/booking')
  const receipt = await receiptOf(upcoming)
  await askForBooking(asked.page, { receipt, last4: '9999' })
  await asked.page.locator('#problems, #answers [class*=error], [role=alert]').first().waitFor()
  await askForBooking(asked.page, { receipt, last4: CANARY.phone.slice(-4) })
  await asked.page.getByText('席があります').waitFor()
  await Promise.all([home, helper, office, asked].map(({ context }) => context.close()))
  expectNoTrace()
})

test('nor in what is logged and answered when the server breaks in the middle of it', async () => {
  const upcoming = await publishSession(product, { title: '来月の教室' })
  const { database } = product.kit
  await database.sql`alter table enrollments rename to enrollments_away`
  const { context, page } = await openPhone('/')
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
  const body = new URLSearchParams({ ...CANARY }).toString()
  const sent = await product.fetch(`/sessions/${upcoming}/enroll`, { method: 'POST', headers, body })
  await page.goto(`${product.url}/sessions/${upcoming}`)
  await signUp(page)
  await expect.poll(() => overheard.logged.filter((line) => line.includes('faultId')).length).toBeGreaterThan(0)
  await database.sql`alter table enrollments_away rename to enrollments`
  await context.close()
  expectNoTrace()
  expect(sent.status).toBeGreaterThanOrEqual(400)
})

async function auditText(): Promise<string> {
  const rows = await product.kit.database.sql<{ text: string }>`select a::text as text from audit_log a`
  return rows.map(({ text }) => text).join('\n')
}

async function receiptOf(sessionId: SessionId): Promise<string> {
  const [row] = await product.kit.database.sql<{ receipt_number: string }>`
    select receipt_number from enrollments where session_id = ${sessionId} order by arrival limit 1`
  if (row === undefined) throw new Error('Nobody has signed up')
  return row.receipt_number
}
