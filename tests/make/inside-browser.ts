import type { Page } from 'playwright'

/** How many entries one of the product's stores holds on this device. */
export function countStored(page: Page, store: 'outbox' | 'records' | 'answers' | 'forms'): Promise<number> {
  return page.evaluate(
    (name) =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('yorozu')
        opening.onerror = () => reject(opening.error ?? new Error('No store'))
        opening.onsuccess = () => {
          const db = opening.result
          const counting = db.transaction(name).objectStore(name).count()
          counting.onsuccess = () => {
            db.close()
            resolve(counting.result)
          }
          counting.onerror = () => reject(counting.error ?? new Error('Not counted'))
        }
      }),
    store,
  )
}

/** Resolves once this device could start the product without a network: the worker has fetched every file. */
export async function untilReadyOffline(page: Page): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
}
