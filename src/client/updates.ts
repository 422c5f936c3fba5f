import { Workbox } from 'workbox-window'
import { createObservable, type Observable } from './observable.ts'
import { trustWorker } from './trusted-worker.ts'

export const WORKER_URL = '/sw.js'
const LOOK_EVERY_MS = 60 * 60_000

/** `ready`: a new version waits for a yes. `unsent`, `typing`: it was asked for, and this is why not yet. */
export type UpdateState = 'none' | 'ready' | 'unsent' | 'typing'

export interface Updates {
  readonly state: Observable<UpdateState>
  /** Changes to the new version and opens the page again, unless something would be lost. */
  activate(): Promise<void>
}

export interface UpdateOptions {
  /** False while something waits to be sent: a new version never takes over an outbox that is not empty. */
  readonly canActivate: () => Promise<boolean>
  readonly isTyping?: () => boolean
}

/** Registers the worker and looks for new versions: at start, when the page is seen again, and each hour. iOS never looks by itself. */
export function watchUpdates({ canActivate, isTyping = hasTypedWords }: UpdateOptions): Updates {
  const state = createObservable<UpdateState>('none')
  if (!('serviceWorker' in navigator)) return { state, activate: () => Promise.resolve() }
  trustWorker(WORKER_URL)
  const workbox = new Workbox(WORKER_URL, { scope: '/', updateViaCache: 'none' })
  const hadWorker = navigator.serviceWorker.controller !== null
  let isReloading = false

  function reload(): void {
    if (isReloading) return
    isReloading = true
    location.reload()
  }

  async function activate(): Promise<void> {
    if (isTyping()) return state.set('typing')
    if (!(await canActivate())) return state.set('unsent')
    const registration = await navigator.serviceWorker.getRegistration('/')
    if (registration?.waiting) workbox.messageSkipWaiting()
    else reload() // another page has said yes already; this one only has to follow
  }

  workbox.addEventListener('waiting', () => state.set('ready'))
  // Another page of this device may have said yes. Whoever is typing here is not interrupted.
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (!hadWorker || navigator.serviceWorker.controller === null) return // the first one; or all is forgotten here, and nothing is new
    if (isTyping()) state.set('ready')
    else reload()
  })
  void workbox.register({ immediate: true }).catch(() => {}) // a private window may forbid it; the product works without
  lookAgain(() => void workbox.update().catch(() => {})) // no network: the next look comes
  return { state, activate }
}

function lookAgain(look: () => void): void {
  const lookIfSeen = (): void => {
    if (document.visibilityState === 'visible') look()
  }
  document.addEventListener('visibilitychange', lookIfSeen)
  addEventListener('pageshow', (event) => event.persisted && look())
  addEventListener('focus', look)
  setInterval(lookIfSeen, LOOK_EVERY_MS)
}

/** Whether a form on the page holds words that are not the page's own. */
function hasTypedWords(): boolean {
  return [...document.forms].some((form) => [...form.elements].some(isChanged))
}

function isChanged(field: Element): boolean {
  if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue
  if (field instanceof HTMLSelectElement)
    return [...field.options].some((option) => option.selected !== option.defaultSelected)
  if (!(field instanceof HTMLInputElement)) return false
  return field.type === 'checkbox' || field.type === 'radio'
    ? field.checked !== field.defaultChecked
    : field.value !== field.defaultValue
}
