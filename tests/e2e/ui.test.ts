import { brotliCompressSync } from 'node:zlib'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../make/browser.ts'
import { readAxe, readKeyboardTrouble, readOverflow, readSmallTargets } from '../make/page-checks.ts'
import { servePlayground, type ServedPlayground } from '../make/playground.ts'

const PHONE = { width: 360, height: 800 }
const CSS_LIMIT_BYTES = 8 * 1024
const STRICTER = ['color-contrast-enhanced', 'target-size'] // words at 7:1; both are off unless asked for

let browser: Browser
let playground: ServedPlayground

beforeAll(async () => {
  playground = await servePlayground()
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await playground?.close()
})

/** The playground in a fresh browser. With a program in the page, it has taken over before `use` begins. */
async function withPage(options: BrowserContextOptions, use: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ viewport: PHONE, locale: 'ja-JP', ...options })
  try {
    const page = await context.newPage()
    await page.goto(playground.url)
    if (options.javaScriptEnabled !== false) await page.waitForSelector('html[data-alive]')
    await use(page)
  } finally {
    await context.close()
  }
}

const violations = async (page: Page): Promise<readonly string[]> => [
  ...(await readAxe(page)),
  ...(await readAxe(page, STRICTER)),
]
const heightOf = async (control: Locator): Promise<number> => (await control.boundingBox())?.height ?? 0
const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.id ?? '')
const residentForm = (page: Page): Locator => page.locator('#resident-form')
const send = (page: Page): Locator => residentForm(page).getByRole('button', { name: '申し込む' })

describe.each(['light', 'dark'] as const)('in the %s scheme', (colorScheme) => {
  test('axe finds nothing, with words at 7:1', () =>
    withPage({ colorScheme }, async (page) => {
      expect(await violations(page)).toEqual([])
    }))

  test('axe finds nothing while fields are wrong and while a question is asked', () =>
    withPage({ colorScheme }, async (page) => {
      await send(page).click()
      expect(await violations(page)).toEqual([])
      await page.locator('#ask').click()
      expect(await violations(page)).toEqual([])
    }))
})

test('everything one can tap is 48px at least, every field and every main button 56px', () =>
  withPage({}, async (page) => {
    expect(await readSmallTargets(page)).toEqual([])
    const low = await page.evaluate(() =>
      [...document.querySelectorAll('input, select, textarea')]
        .filter((field) => (field.closest('label') ?? field).getBoundingClientRect().height < 56)
        .map(({ id }) => id),
    )
    expect(low).toEqual([])
    const main = ['申し込む', '送っています', 'この回を中止する'].map((name) =>
      page.getByRole('button', { name }).first(),
    )
    const phone = page.getByRole('contentinfo').getByRole('link', { name: '0996-00-0000' })
    for (const control of [...main, phone]) expect(await heightOf(control)).toBeGreaterThanOrEqual(56)
  }))

test('twice the text on a screen of 320px needs no sideways scroll and cuts nothing off', () =>
  withPage({}, async (page) => {
    expect(await readOverflow(page)).toEqual([])
    await page.setViewportSize({ width: 320, height: 640 })
    const cut = await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%'
      const words = [
        ...document.querySelectorAll(
          'main :is(a, button, label, legend, p, h1, h2, h3, tbody th, td, dd, input, select)',
        ),
      ]
      return words
        .filter((one) => one.checkVisibility() && getComputedStyle(one).display !== 'inline')
        .filter((one) => one.scrollWidth > one.clientWidth + 1)
        .map((one) => `${one.tagName} ${one.id} ${one.textContent}`)
    })
    expect(cut).toEqual([])
  }))

test('the keyboard reaches every control, and each shows that it was reached', () =>
  withPage({}, async (page) => {
    expect(await readKeyboardTrouble(page)).toEqual([])
  }))

test('the ring is four pixels of black and two of yellow, the other way round in the dark', async () => {
  const ring = (page: Page) =>
    send(page).evaluate((button) => {
      button.focus()
      const { outlineWidth, outlineColor, boxShadow } = getComputedStyle(button)
      return `${outlineWidth} ${outlineColor}, ${boxShadow}`
    })
  await withPage({}, async (page) => {
    await page.keyboard.press('Tab')
    expect(await ring(page)).toBe('4px rgb(0, 0, 0), rgb(255, 212, 61) 0px 0px 0px 2px')
  })
  await withPage({ colorScheme: 'dark' }, async (page) => {
    await page.keyboard.press('Tab')
    expect(await ring(page)).toBe('4px rgb(255, 212, 61), rgb(0, 0, 0) 0px 0px 0px 2px')
  })
})

