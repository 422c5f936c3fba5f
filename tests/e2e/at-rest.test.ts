import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import type { SessionId } from '#sessions/domain/session.ts'
import { launchProfile } from '../make/browser.ts'
import { walkIn } from '../make/desk-page.ts'
import { countStored, untilReadyOffline } from '../make/inside-browser.ts'
import { PHONE } from '../make/phone-browser.ts'
import { type RunningProduct, startProduct } from '../make/running-product.ts'
import { LATE, publishSession, signUp } from '../make/said-by-office.ts'

/** People of whom nothing may lie about on the disk. */
const online = { name: '渡良瀬 鶴千代', nameKana: 'わたらせ つるちよ', phone: '09081726354' }
const offline = { name: '五百旗頭 弥生', nameKana: 'いおきべ やよい', phone: '09062738495' }
const half = { name: '勅使河原 蛍', nameKana: 'てしがわら ほたる', phone: '09051627384' }
const listed = { name: '小鳥遊 雲雀', nameKana: 'たかなし ひばり', phone: '09047586970' }
const walkedIn = 'つくもがみ さより'
const traces = [
  ...[online, offline, half, listed].flatMap((one) => Object.values(one)),
  walkedIn,
  'つくもがみ',
  '090-8172-6354',
]

const PATIENT = { timeout: 30_000 } as const // a loaded machine is slow, not wrong

let product: RunningProduct
let upcoming: SessionId
let today: SessionId

beforeAll(async () => {
  product = await startProduct()
  upcoming = await publishSession(product, { title: '来週の教室' })
  today = await publishSession(product, { title: '午後の教室', ...LATE, inDays: 0, capacity: 20, teacherCount: 4 })
  await signUp(product, today, [listed])
  return () => product.stop()
})

async function fill(page: Page, person: typeof online): Promise<void> {
  await page.getByLabel('氏名').fill(person.name)
  await page.getByLabel('ふりがな').fill(person.nameKana)
  await page.getByLabel('電話番号').fill(person.phone)
}

const untilAlive = (page: Page): Promise<void> => page.locator('#answers').waitFor({ state: 'attached' })

/** The files in which a text is found, as it would be written by a browser: as UTF-8 or as UTF-16. */
async function findOnDisk(folder: string, text: string): Promise<readonly string[]> {
  const wanted = [
    Buffer.from(text, 'utf8'),
    Buffer.from(text, 'utf16le'),
    Buffer.from(JSON.stringify(text).slice(1, -1)),
  ]
  const found: string[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const bytes = await readFile(file)
    if (wanted.some((one) => bytes.includes(one))) found.push(file.slice(folder.length + 1))
  }
  return found
}

async function openProfile(): Promise<{
  folder: string
  open: () => Promise<{ context: BrowserContext; page: Page }>
}> {
  const folder = await mkdtemp(join(tmpdir(), 'yorozu-disk-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  return {
    folder,
    async open() {
      const context = await launchProfile(folder, PHONE)
      const [page] = context.pages()
      if (page === undefined) throw new Error('The browser shows no page')
      return { context, page }
    },
  }
}

test('of whoever signs up, comes, or is on a list, nothing can be read in any file of a closed browser', async () => {
  const { folder, open } = await openProfile()
  const door = await product.openDoor()
  const { context, page } = await open()

  // A roster and a walk-in, as on a helper's phone.
  await page.goto(door.url + product.links.volunteer)
  await page.getByRole('link', { name: '午後の教室' }).click()
  await page.getByText(listed.name).waitFor()
  await untilReadyOffline(page)
  await walkIn(page, [walkedIn])

  // A sign-up that is answered, one that waits for the network, and one that was never sent.
  await page.goto(`${door.url}/sessions/${upcoming}`)
  await untilAlive(page)
  await fill(page, online)
  await page.getByRole('button', { name: '申し込む' }).click()
  await page.getByText('席がとれました').waitFor()
  await door.cut()
  await context.setOffline(true)
  await page.goto(`${door.url}/sessions/${upcoming}`)
  await untilAlive(page)
  await fill(page, offline)
  await page.getByRole('button', { name: '申し込む' }).click()
  await expect.poll(() => countStored(page, 'outbox'), PATIENT).toBe(1)
  await page.goto(`${door.url}/sessions/${today}`)
  await untilAlive(page)
  await fill(page, half)
  await expect.poll(() => countStored(page, 'forms'), PATIENT).toBeGreaterThan(0)
  await page.goto(`${door.url}/`) // the browser writes down how a page was left
  await context.close()

  const found: Record<string, readonly string[]> = {}
  for (const text of traces) {
    const files = await findOnDisk(folder, text)
    if (files.length > 0) found[text] = files
  }
  expect(found).toEqual({})
  expect(await findOnDisk(folder, '来週の教室')).not.toEqual([]) // the search itself finds what is in clear

  // Opened again, everything is there.
  const next = await open()
  await next.context.setOffline(true)
  await next.page.goto(`${door.url}/sessions/${today}`)
  await expect.poll(() => next.page.getByLabel('氏名').inputValue(), PATIENT).toBe(half.name)
  await next.page.goto(`${door.url}/hall/${today}`)
  await next.page.getByText(listed.name).waitFor()
  await next.context.close()
})

test('the key of a device cannot be read out by any script of the page', async () => {
  const { open } = await openProfile()
  const { context, page } = await open()
  await page.goto(`${product.url}/sessions/${upcoming}`)
  await untilAlive(page)
  await page.getByLabel('氏名').fill(half.name)
  await expect.poll(() => countStored(page, 'forms'), PATIENT).toBe(1)
  const key = await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('yorozu')
      opening.addEventListener('success', () => resolve(opening.result))
    })
    const found = await new Promise<CryptoKey>((resolve) => {
      const asking = db.transaction('keys').objectStore('keys').get('device') as IDBRequest<CryptoKey>
      asking.addEventListener('success', () => resolve(asking.result))
    })
    db.close()
    const refusals = ['raw', 'jwk'].map((format) =>
      crypto.subtle.exportKey(format as 'raw', found).then(
        () => 'exported',
        (error: Error) => error.name,
      ),
    )
    return { extractable: found.extractable, algorithm: found.algorithm, refusals: await Promise.all(refusals) }
  })
  expect(key).toEqual({
    extractable: false,
    algorithm: { name: 'AES-GCM', length: 256 },
    refusals: ['InvalidAccessError', 'InvalidAccessError'],
  })
  await context.close()
})
