import { useEffect, useState } from 'preact/hooks'
import type { LocalDb } from '#client/local-db.ts'
import { useLive } from '#client/use-live.ts'
import type { Instant } from '#kernel/time.ts'
import { countLate } from '#sync/domain/late-unsent.ts'
import { browserSurroundings } from './surroundings.ts'

const LOOK_EVERY_MS = 30_000

/** How many facts have waited here for an hour or longer. Time passes for them while nothing is written. */
export function useLateCount(db: LocalDb): number {
  const queuedAts = useLive(db, readQueuedAts, []) ?? []
  const [now, setNow] = useState(browserSurroundings.now)
  useEffect(() => {
    const look = (): void => setNow(browserSurroundings.now())
    const timer = setInterval(look, LOOK_EVERY_MS)
    document.addEventListener('visibilitychange', look) // a page that slept knows the hour at once
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [])
  return countLate(queuedAts, now)
}

/** What the server would not take has its own words: it does not wait for a network. */
function readQueuedAts(db: Pick<LocalDb, 'read'>): Promise<readonly Instant[]> {
  return db.read(['outbox'], async (tx) => {
    const entries = await tx.objectStore('outbox').getAll()
    return entries.filter(({ state }) => state === 'waiting').map(({ queuedAt }) => queuedAt)
  })
}