test('a question closes by Esc and by its buttons, and the focus returns to where it was', () =>
  withPage({}, async (page) => {
    const dialog = page.getByRole('dialog', { name: 'この回を中止しますか' })
    await page.locator('#ask').focus()
    await page.keyboard.press('Enter')
    await dialog.waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    expect(await page.locator('#answer').textContent()).toBe('中止していません')
    expect(await focused(page)).toBe('ask')
    await page.locator('#ask').click()
    await dialog.getByRole('button', { name: '中止する' }).click()
    await dialog.waitFor({ state: 'hidden' })
    expect(await page.locator('#answer').textContent()).toBe('中止しました')
    expect(await focused(page)).toBe('ask')
  }))

test('an unfinished form says what is missing, takes the focus there, and leads to each field', () =>
  withPage({}, async (page) => {
    const kana = residentForm(page).getByLabel('ふりがな')
    await kana.fill('やまだ はなこ')
    await send(page).click()
    const summary = page.getByRole('group', { name: '2か所を直してください' })
    await summary.waitFor()
    await expect.poll(() => focused(page)).toBe('problems')
    const name = residentForm(page).getByRole('textbox', { name: 'お名前' })
    expect(await name.getAttribute('aria-invalid')).toBe('true')
    expect(await page.locator(`#${await name.getAttribute('aria-describedby')}`).textContent()).toBe(
      '＊お名前を書いてください。',
    )
    await summary.getByRole('link', { name: 'お名前を書いてください。' }).click()
    expect(await focused(page)).toBe('name')
    await summary.getByRole('link', { name: 'お使いのスマートフォンをえらんでください。' }).click()
    expect(await focused(page)).toBe('os')
    expect(await kana.inputValue()).toBe('やまだ はなこ')
  }))

test('with no program in the page, a form sends what was typed and what was there', () =>
  withPage({ javaScriptEnabled: false }, async (page) => {
    const form = page.locator('#organizer-form')
    await form.getByLabel('定員').fill('２０')
    const request = page.waitForRequest((one) => one.method() === 'POST')
    await form.getByRole('button', { name: '下書きに保存する' }).click()
    const sent = Object.fromEntries(new URLSearchParams((await request).postData() ?? ''))
    expect(sent).toMatchObject({ 'held-on': '2026-05-12', 'start-time': '10:00', capacity: '２０', venue: 'hall' })
    expect(sent['note']).toBe('駐車場は建物の裏です。\r\n入口でお待ちします。')
  }))

test('the page that arrives is the page that comes alive: nothing is replaced', async () => {
  const read = (page: Page): Promise<string> => page.evaluate('document.querySelector("#app").innerHTML')
  let arrived = ''
  await withPage({ javaScriptEnabled: false }, async (page) => {
    arrived = await read(page)
  })
  await withPage({}, async (page) => {
    expect(await read(page)).toBe(arrived)
  })
})

test('on a phone a table is rows that name their columns, and still a table to a screen reader', () =>
  withPage({}, async (page) => {
    const table = page.getByRole('table', { name: '指標と実績' })
    const row = table.getByRole('row', { name: /スマホ教室・講座参加人数/ })
    expect(await table.getByRole('columnheader').count()).toBe(4)
    const target = row.getByRole('cell').first()
    expect(await target.evaluate((cell) => getComputedStyle(cell, '::before').content)).toContain('目標値')
    const [above, below] = [await target.boundingBox(), await row.getByRole('cell').nth(1).boundingBox()]
    expect(below?.y).toBeGreaterThanOrEqual((above?.y ?? 0) + (above?.height ?? 0))
  }))

test('forced colors keep the edges of buttons and the fill of bars; a wish for stillness is kept', () =>
  withPage({ forcedColors: 'active', reducedMotion: 'reduce' }, async (page) => {
    const look = await send(page).evaluate((button) => {
      const { borderTopColor, backgroundColor, transitionDuration } = getComputedStyle(button)
      return { borderTopColor, backgroundColor, transitionDuration }
    })
    expect(look.borderTopColor).not.toBe(look.backgroundColor)
    expect(look.transitionDuration).toBe('0s')
    const bar = await page.locator('#kpi-class').evaluate((one) => {
      const { color, backgroundColor } = getComputedStyle(one)
      return { color, backgroundColor }
    })
    expect(bar.color).not.toBe(bar.backgroundColor)
    expect(await readAxe(page)).toEqual([])
  }))

test('paper gets the words and the number to call, black on white, and no buttons', () =>
  withPage({ colorScheme: 'dark' }, async (page) => {
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('button').filter({ visible: true }).count()).toBe(0)
    expect(await page.getByRole('contentinfo').getByText('0996-00-0000').isVisible()).toBe(true)
    const [ground, words] = await page.evaluate(() => {
      const { backgroundColor, color } = getComputedStyle(document.body)
      return [backgroundColor, color]
    })
    expect(ground).toBe('rgb(255, 255, 255)')
    expect(words).toBe('rgb(0, 0, 0)')
  }))

test('all styles of all parts together stay within 8 KB', () => {
  expect(brotliCompressSync(playground.css).length).toBeLessThanOrEqual(CSS_LIMIT_BYTES)
})
