import type { Browser, BrowserContextOptions, Page } from 'playwright'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { SessionId } from '#sessions/domain/session.ts'
import { launchBrowser } from '../make/browser.ts'
import { itemAt } from '../make/chance.ts'
import { countStored, untilReadyOffline } from '../make/inside-browser.ts'
import { makePeople, type Person } from '../make/names.ts'
import { PHONE } from '../make/phone-browser.ts'
import { type Door, type RunningProduct, startProduct } from '../make/running-product.ts'
import { publishSession, signUp } from '../make/said-by-office.ts'

const people = makePeople()
let product: RunningProduct
let browser: Browser
let asked = 40 // nobody signs up twice in this file
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
  const context = await browser.newContext({ ...PHONE, ...options })
  onTestFinished(() => context.close())
  return { page: await context.newPage(), door: await product.openDoor() }
}

/** The page can act by itself: until then its form goes to the server, which is as good. */
const untilAlive = (page: Page): Promise<void> => page.locator('#answers').waitFor({ state: 'attached' })

async function fill(page: Page, { name, nameKana, phone }: Person): Promise<void> {
  await page.getByLabel('氏名').fill(name)
  await page.getByLabel('ふりがな').fill(nameKana)
  await page.getByLabel('電話番号').fill(phone)
}

async function typed(page: Page): Promise<readonly string[]> {
  return Promise.all(['氏名', 'ふりがな', '電話番号'].map((label) => page.getByLabel(label).inputValue()))
}

async function countEnrollments(sessionId: SessionId): Promise<number> {
  const [row] = await product.kit.database.sql<{ count: number }>`
    select count(*)::int as count from enrollments where city = ${product.kit.city} and session_id = ${sessionId}`
  return row?.count ?? -1
}

async function readReceipt(page: Page): Promise<string> {
  const number = await page
    .locator('strong')
    .filter({ hasText: /^\d{3}-\d{3}$/ })
    .innerText()
  const rows = await product.kit.database.sql`
    select 1 from enrollments where city = ${product.kit.city} and receipt_number = ${number.replace('-', '')}`
  expect(rows).toHaveLength(1)
  return number
}

describe.each([
  ['a phone', true],
  ['a phone whose browser runs no programs', false],
])('on %s', (_what, javaScriptEnabled) => {
  test('a senior finds the day, fills in three fields, and is told of the seat with a number to say', async () => {
    const sessionId = await publishSession(product, { title: `席のある教室 ${javaScriptEnabled}` })
    const { page, door } = await visitor({ javaScriptEnabled })
    await page.goto(door.url)
    await page.getByRole('link', { name: `席のある教室 ${javaScriptEnabled}` }).click()
    await fill(page, person())
    await page.getByRole('button', { name: '申し込む' }).click()
    await page.getByText('席がとれました').waitFor()
    await readReceipt(page)
    expect(await countEnrollments(sessionId)).toBe(1)
  })

  test('a full session says so before, and gives the place on the waitlist after', async () => {
    const sessionId = await publishSession(product, { title: '満員の教室', capacity: 1, teacherCount: 1 })
    await signUp(product, sessionId, [person(), person()])
    const { page, door } = await visitor({ javaScriptEnabled })
    await page.goto(`${door.url}/sessions/${sessionId}`)
    await page.getByText('満員です。今1人が待っています').waitFor()
    await fill(page, person())
    await page.getByRole('button', { name: 'キャンセル待ちを申し込む' }).click()
    await page.getByText('キャンセル待ちの2番目です').waitFor()
    expect(await readReceipt(page)).toMatch(/^\d{3}-\d{3}$/)
  })

  test('what cannot be taken gets a sentence on its field, and nothing typed is lost', async () => {
    const sessionId = await publishSession(product)
    const { page, door } = await visitor({ javaScriptEnabled })
    await page.goto(`${door.url}/sessions/${sessionId}`)
    if (javaScriptEnabled) await untilAlive(page)
    for (const [values, problems] of BAD) {
      await fill(page, values)
      await page.getByRole('button', { name: '申し込む' }).click()
      for (const [field, sentence] of Object.entries(problems)) {
        const input = page.locator(`[name=${field}]`)
        await input.and(page.locator('[aria-invalid=true]')).waitFor()
        const described = await input.evaluate((one) =>
          (one.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.innerText),
        )
        expect(described.join(' ')).toContain(sentence)
      }
      expect(await page.locator('[aria-invalid=true]').count()).toBe(Object.keys(problems).length)
      expect(await typed(page)).toEqual([values.name, values.nameKana, values.phone])
    }
    expect(await countEnrollments(sessionId)).toBe(0)
    const { name, nameKana } = person()
    await fill(page, { name, nameKana, phone: '（０９９６）００－０１２３' })
    await page.getByRole('button', { name: '申し込む' }).click()
    await page.getByText('席がとれました').waitFor()
    const [kept] = await product.kit.database.sql`
      select l.phone from enrollments e join learners l using (city, learner_id)
       where e.city = ${product.kit.city} and e.session_id = ${sessionId}`
    expect(kept).toEqual({ phone: '0996000123' })
  })

  test('the language changes on the page one is on, and stays', async () => {
    const sessionId = await publishSession(product)
    const { page, door } = await visitor({ javaScriptEnabled })
    await page.goto(`${door.url}/sessions/${sessionId}`)
    if (javaScriptEnabled) await untilAlive(page)
    await page.getByRole('link', { name: 'English' }).click()
    await page.getByRole('button', { name: 'Sign up' }).waitFor()
    expect(new URL(page.url()).pathname).toBe(`/sessions/${sessionId}`)
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    await page.goto(door.url)
    await page.getByRole('link', { name: 'やさしい日本語' }).click()
    await page.locator('html[data-language=ja-easy]').waitFor()
    await page.getByRole('link', { name: '日本語', exact: true }).click()
    await page.locator('html[data-language=ja]').waitFor()
  })
})

