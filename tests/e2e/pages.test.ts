import type { Browser, BrowserContext, Page } from 'playwright'
import { beforeAll, describe, expect, test } from 'vitest'
import { LANGUAGE_COOKIE, LANGUAGES } from '#pages/domain/language.ts'
import { launchBrowser } from '../make/browser.ts'
import { untilReadyOffline } from '../make/inside-browser.ts'
import { collectComplaints, readAxe, readKeyboardTrouble, readOverflow, readSmallTargets } from '../make/page-checks.ts'
import { alive, sends, type ShownRole, STATES } from '../make/page-states.ts'
import { PHONE } from '../make/phone-browser.ts'
import { makePasskey, makeStaffLogin } from '../make/staff.ts'
import { type RunningProduct, startProduct } from '../make/running-product.ts'
import { makeShownTown, type ShownTown } from '../make/shown-town.ts'

let browser: Browser
let product: RunningProduct
let emptyProduct: RunningProduct
let town: ShownTown
beforeAll(async () => {
  ;[product, emptyProduct, browser] = await Promise.all([startProduct(), startProduct(), launchBrowser()])
  town = await makeShownTown(product)
  return async () => {
    await browser.close()
    await Promise.all([product.stop(), emptyProduct.stop()])
  }
})

describe.each(['resident', 'volunteer', 'organizer', 'viewer', 'staff'] as const)('the pages of a %s', (role) => {
  let context: BrowserContext
  let emptyContext: BrowserContext
  beforeAll(async () => {
    ;[context, emptyContext] = await Promise.all([signedIn(product, role), signedIn(emptyProduct, role)])
    return () => Promise.all([context.close(), emptyContext.close()])
  })

  test.each(STATES[role])('$what', async ({ path, empty, arrive, act }) => {
    const { url } = empty ? emptyProduct : product
    const page = await (empty ? emptyContext : context).newPage()
    const complaints = await collectComplaints(page)
    const found: Record<string, readonly string[]> = {}
    for (const language of LANGUAGES) {
      await page.context().addCookies([{ name: LANGUAGE_COOKIE, value: language, url }])
      await page.goto(url + path(town))
      await arrive?.(page)
      if (language === 'ja') await act?.(page)
      found[`${language}: sideways`] = await readOverflow(page)
      if (language === 'ja') Object.assign(found, await readAll(page))
    }
    expectNothing({ ...found, complaints })
    await page.close()
  })
})

test('a phone without a network: the request that is kept, and the page that says what waits', async () => {
  const context = await browser.newContext({ ...PHONE, reducedMotion: 'reduce' })
  const door = await product.openDoor()
  const page = await context.newPage()
  const complaints = await collectComplaints(page)
  await page.goto(`${door.url}/sessions/${town.open}`)
  await alive(page)
  await untilReadyOffline(page)
  await door.cut()
  await sends(102, 'info')(page)
  await page.getByText('お預かりしました').waitFor()
  expectNothing({ sideways: await readOverflow(page), ...(await readAll(page)) })
  await page.goto(`${door.url}/device`)
  await page.locator('section:has(#waiting) li').waitFor()
  expectNothing({ sideways: await readOverflow(page), ...(await readAll(page)), complaints })
  await context.close()
})

/** Everything but the width, which each language has its own of. */
async function readAll(page: Page): Promise<Readonly<Record<string, readonly string[]>>> {
  const [targets, axe] = [await readSmallTargets(page), await readAxe(page)]
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await readAxe(page, ['color-contrast'])
  await page.emulateMedia({ colorScheme: 'light' })
  return { targets, axe, 'axe in the dark': dark, keyboard: await readKeyboardTrouble(page) }
}

function expectNothing(found: Readonly<Record<string, readonly string[]>>): void {
  expect(Object.fromEntries(Object.entries(found).filter(([, lines]) => lines.length > 0))).toEqual({})
}

/** A browser that this city's own link has been opened in. Contexts keep cookies by host, so each city needs its own. */
async function signedIn(shown: RunningProduct, role: ShownRole): Promise<BrowserContext> {
  const { url, links } = shown
  const context = await browser.newContext({ ...PHONE, reducedMotion: 'reduce' }) // colors are looked at, not their change
  context.setDefaultTimeout(20_000)
  if (role === 'resident') return context
  if (role === 'staff' || role === 'viewer') {
    const as = role === 'staff' ? 'admin' : role
    const { staffId, cookie } = await makeStaffLogin(shown, as, { name: '長谷川 真由美' })
    await makePasskey(shown, staffId)
    const [name = '', value = ''] = cookie.split('=')
    await context.addCookies([
      { name, value, url: url.replace('http:', 'https:'), secure: true, httpOnly: true, sameSite: 'Strict' },
    ])
    return context
  }
  const page = await context.newPage()
  await page.goto(url + links[role])
  await page.close()
  return context
}
