import type { LocalDb } from '#client/local-db.ts'
import type { Meta } from '#client/local-schema.ts'
import type { Instant } from '#kernel/time.ts'
import type { SyncRefusal } from '#sync/domain/protocol.ts'

/** What a person can know about sending. */
export interface SyncStatus {
  /** 送信待ち. */
  readonly waiting: number
  /** 確認が必要: kept here because the server did not take it, or refused and not looked at yet. */
  readonly attention: number
  readonly lastContactAt: Instant | null
  readonly state: 'idle' | 'sending' | 'unreachable' | 'stopped' | 'storageUnavailable'
  /** Why the server does not talk to this device; `null` unless `stopped`. */
  readonly stoppedBy: SyncRefusal['code'] | null
}

export const FIRST_STATUS: SyncStatus = {
  waiting: 0,
  attention: 0,
  lastContactAt: null,
  state: 'idle',
  stoppedBy: null,
}

export type SyncCounts = Pick<SyncStatus, 'waiting' | 'attention' | 'lastContactAt'>

/** Counts from the store itself, so that every tab says the same. */
export function readCounts(db: Pick<LocalDb, 'read'>): Promise<SyncCounts> {
  return db.read(['outbox', 'answers', 'meta'], async (tx) => {
    const entries = await tx.objectStore('outbox').getAll()
    const answers = await tx.objectStore('answers').getAll()
    const lastContactAt = await tx.objectStore('meta').get('lastContactAt')
    const held = entries.filter((entry) => entry.state === 'attention').length
    const refused = answers.filter((answer) => !answer.seen && answer.outcome.status === 'refused').length
    return {
      waiting: entries.length - held,
      attention: held + refused,
      lastContactAt: (lastContactAt as Meta['lastContactAt'] | undefined) ?? null,
    }
  })
}
