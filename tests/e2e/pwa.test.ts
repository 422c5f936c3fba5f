import type { Browser, BrowserContext, Page } from 'playwright'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { SessionId } from '#sessions/domain/session.ts'
import { launchBrowser } from '../make/browser.ts'
import { countStored, untilReadyOffline } from '../make/inside-browser.ts'
import { makePeople } from '../make/names.ts'
import { PHONE } from '../make/phone-browser.ts'
import { type Door, type RunningProduct, startProduct } from '../make/running-product.ts'
import { publishSession, setPlan, signUp } from '../make/said-by-office.ts'

const KB = 1024
const PRECACHE_MAX = 300 * KB // as it travels
const PRECACHE_FILES_MAX = 25

let product: RunningProduct
let browser: Browser
let today: SessionId
beforeAll(async () => {
  product = await startProduct()
  browser = await launchBrowser()
  await setPlan(product)
  today = await publishSession(product, { title: '今日の教室', inDays: 0 })
  await signUp(product, today, makePeople().slice(0, 4))
  await publishSession(product, { title: '来月の教室' })
  return async () => {
    await browser.close()
    await product.stop()
  }
})

async function visit(path: string): Promise<{ context: BrowserContext; page: Page; door: Door }> {
  const context = await browser.newContext(PHONE)
  onTestFinished(() => context.close())
  const door = await product.openDoor()
  const page = await context.newPage()
  await page.goto(door.url + path)
  await untilReadyOffline(page)
  return { context, page, door }
}

/** A resident who has been here before: the first visit is spared everything that installing needs. */
async function visitAgain(): Promise<Awaited<ReturnType<typeof visit>>> {
  const visited = await visit('/')
  expect(await visited.page.locator('link[rel=manifest]').count()).toBe(0)
  await visited.page.reload()
  await visited.page.getByRole('link', { name: '来月の教室' }).waitFor()
  return visited
}

describe('the product can be installed', () => {
  test('with a name, a start, colors, and icons of their stated sizes that are really there', async () => {
    const { page, door } = await visitAgain()
    const href = await page.locator('link[rel=manifest]').getAttribute('href')
    const answer = await fetch(door.url + href)
    expect(answer.headers.get('content-type')).toContain('application/manifest+json')
    const manifest = (await answer.json()) as {
      readonly icons: readonly { readonly src: string; readonly sizes: string; readonly purpose: string }[]
    }
    expect(manifest).toMatchObject({ name: 'よろず', lang: 'ja', start_url: '/', scope: '/', display: 'standalone' })
    expect(manifest.icons.map(({ purpose }) => purpose)).toEqual(expect.arrayContaining(['any', 'maskable']))
    expect(manifest.icons.map(({ sizes }) => sizes)).toEqual(expect.arrayContaining(['192x192', '512x512']))
    for (const { src, sizes } of manifest.icons) {
      const size = await page.evaluate(async (url) => {
        const image = new Image()
        image.src = url
        await image.decode()
        return `${image.naturalWidth}x${image.naturalHeight}`
      }, src)
      expect(size).toBe(sizes)
    }
  })

  test('and the browser itself finds nothing missing', async () => {
    const { context, page } = await visitAgain()
    const cdp = await context.newCDPSession(page)
    expect(await cdp.send('Page.getAppManifest')).toMatchObject({ errors: [] })
    const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors')
    // A private window, which a test's context is, never offers to install.
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([])
  })
})