const GOOD: Person = { name: '髙橋 和子', nameKana: 'たかはし かずこ', phone: '09000000001' }
const BAD: readonly (readonly [Person, Partial<Record<keyof Person, string>>])[] = [
  [
    { name: '', nameKana: '', phone: '' },
    { name: '氏名を書いてください。', nameKana: 'ふりがなを書いてください。', phone: '電話番号を書いてください。' },
  ],
  [
    { name: '長'.repeat(61), nameKana: 'な'.repeat(81), phone: '0'.repeat(300) },
    { name: '60文字まで', nameKana: '80文字まで', phone: '市外局番から' },
  ],
  [
    { name: '和子👵🏽', nameKana: '🌸', phone: '☎' },
    { name: '絵文字など', nameKana: 'ひらがなか', phone: '市外局番' },
  ],
  [{ ...GOOD, name: '和\u0007子' }, { name: '使えない文字' }],
  [
    { ...GOOD, nameKana: "'); drop table learners; --", phone: "' or 1=1 --" },
    { nameKana: 'ひらがな', phone: '例：' },
  ],
  [{ ...GOOD, phone: '0996-00-123' }, { phone: '市外局番から' }],
]

describe('when the network goes in the middle', () => {
  test('the request is kept and shown, outlives the page, is sent by itself, and its answer is shown', async () => {
    const sessionId = await publishSession(product, { title: '電波の弱い所の教室' })
    const { page, door } = await visitor()
    await page.goto(`${door.url}/sessions/${sessionId}`)
    await untilAlive(page)
    await untilReadyOffline(page)
    const { name, nameKana, phone } = person()
    await page.getByLabel('氏名').fill(name)
    await door.cut()
    await page.context().setOffline(true)
    await page.getByLabel('ふりがな').fill(nameKana)
    await page.getByLabel('電話番号').fill(phone)
    await page.getByRole('button', { name: '申し込む' }).click()
    await page.getByText('お預かりしました').waitFor()
    await page.reload()
    await page.getByText('お預かりしました').waitFor()
    await page.goto(door.url)
    await page.getByRole('region', { name: 'この端末からの申し込み' }).getByText('お預かりしました').waitFor()
    expect(await countStored(page, 'outbox')).toBe(1)
    expect(await countEnrollments(sessionId)).toBe(0)
    await door.mend()
    await page.context().setOffline(false)
    await page.getByText('席がとれました').waitFor()
    await readReceipt(page)
    expect(await countStored(page, 'outbox')).toBe(0)
    expect(await countEnrollments(sessionId)).toBe(1)
  })

  test('words typed and not sent are there again after leaving, after closing the page, and without a network', async () => {
    const sessionId = await publishSession(product, { title: '書きかけの教室' })
    const { page, door } = await visitor()
    await page.goto(`${door.url}/sessions/${sessionId}`)
    await untilAlive(page)
    await untilReadyOffline(page)
    await fill(page, { name: '髙橋 花子', nameKana: 'たかはし', phone: '09' })
    await page.getByRole('link', { name: 'ホームへ戻る' }).click()
    await page.getByRole('link', { name: '書きかけの教室' }).click()
    await expect.poll(() => typed(page)).toEqual(['髙橋 花子', 'たかはし', '09'])
    await door.cut()
    const later = await page.context().newPage()
    await page.close()
    await later.goto(`${door.url}/sessions/${sessionId}`)
    await expect.poll(() => typed(later)).toEqual(['髙橋 花子', 'たかはし', '09'])
  })
})

test('a form without a program, sent again and again, is one sign-up with one number', async () => {
  const sessionId = await publishSession(product)
  const { page, door } = await visitor({ javaScriptEnabled: false })
  await page.goto(`${door.url}/sessions/${sessionId}`)
  await fill(page, person())
  const sending = page.waitForRequest((request) => request.method() === 'POST')
  await page.getByRole('button', { name: '申し込む' }).click()
  const body = (await sending).postData() ?? ''
  const number = await readReceipt(page)
  await page.reload() // the browser sends the form once more
  expect(await readReceipt(page)).toBe(number)
  for (let time = 0; time < 5; time++) {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const again = await product.fetch(`/sessions/${sessionId}/enroll`, { method: 'POST', body, headers })
    expect(await again.text()).toContain(number)
  }
  expect(door.seen.filter(({ method }) => method === 'POST')).toHaveLength(2)
  expect(await countEnrollments(sessionId)).toBe(1)
})
