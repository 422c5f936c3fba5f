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

/** Everything the product keeps on this device, store by store, as text: what is sealed is only bytes. */
export function readStored(page: Page): Promise<Readonly<Record<string, readonly string[]>>> {
  return page.evaluate(async () => {
    const asked = <Value>(request: IDBRequest<Value>): Promise<Value> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error ?? new Error('Not read'))
      })
    const db = await asked(indexedDB.open('yorozu'))
    const stores: Record<string, readonly string[]> = {}
    for (const name of db.objectStoreNames) {
      const store = db.transaction(name).objectStore(name)
      const [keys, values] = await Promise.all([asked(store.getAllKeys()), asked(store.getAll())])
      stores[name] = keys.map((key, at) => `${JSON.stringify(key)} ${JSON.stringify(values[at])}`)
    }
    db.close()
    return stores
  })
}

/** Resolves once this device could start the product without a network: the worker has fetched every file. */
export async function untilReadyOffline(page: Page): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
}
