import { createNews, type OpenNews } from './news.ts'

const TICK_MS = 30_000

/** The page as the loop needs it: what tells that somebody is there, or that the network is back. */
export interface Page {
  readonly window: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>
  readonly document: Pick<EventTarget, 'addEventListener' | 'removeEventListener'> & {
    readonly visibilityState: string
  }
}

export interface TriggerOptions {
  readonly openNews: OpenNews
  /** `null` where there is no page, as in a program that only sends. */
  readonly page?: Page | null
}

interface Triggered {
  /** Something happened: the network is back, somebody looks, there is news. */
  wake(): void
  /** Every 30 s while somebody looks. */
  tick(): void
}

/** The browser's own page; `null` outside of one. */
function ownPage(): Page | null {
  return typeof document === 'undefined' ? null : { window, document }
}

/** Listens to everything that makes a sync worth trying. iOS has no Background Sync, so nothing is left to the worker. Returns how to stop. */
export function listenForTriggers(
  { openNews, page = ownPage(), chance }: TriggerOptions & { readonly chance: () => number },
  { wake, tick }: Triggered,
): () => void {
  const news = createNews(openNews, wake, chance)
  if (page === null) {
    news.follow(true)
    return () => news.follow(false)
  }
  const isVisible = (): boolean => page.document.visibilityState !== 'hidden'
  const onVisibility = (): void => {
    news.follow(isVisible())
    if (isVisible()) wake()
  }
  const timer = setInterval(() => {
    if (!isVisible()) return
    news.follow(true) // whoever was a resident may be a volunteer now
    tick()
  }, TICK_MS)
  page.window.addEventListener('online', wake)
  page.window.addEventListener('pageshow', wake)
  page.document.addEventListener('visibilitychange', onVisibility)
  news.follow(isVisible())
  return () => {
    clearInterval(timer)
    page.window.removeEventListener('online', wake)
    page.window.removeEventListener('pageshow', wake)
    page.document.removeEventListener('visibilitychange', onVisibility)
    news.follow(false)
  }
}
