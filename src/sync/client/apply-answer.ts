import type { LocalDb } from '#client/local-db.ts'
import type { HeldRecord, Meta, OutboxEntry, WriteTx } from '#client/local-schema.ts'
import { startingWith } from '#client/records.ts'
import type { Instant } from '#kernel/time.ts'
import type { ChangedRecord } from '#sync/domain/device-record.ts'
import type { Outcome, SyncAnswer } from '#sync/domain/protocol.ts'

/** How many lines of 送った are kept. */
export const SENT_MAX = 200

/** One round trip, seen from this device: what went out, and what came back. */
export interface RoundTrip {
  readonly pushed: readonly OutboxEntry[]
  readonly cursors: Meta['cursors']
  readonly answer: SyncAnswer
  readonly answeredAt: Instant
}

type ApplyTx = WriteTx<('records' | 'outbox' | 'answers' | 'sent' | 'meta')[]>
type FeedTx = WriteTx<('records' | 'meta')[]>

/** Takes over an answer: all of it, or nothing. What was answered leaves the outbox; the rest stays and is sent again. */
export function applyAnswer(db: LocalDb, trip: RoundTrip): Promise<void> {
  // Not strict: what a dead battery takes back here, the server says again.
  const options = { durability: 'relaxed', bySync: true } as const
  if (trip.answer.outcomes.length === 0) {
    return db.write(['records', 'meta'], (tx, touch) => applyFeed(tx, trip, touch), options)
  }
  return db.write(
    ['records', 'outbox', 'answers', 'sent', 'meta'],
    async (tx, touch) => {
      await applyOutcomes(tx, trip)
      await applyFeed(tx as unknown as FeedTx, trip, touch)
    },
    options,
  )
}

async function applyOutcomes(tx: ApplyTx, { pushed, answer, answeredAt }: RoundTrip): Promise<void> {
  const outcomes = new Map<string, Outcome>(answer.outcomes.map((outcome) => [outcome.id, outcome]))
  const store = tx.objectStore('outbox')
  for (const { operation } of pushed) {
    const outcome = outcomes.get(operation.id)
    // Another tab may have taken over the same answer already, and a person may have put it aside since.
    const entry = outcome && (await store.get(operation.seq))
    if (outcome === undefined || entry?.operation.id !== operation.id) continue
    if (outcome.status === 'held') await store.put({ ...entry, state: 'attention', outcome })
    else await settleEntry(tx, entry, { outcome, answeredAt })
  }
}

async function settleEntry(
  tx: ApplyTx,
  { operation }: OutboxEntry,
  { outcome, answeredAt }: { readonly outcome: Exclude<Outcome, { status: 'held' }>; readonly answeredAt: Instant },
): Promise<void> {
  const { id, seq, name, at } = operation
  await tx.objectStore('outbox').delete(seq)
  await tx.objectStore('sent').put({ seq, id, name, at, answeredAt, status: outcome.status })
  if (seq > SENT_MAX) await tx.objectStore('sent').delete(IDBKeyRange.upperBound(seq - SENT_MAX))
  const isFact = name.startsWith('attendance.')
  if (isFact && outcome.status === 'accepted') return // its record comes with the feed; there is nothing to tell
  await tx.objectStore('answers').put({ operation, outcome, answeredAt, seen: false })
}

async function applyFeed(tx: FeedTx, trip: RoundTrip, touch: (bucket: string) => void): Promise<void> {
  const { answer, answeredAt } = trip
  const meta = tx.objectStore('meta')
  const held = ((await meta.get('cursors')) as Meta['cursors'] | undefined) ?? {}
  // An answer speaks from the cursor it was asked with. Where another tab has moved on since, that one's word stands:
  // an older answer could bring back what was deleted. The next round trip asks from there.
  const isCurrent = (bucket: string): boolean => held[bucket] === trip.cursors[bucket]
  const cursors: Record<string, number> = {}
  for (const [bucket, cursor] of Object.entries(answer.cursors)) {
    const kept = isCurrent(bucket) ? cursor : held[bucket]
    if (kept !== undefined) cursors[bucket] = kept
  }
  const revoked = Object.keys(held).filter((bucket) => !(bucket in answer.cursors))
  const current = answer.changes.filter(({ bucket }) => bucket in answer.cursors && isCurrent(bucket))
  for (const bucket of [...revoked, ...current.map((change) => change.bucket)]) touch(bucket)
  await meta.put(cursors, 'cursors')
  await meta.put(answeredAt, 'lastContactAt')
  await meta.put(answer.holder, 'holder')
  for (const bucket of revoked) await tx.objectStore('records').delete(startingWith(bucket))
  await Promise.all(current.map((change) => applyChange(tx, change)))
}

async function applyChange(tx: FeedTx, { body, ...rest }: ChangedRecord): Promise<void> {
  const store = tx.objectStore('records')
  if (body === null) await store.delete([rest.bucket, rest.kind, rest.id])
  else await store.put({ ...rest, body } as HeldRecord)
}
