import type { Browser, BrowserContext, Page } from 'playwright'
import { beforeAll, expect, test } from 'vitest'
import type { StaffRole } from '#login/domain/roles.ts'
import { launchBrowser } from '../make/browser.ts'
import { collectComplaints } from '../make/page-checks.ts'
import { addAuthenticator } from '../make/passkeys.ts'
import { PHONE } from '../make/phone-browser.ts'
import { type RunningProduct, startProduct } from '../make/running-product.ts'
import { changingCodeAt } from '../make/second-way.ts'
import { makeShownTown } from '../make/shown-town.ts'
import { makeLogin, makeStaff, makeStaffLogin } from '../make/staff.ts'

let browser: Browser
let product: RunningProduct
beforeAll(async () => {
  ;[browser, product] = await Promise.all([launchBrowser(), startProduct()])
  return async () => {
    await browser.close()
    await product.stop()
  }
})

async function newPage(cookie?: string): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ ...PHONE, viewport: { width: 1280, height: 800 } })
  context.setDefaultTimeout(10_000)
  if (cookie !== undefined) {
    const [name = '', value = ''] = cookie.split('=')
    const places = [product.origin, product.url].map((url) => url.replace('http:', 'https:')) // by name and by number
    await context.addCookies(
      places.map((url) => ({ name, value, url, secure: true, httpOnly: true, sameSite: 'Strict' as const })),
    )
  }
  return context.newPage()
}

async function pageOf(role: StaffRole, name: string): Promise<Page> {
  return newPage((await makeStaffLogin(product, role, { name })).cookie)
}

const inFigures = (path: string): boolean => path.startsWith('/office/kpi') // each year leads to the next
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const see = (page: Page, text: string) => page.getByText(text, { exact: false }).first().waitFor()
const onPaper = async (page: Page): Promise<string> => {
  await page.emulateMedia({ media: 'print' })
  const text = await page.locator('main').innerText()
  await page.emulateMedia({ media: null })
  return text
}

test('a sheet is made for a colleague, printed without the secret of the app, and lets them in on a machine without passkeys', async () => {
  const admin = await pageOf('admin', '海野 さくら')
  const staffId = await makeStaff(product, 'organizer', { name: '浜 ひなた' })
  await admin.goto(`${product.origin}/admin/staff`)
  await admin.getByRole('link', { name: '浜 ひなた' }).click()
  await press(admin, '紙をつくる')
  await admin.locator('main ol li').nth(9).waitFor()
  const codes = await admin.locator('main ol li').allInnerTexts()
  const secret = (await admin.locator('main [class*=secret]').innerText()).replace(/\s/g, '')
  const staffNumber = await admin.locator('main dd').first().innerText()
  const paper = await onPaper(admin)
  for (const printed of [...codes, staffNumber, '浜 ひなた']) expect(paper).toContain(printed)
  expect(paper.replace(/\s/g, '')).not.toContain(secret)
  await admin.getByLabel('アプリに出た番号').fill(changingCodeAt(secret, product.kit.now()))
  await press(admin, '確かめて、使えるようにする')
  await see(admin, '使えるようになりました')

  const colleague = await newPage()
  await colleague.goto(`${product.origin}/sign-in`)
  await colleague.locator('section:has(#second-way-in) button').click()
  await colleague.getByLabel('職員の番号').fill(staffNumber)
  await colleague.getByLabel('紙の番号（8けた）').fill('12-34')
  const send = colleague.locator('#second-way [type=submit]')
  await send.click()
  await see(colleague, '2か所を直してください')
  await colleague.getByLabel('紙の番号（8けた）').fill(codes[0] ?? '')
  await colleague.getByLabel('変わる番号').fill('000 000')
  await send.click()
  await see(colleague, '入れませんでした')
  expect(await colleague.getByLabel('職員の番号').inputValue()).toBe(staffNumber)
  await colleague.getByLabel('変わる番号').fill(changingCodeAt(secret, Date.parse(product.kit.now()) + 30_000)) // an app that is a little fast
  await send.click()
  await colleague.waitForURL('**/office')
  await admin.goto(`${product.origin}/admin/staff/${staffId}`)
  await see(admin, '使えます。')
})

test('two colleagues let somebody in anew: one asks, another one agrees, and what they came in by before has ended', async () => {
  const lost = await makeStaff(product, 'organizer', { name: '沖 はるか' })
  const left = await newPage(await makeLogin(product, lost, 'organizer'))
  await left.goto(`${product.origin}/admin/recovery`)
  await left.locator('#waiting').waitFor()
  const asking = await pageOf('organizer', '岸 みなと')
  await asking.goto(`${product.origin}/admin/recovery`)
  await asking.getByLabel('だれの入り直しですか').selectOption({ label: '沖 はるか' })
  await asking.getByLabel('本人を窓口で確かめました').check()
  await press(asking, '願い出る')
  await see(asking, '願い出ました')
  expect(await asking.getByRole('button', { name: '認めて、リンクを出す' }).count()).toBe(0)
  const agreeing = await pageOf('admin', '磯 あおい')
  await agreeing.goto(`${product.origin}/admin/recovery`)
  await press(agreeing, '認めて、リンクを出す')
  await agreeing.locator('dialog[open] button').first().click()
  const link = await agreeing.locator('[data-link]').innerText()
  const paper = await onPaper(agreeing)
  expect(paper).toContain(link)
  expect(paper).not.toContain('入り直しを願い出る') // whoever gets the paper gets the link and nothing else
  const anew = await newPage()
  await addAuthenticator(anew)
  await anew.goto(link)
  await anew.locator('main form [type=submit]').click()
  await anew.waitForURL('**/office')
  await left.reload()
  await see(left, '許された職員だけです')
  expect(await left.locator('#waiting').count()).toBe(0)
})

test('閲覧 follows every link there is for them, and meets no refusal, no name of a participant and no button that changes something', async () => {
  await makeShownTown(product)
  const page = await pageOf('viewer', '宇佐美 しおり')
  const complaints = await collectComplaints(page)
  const refused: string[] = []
  page.on('response', (answer) => {
    if (answer.status() >= 400) refused.push(`${answer.status()} ${new URL(answer.url()).pathname}`)
  })
  const [seen, next] = [new Set<string>(), ['/office', '/admin']]
  const people = await product.kit.database.sql<{ name: string }>`
    select name from learners where city = ${product.kit.city} and name is not null`
  for (let path = next.pop(); path !== undefined; path = next.pop()) {
    if (seen.has(path)) continue
    seen.add(path)
    await page.goto(product.url + path)
    await page.locator('main h1').waitFor()
    await page.waitForLoadState('networkidle')
    const text = await page.locator('main').innerText()
    for (const { name } of people) expect(text, path).not.toContain(name)
    const links = await page
      .locator('main a[href^="/"]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''))
    next.push(...links.filter((href) => /^\/(office|admin)/.test(href) && !(inFigures(path) && inFigures(href))))
    const buttons = await page.locator('main button').allInnerTexts()
    if (!path.startsWith('/admin/account'))
      expect(buttons.join(' '), path).not.toMatch(/公開する|中止する|直す|登録|認定|取り/)
  }
  expect([...seen].filter((path) => path.startsWith('/office/sessions/')).length).toBeGreaterThan(5)
  expect([...seen].filter((path) => /new|edit|import|training|kpi\/\d+\/./.test(path))).toEqual([])
  expect({ refused, complaints }).toEqual({ refused: [], complaints: [] })
})
