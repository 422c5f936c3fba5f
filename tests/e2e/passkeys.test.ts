import type { Browser, BrowserContext, Page } from 'playwright'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { instantOf } from '#kernel/time.ts'
import { LOGIN_IDLE_MS } from '#login/domain/login-limits.ts'
import { invitationPath, makeInvitation } from '#login/server/invitations.ts'
import { readDeviceId, readStore } from '../make/browser-store.ts'
import { launchBrowser } from '../make/browser.ts'
import { addAuthenticator, type Authenticator } from '../make/passkeys.ts'
import { PHONE } from '../make/phone-browser.ts'
import { type RunningProduct, startProduct } from '../make/running-product.ts'

let browser: Browser
let product: RunningProduct
let context: BrowserContext
let page: Page
let finger: Authenticator

beforeAll(async () => {
  browser = await launchBrowser()
  return () => browser.close()
})
beforeEach(async () => {
  product = await startProduct()
  context = await browser.newContext(PHONE)
  context.setDefaultTimeout(10_000)
  page = await context.newPage()
  finger = await addAuthenticator(page)
})
afterEach(async () => {
  await context.close()
  await product.stop()
})

const link = async (): Promise<string> => {
  const { database, city, now } = product.kit
  const wanted = { city, now: now(), purpose: 'setUp', role: 'admin', madeBy: null } as const
  const { token } = await makeInvitation(database.sql, wanted)
  return product.origin + invitationPath(token)
}
const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
const see = (text: string) => page.getByText(text, { exact: false }).first().waitFor()

/** By the set-up link, as the first one of a city does. */
async function register(): Promise<void> {
  await page.goto(await link())
  await page.getByLabel('お名前').fill('海野 さくら')
  await press('この端末で入れるようにする')
  await page.waitForURL('**/office')
}

async function signOut(): Promise<void> {
  await page.goto(`${product.origin}/admin/account`)
  await press('出る')
  await page.waitForURL(`${product.origin}/`)
}

async function trySignIn(at = product.origin): Promise<void> {
  await page.goto(`${at}/sign-in`)
  await press('入る')
}

/** Why the server let nobody in, as the audit has it. */
const refusals = async () => {
  const { database, city } = product.kit
  const rows = await database.sql<{ reason: string }>`
    select reason from audit_log where city = ${city} and action = 'signIn.refused' order by seq`
  return rows.map(({ reason }) => reason)
}

const openLogins = async () => {
  const { database, city } = product.kit
  const rows = await database.sql<{ staff_id: string }>`
    select staff_id from logins where city = ${city} and ended_at is null`
  return rows.length
}

test('the first one comes by the set-up link, leaves, and comes in again with one touch and no name', async () => {
  await register()
  expect(page.url()).not.toContain('#')
  await signOut()
  expect(await openLogins()).toBe(0)
  await trySignIn()
  await page.waitForURL('**/office')
  await page.goto(`${product.origin}/admin/account`)
  await see('海野 さくらさん（管理者）')
  const lines = await product.kit.database.sql<{ action: string }>`select action from audit_log order by seq`
  expect(lines.map(({ action }) => action)).toEqual([
    'staff.setUp',
    'passkey.added',
    'signIn.done',
    'signIn.ended',
    'signIn.done',
  ])
})

test('an answer that was used once lets nobody in', async () => {
  await register()
  const sent = page.waitForRequest('**/api/sign-in')
  await trySignIn()
  const body = (await sent).postData()
  await page.waitForURL('**/office')
  const answer = await product.fetch('/api/sign-in', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  })
  expect({ status: answer.status, cookie: answer.headers.get('set-cookie'), body: await answer.json() }).toEqual({
    status: 403,
    cookie: null,
    body: { code: 'sign_in_refused' },
  })
})

test('an answer that was given to a page of another address lets nobody in', async () => {
  await register()
  await signOut()
  const elsewhere = await product.openDoor() // the same host by name, so that the browser offers the passkey
  await trySignIn(elsewhere.url.replace('127.0.0.1', 'localhost'))
  await see('入れませんでした')
  expect(await refusals()).toEqual(['answer_wrong'])
  expect(await openLogins()).toBe(0)
})

