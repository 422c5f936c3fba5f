import { lstat, mkdtemp, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BrowserContext, Page } from 'playwright'
import { launchProfile } from './browser.ts'
import type { Door } from './running-product.ts'

/** Somebody's own phone: a browser with its own profile on the disk, and its own way to the server. */
export interface PhoneBrowser {
  readonly door: Door
  /** The page that is open. */
  page(): Page
  /** Goes to an address by typing it, which starts the page anew. */
  open(path: string): Promise<Page>
  /** No network: the browser knows it, and nobody would answer. Nothing of the product has a switch for this. */
  goOffline(): Promise<void>
  goOnline(): Promise<void>
  /** Sets the phone's clock, also for its next starts. It stands still there; timers go on. */
  setNow(now: string): Promise<void>
  /** Closes the browser as a person does. */
  close(): Promise<void>
  /** Ends the browser with SIGKILL: nothing gets a chance to be written. */
  kill(): Promise<void>
  /** Starts the browser again with what is on the disk, and opens an address. */
  reopen(path: string): Promise<Page>
  /** Closes the browser and deletes the profile. */
  destroy(): Promise<void>
}

export const PHONE = { viewport: { width: 360, height: 800 }, locale: 'ja-JP', timezoneId: 'Asia/Tokyo' }

export async function makePhoneBrowser(door: Door): Promise<PhoneBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'yorozu-phone-'))
  let isOffline = false
  let isOpen = true
  let now: string | null = null
  let context = await launchProfile(folder, PHONE)
  const page = (): Page => {
    const [first] = context.pages()
    if (first === undefined) throw new Error('The browser shows no page')
    return first
  }

  async function setOffline(offline: boolean): Promise<void> {
    isOffline = offline
    if (isOpen) await context.setOffline(offline)
  }

  async function open(path: string): Promise<Page> {
    await page().goto(door.url + path)
    return page()
  }

  return {
    door,
    page,
    open,
    async goOffline() {
      await door.cut()
      await setOffline(true)
    },
    async goOnline() {
      await door.mend()
      await setOffline(false)
    },
    async setNow(text) {
      now = text
      if (isOpen) await context.clock.setFixedTime(text)
    },
    async close() {
      isOpen = false
      await context.close()
    },
    async kill() {
      isOpen = false
      await killBrowser(context, folder)
    },
    async reopen(path) {
      context = await launchProfile(folder, PHONE)
      isOpen = true
      if (now !== null) await context.clock.setFixedTime(now)
      await setOffline(isOffline)
      return open(path)
    },
    async destroy() {
      await context.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** The browser's own process, by the lock that it keeps in its profile: a link named `host-pid`. */
async function killBrowser(context: BrowserContext, folder: string): Promise<void> {
  const lock = await readlink(join(folder, 'SingletonLock'))
  const pid = Number(lock.slice(lock.lastIndexOf('-') + 1))
  const gone = new Promise((resolve) => context.once('close', resolve))
  process.kill(pid, 'SIGKILL')
  await gone
  while (await lstat(`/proc/${pid}`).catch(() => null)) await sleep(20)
}
