import type { Page } from 'playwright'

/** How this browser is known to the server: the first thing it keeps. */
export async function readDeviceId(on: Page): Promise<string | null> {
  const devices = (await readStore(on, 'meta')) as readonly { readonly id?: string; readonly secret?: string }[]
  return devices.find(({ secret }) => secret !== undefined)?.id ?? null
}

/** Everything in one store of the browser, as it lies there. */
export function readStore(on: Page, name: 'meta' | 'forms'): Promise<readonly unknown[]> {
  return on.evaluate(
    (store) =>
      new Promise<unknown[]>((resolve, reject) => {
        const asked = indexedDB.open('yorozu')
        asked.onerror = () => reject(new Error('The store cannot be opened'))
        asked.onsuccess = () => {
          const db = asked.result
          if (!db.objectStoreNames.contains(store)) return resolve([])
          const read = db.transaction(store).objectStore(store).getAll()
          read.onsuccess = () => resolve(read.result)
          db.close()
        }
      }),
    name,
  )
}