describe('after the first visit', () => {
  test('a resident’s pages open without a network, with what was seen', async () => {
    const { page, door } = await visit('/')
    await page.getByRole('link', { name: '来月の教室' }).waitFor()
    await expect.poll(() => countStored(page, 'records')).toBeGreaterThan(0)
    await door.cut()
    for (const path of ['/', '/?from=leaflet']) {
      await page.goto(door.url + path)
      await page.getByRole('link', { name: '来月の教室' }).waitFor()
    }
    await page.getByRole('link', { name: '来月の教室' }).click()
    await page.getByRole('button', { name: '申し込む' }).waitFor()
    await page.goto(`${door.url}/nowhere`)
    await page.getByText('このページは見つかりません').waitFor()
    await page.goto(`${door.url}/device`)
    await page.getByRole('heading', { name: '送信のようす' }).waitFor()
  })

  test('a helper’s and an organizer’s pages open as well; figures say that they need a network', async () => {
    const { page, door } = await visit(product.links.organizer)
    await page.getByRole('link', { name: '今日の教室' }).first().waitFor()
    await door.cut()
    const reached = door.seen.length
    await page.goto(`${door.url}/hall`)
    await page.getByRole('link', { name: '今日の教室' }).click()
    await page.locator('[data-count=enrolled]').getByText('4').waitFor()
    await page.goto(`${door.url}/office`)
    await page.getByRole('link', { name: '来月の教室' }).first().waitFor()
    await page.goto(`${door.url}/office/kpi`)
    await page.getByText('最新の数を出せません').waitFor()
    expect(door.seen).toHaveLength(reached)
  })

  test.each(['en', 'ja-easy'])('a helper’s pages open in the language they were last read in: %s', async (language) => {
    const { page, door } = await visit(product.links.volunteer)
    await page.goto(`${door.url}/language/${language}?back=/hall`)
    const heading = await page.locator('main h1').innerText()
    const kept = () =>
      page.evaluate(
        async (name) => (await caches.has(name)) && (await (await caches.open(name)).keys()).length,
        'words',
      )
    await expect.poll(kept).toBe(1)
    await door.cut()
    await page.goto(`${door.url}/hall`)
    await page.getByRole('heading', { level: 1, name: heading }).waitFor()
    await page.goto(`${door.url}/hall/${today}`)
    await page.locator('[data-count=enrolled]').getByText('4').waitFor()
  })

  test('the roster’s page asks the browser to keep what it holds, and no other page does', async () => {
    const { context, page, door } = await visit(product.links.volunteer)
    await context.addInitScript(() => {
      const asked = StorageManager.prototype.persist
      StorageManager.prototype.persist = function persist() {
        document.documentElement.dataset['askedToKeep'] = 'yes'
        return asked.call(this)
      }
    })
    await page.goto(`${door.url}/hall`)
    await page.getByRole('link', { name: '今日の教室' }).waitFor()
    expect(await page.locator('html').getAttribute('data-asked-to-keep')).toBeNull()
    await page.goto(`${door.url}/hall/${today}`)
    await page.locator('html[data-asked-to-keep=yes]').waitFor()
  })
})

test('the worker keeps few and small files, and nothing is asked of any other host', async () => {
  const { context, page } = await visit('/')
  const hosts = new Set<string>()
  context.on('request', (request) => hosts.add(new URL(request.url()).host))
  const kept = await page.evaluate(async () => {
    const caught = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))
    return caught.flat().map(({ url }) => new URL(url).pathname)
  })
  expect(kept.length).toBeGreaterThan(5)
  expect(kept.length).toBeLessThanOrEqual(PRECACHE_FILES_MAX)
  const sizes = await Promise.all(
    kept.map(async (path) => {
      const answer = await product.fetch(path, { headers: { 'Accept-Encoding': 'br' } })
      return (await answer.arrayBuffer()).byteLength
    }),
  )
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(PRECACHE_MAX)
  for (const path of ['/', '/hall', '/office', '/device']) await page.goto(new URL(path, page.url()).href)
  expect([...hosts].filter((host) => host !== new URL(page.url()).host)).toEqual([])
})

describe('a new version', () => {
  test('waits until a person says yes, and never takes over while something waits to be sent', async () => {
    const own = await startProduct() // its worker changes for everybody who visits it
    onTestFinished(() => own.stop())
    const sessionId = await publishSession(own, { title: '今日の教室', inDays: 0 })
    await signUp(own, sessionId, makePeople().slice(0, 2))
    const context = await browser.newContext(PHONE)
    onTestFinished(() => context.close())
    const page = await context.newPage()
    await page.goto(own.url + own.links.volunteer)
    await page.goto(`${own.url}/hall/${sessionId}`)
    await untilReadyOffline(page)
    await page.reload()
    await page.locator('[data-count=enrolled]').getByText('2').waitFor()
    const isWaiting = () =>
      page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting !== null)

    own.append('/sw.js', '\n// a newer version')
    await page.reload()
    await page.getByText('新しい版があります').waitFor()
    expect(await isWaiting()).toBe(true) // it waits: the old one still answers

    await context.setOffline(true)
    await page.locator('main ul li button').first().click()
    await expect.poll(() => countStored(page, 'outbox')).toBe(1)
    await page.getByRole('button', { name: '新しい版に切り替える' }).click()
    await page.getByText('送信待ちの記録があります').waitFor()
    expect(await isWaiting()).toBe(true)

    await context.setOffline(false)
    await expect.poll(() => countStored(page, 'outbox'), { timeout: 20_000 }).toBe(0)
    const opened = page.waitForEvent('load')
    await page.getByRole('button', { name: '新しい版に切り替える' }).click()
    await opened
    await page.locator('[data-count=present]').getByText('1').waitFor()
    expect(await isWaiting()).toBe(false)
    expect(await page.getByText('新しい版があります').count()).toBe(0)
  })
})
