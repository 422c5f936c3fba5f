import type { Page } from 'playwright'

/** The disk of the browser under a page, until the page is opened anew. */
export interface Disk {
  /** No room is left from now on: of these stores only, when they are named. */
  fill(stores?: readonly string[]): Promise<void>
  /** There is room again. */
  free(): Promise<void>
}

/** Lets the real store of this page run out of room: each value that is given to it ends its transaction, as the browser does then. */
export async function makeDisk(page: Page): Promise<Disk> {
  await page.evaluate(() => {
    const methods = IDBObjectStore.prototype as unknown as Record<string, (...given: unknown[]) => unknown>
    for (const name of ['put', 'add', 'delete']) {
      const real = methods[name]
      if (real === undefined) continue
      methods[name] = function (this: IDBObjectStore, ...given) {
        const { full } = document.documentElement.dataset
        if (full === undefined || (full !== '' && !full.split(' ').includes(this.name))) return real.apply(this, given)
        this.transaction.abort()
        throw new DOMException('No room', 'QuotaExceededError')
      }
    }
  })
  return {
    fill: (stores = []) =>
      page.evaluate((names) => void (document.documentElement.dataset['full'] = names.join(' ')), stores),
    free: () => page.evaluate(() => void delete document.documentElement.dataset['full']),
  }
}

/** Chromium's own word on how much a place may keep, given before its first page is opened there: later it goes by what it had
 *  counted. Resolves to how to give room again. */
export async function takeRoom(page: Page, origin: string): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 100 })
  return async () => void (await session.send('Storage.overrideQuotaForOrigin', { origin }))
}

/** Deletes the product's store below the open page, as somebody does who clears the browser. */
export function deleteStore(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const asked = indexedDB.deleteDatabase('yorozu')
        asked.onsuccess = () => resolve()
        asked.onerror = () => reject(asked.error ?? new Error('Not deleted'))
      }),
  )
}
