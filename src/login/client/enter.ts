import type { LocalDb } from '#client/local-db.ts'
import { readHolder, roleOnDevice } from '#client/role-on-device.ts'
import { follow } from '#client/use-live.ts'

/** How long the first contact after signing in may take before the page goes on without it. */
const CONTACT_LIMIT_MS = 5000
/** The pages of staff; nobody is sent anywhere else. */
const STAFF_PAGES = /^\/(office|admin|hall)(\/|$)/

interface Entering {
  readonly db: LocalDb
  /** Syncs soon. */
  readonly wake: () => void
}

/** After signing in: waits until this device has heard from the server who holds it now, then opens the first page anew. */
export async function enter({ db, wake }: Entering, path: string): Promise<void> {
  wake()
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, CONTACT_LIMIT_MS)
    const stop = follow(db, { read: readHolder }, (holder) => {
      if (roleOnDevice(holder) !== 'resident') done()
    })
    function done(): void {
      clearTimeout(timer)
      queueMicrotask(() => stop())
      resolve()
    }
  })
  location.assign(path)
}

/** Where somebody was before they were asked to sign in again: `?to=/office/import`. */
export function pathAfter(search: string): string {
  const to = new URLSearchParams(search).get('to') ?? ''
  return STAFF_PAGES.test(to) ? to : '/office'
}

/** The page where one signs in and comes back from. */
export function signInPath(path: string): string {
  return STAFF_PAGES.test(path) ? `/sign-in?to=${encodeURIComponent(path)}` : '/sign-in'
}
