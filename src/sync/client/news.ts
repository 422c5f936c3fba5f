import type { LocalDb } from '#client/local-db.ts'
import { backOffMs } from './back-off.ts'
import { ensureDevice } from './outbox.ts'
import type { Surroundings } from './surroundings.ts'

/** The part of `EventSource` that is used here. */
export interface NewsStream {
  addEventListener(type: 'news' | 'hello' | 'error', listener: () => void): void
  close(): void
  readonly readyState: number
}

const CLOSED = 2 // EventSource.CLOSED: the browser has given up; until then it reconnects by itself

/** Opens the stream; `null` where the browser has none, or nobody is to be told at once. */
export type OpenNews = () => Promise<NewsStream | null>

/** The real thing: `GET /api/poke`, for the buckets of this device. */
export async function openServerNews(db: LocalDb, surroundings: Surroundings): Promise<NewsStream | null> {
  if (typeof EventSource === 'undefined') return null
  const { id } = await ensureDevice(db, surroundings)
  return new EventSource(`/api/poke?device=${id}`)
}

export interface News {
  /** Listens, or rests: a page in the background holds no connection. Said again, it asks again for a stream that was not given. */
  follow(isWanted: boolean): void
}

/** Hears «there is news» from the server, and opens the stream again when it breaks. */
export function createNews(open: OpenNews, onNews: () => void, chance: () => number): News {
  let turn = 0 // rises when the wish changes, so that whatever was on its way for the old wish is dropped
  let isFollowing = false
  let isDenied = false
  let stream: NewsStream | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  async function connect(mine: number, failures: number): Promise<void> {
    const opened = await open().catch(() => null) // no stream without a store: the ticks still come
    if (mine !== turn) opened?.close()
    if (mine !== turn) return
    isDenied = opened === null
    if (opened === null) return
    stream = opened
    let broken = failures
    opened.addEventListener('news', onNews)
    opened.addEventListener('hello', () => {
      onNews() // something may have happened while nobody listened, also before the first stream stood
      broken = 0
    })
    opened.addEventListener('error', () => {
      broken += 1
      if (opened.readyState !== CLOSED || mine !== turn) return
      timer = setTimeout(() => void connect(mine, broken), backOffMs(broken, chance))
    })
  }

  return {
    follow(isWanted) {
      if (isWanted === isFollowing && !(isWanted && isDenied)) return
      isDenied = false
      isFollowing = isWanted
      turn += 1
      clearTimeout(timer)
      stream?.close()
      stream = null
      if (isWanted) void connect(turn, 0)
    },
  }
}
