import type { LocalDb } from '#client/local-db.ts'
import type { Observable } from '#client/observable.ts'
import { readCounts, type SyncStatus } from './sync-status.ts'

/** A server that asked for a rest is not waited for longer than this. */
const LIMIT_MS = 10_000

interface Sending {
  readonly db: Pick<LocalDb, 'read'>
  readonly status: Observable<SyncStatus>
  /** Syncs soon. */
  readonly wake: () => void
}

/** Sends what waits, as far as it goes now. Answers how much of it is still here: 送信待ち and 確認が必要 together. */
export async function sendAll({ db, status, wake }: Sending): Promise<number> {
  await new Promise<void>((resolve) => {
    let isSending = false
    const done = (): void => {
      clearTimeout(timer)
      stop()
      resolve()
    }
    const timer = setTimeout(done, LIMIT_MS)
    const stop = status.subscribe(({ state }) => {
      if (state === 'sending') isSending = true
      else if (isSending) done()
    })
    wake()
  })
  const { waiting, attention } = await readCounts(db)
  return waiting + attention
}