test('a passkey that did not ask for its owner lets nobody in', async () => {
  await register()
  await signOut()
  await finger.setFinger(false)
  await page.route('**/api/sign-in/options', async (route) => {
    const asked = (await (await route.fetch()).json()) as { options: object }
    await route.fulfill({ json: { options: { ...asked.options, userVerification: 'discouraged' } } })
  })
  await trySignIn()
  await see('入れませんでした')
  expect(await refusals()).toEqual(['answer_wrong'])
  expect(await openLogins()).toBe(0)
})

test('whoever gives up is told what to do, and can go on', async () => {
  await register()
  await signOut()
  await finger.setFinger(false)
  await trySignIn()
  await see('もう一度ボタンを押してください')
  await finger.setFinger(true)
  await press('入る')
  await page.waitForURL('**/office')
  expect(await openLogins()).toBe(1)
})

test('a passkey that was taken away lets nobody in; the one that took its place does', async () => {
  await register()
  const [lost] = await finger.swap()
  await page.goto(`${product.origin}/admin/account`)
  await press('この端末を足す')
  await see('入るための端末（2つ）')
  await page
    .getByRole('button', { name: /^外す：/ })
    .first()
    .click()
  await page.locator('dialog[open]').getByRole('button', { name: '外す', exact: true }).click()
  await see('入るための端末（1つ）')
  await page.getByRole('button', { name: /^外す：/ }).click()
  await page.locator('dialog[open]').getByRole('button', { name: '外す', exact: true }).click()
  await see('最後の1つは外せません')
  await signOut()
  const [added] = await finger.swap()
  if (lost === undefined || added === undefined) throw new Error('The browser kept no passkey')
  await finger.put(lost)
  await trySignIn()
  await see('入れませんでした')
  expect(await refusals()).toEqual(['passkey_removed'])
  expect(await openLogins()).toBe(0)
  await finger.swap()
  await finger.put(added)
  await press('入る')
  await page.waitForURL('**/office')
})

test('a link that was used once is good for nobody', async () => {
  const used = await link()
  await page.goto(used)
  await page.getByLabel('お名前').fill('海野 さくら')
  await press('この端末で入れるようにする')
  await page.waitForURL('**/office')
  await context.clearCookies()
  await page.goto('about:blank')
  await page.goto(used)
  await see('このリンクは使えません')
  expect(await page.locator('main form').count()).toBe(0)
})

test('a sign-in that runs out while somebody writes costs them no word', async () => {
  await register()
  await page.goto(`${product.origin}/office/sessions/new`)
  const title = page.locator('[name=title]')
  await title.fill('はじめてのスマートフォン教室')
  product.setNow(instantOf(Date.now() + LOGIN_IDLE_MS + 1000))
  await page.evaluate(() => dispatchEvent(new Event('online'))) // the page looks for news by itself, which is no use of the login
  await see('もう一度入ってください')
  expect(await title.inputValue()).toBe('はじめてのスマートフォン教室')
  await page.getByRole('link', { name: '入る', exact: true }).click()
  await press('入る')
  await page.waitForURL('**/office/sessions/new')
  await expect.poll(() => title.inputValue()).toBe('はじめてのスマートフォン教室')
})

test('whoever leaves with something unsent is told, and may leave it here for the next time', async () => {
  await register()
  await page.goto(`${product.origin}/office/sessions/new`)
  await page.locator('[name=title]').fill('書きかけの教室')
  await expect.poll(() => readStore(page, 'forms')).toHaveLength(1)
  await page.goto(`${product.origin}/admin/account`)
  await press('出る')
  await see('まだ送っていないか、書きかけのものが1件あります')
  expect(await openLogins()).toBe(1)
  await press('残したまま出る')
  await page.waitForURL(`${product.origin}/`)
  expect(await openLogins()).toBe(0)
  await trySignIn()
  await page.waitForURL('**/office')
  await page.goto(`${product.origin}/office/sessions/new`)
  await expect.poll(() => page.locator('[name=title]').inputValue()).toBe('書きかけの教室')
})

test('whoever leaves with everything sent leaves nothing behind on the machine', async () => {
  await register()
  const before = await readDeviceId(page)
  await signOut()
  await expect.poll(() => readDeviceId(page)).toMatch(/^[0-9a-f-]{36}$/)
  expect(await readDeviceId(page)).not.toBe(before) // to the server, this is a browser it has never seen
})
