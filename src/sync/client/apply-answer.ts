import type { Ahead, LocalDb } from '#client/local-db.ts'
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
  readonly place?: Meta['place']
  readonly answer: SyncAnswer
  readonly answeredAt: Instant
  /** What time it was in the city, as the server says. */
  readonly cityTime?: Instant | null
}

type ApplyTx = WriteTx<('records' | 'outbox' | 'answers' | 'sent' | 'meta')[]>
type FeedTx = WriteTx<('records' | 'meta')[]>

/** Takes over an answer: all of it, or nothing. What was answered leaves the outbox; the rest stays and is sent again.
 *  What this device may not keep while it is locked is left out, and asked for again. Resolves to whether anything was left out. */
export function applyAnswer(db: LocalDb, trip: RoundTrip): Promise<{ readonly hasLeftOut: boolean }> {
  // Not strict: what a dead battery takes back here, the server says again.
  const options = { durability: 'relaxed', bySync: true, ahead: knownAhead(trip) } as const
  const applyAll = async (tx: FeedTx, touch: (bucket: string) => void): Promise<{ readonly hasLeftOut: boolean }> => {
    const leftOut = new Set<string>()
    for (const { bucket, kind, body } of trip.answer.changes)
      if (body !== null && !db.keeps(bucket, kind)) leftOut.add(bucket)
    await applyFeed(tx, trip, { touch, leftOut, keeps: db.keeps })
    return { hasLeftOut: leftOut.size > 0 }
  }
  if (trip.answer.outcomes.length === 0) return db.write(['records', 'meta'], applyAll, options)
  return db.write(
    ['records', 'outbox', 'answers', 'sent', 'meta'],
    async (tx, touch) => {
      await applyOutcomes(tx, trip)
      return applyAll(tx as unknown as FeedTx, touch)
    },
    options,
  )
}

/** What will be kept of an answer, in the words of the store. */
function knownAhead({ pushed, answer, answeredAt }: RoundTrip): readonly Ahead[] {
  const operations = new Map(pushed.map(({ operation }) => [operation.id, operation]))
  const answers = answer.outcomes.flatMap((outcome): Ahead[] => {
    const operation = operations.get(outcome.id)
    if (operation === undefined || !isKept(operation.name, outcome)) return []
    return [{ store: 'answers', value: { operation, outcome, answeredAt, seen: false } }]
  })
  const records = answer.changes.filter(({ body }) => body !== null)
  return [...answers, ...records.map((value) => ({ store: 'records', value }) as const)]
}

/** A fact's record comes with the feed; there is nothing to tell. */
function isKept(name: string, { status }: Outcome): boolean {
  return status === 'refused' || (status === 'accepted' && !name.startsWith('attendance.'))
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
  if (!isKept(name, outcome)) return
  await tx.objectStore('answers').put({ operation, outcome, answeredAt, seen: false })
}

interface Taking {
  readonly touch: (bucket: string) => void
  /** Buckets of which something cannot be kept now: their cursors stay, so that it comes again. */
  readonly leftOut: ReadonlySet<string>
  readonly keeps: LocalDb['keeps']
}

async function applyFeed(tx: FeedTx, trip: RoundTrip, { touch, leftOut, keeps }: Taking): Promise<void> {
  const { answer, answeredAt } = trip
  const meta = tx.objectStore('meta')
  const held = ((await meta.get('cursors')) as Meta['cursors'] | undefined) ?? {}
  const place = ((await meta.get('place')) as Meta['place'] | undefined) ?? null
  await meta.put(answeredAt, 'lastContactAt')
  if (trip.cityTime) await meta.put(trip.cityTime, 'cityTime')
  await meta.put(answer.holder, 'holder')
  // An answer speaks from where it was asked. Where another tab has moved on since, that one's word stands: an older answer
  // could bring back what was deleted. The next round trip asks from there.
  if (JSON.stringify([held, place]) !== JSON.stringify([trip.cursors, trip.place ?? null])) return
  const isGranted = (bucket: string): boolean => bucket in answer.cursors
  const taken = answer.changes.filter(({ bucket }) => isGranted(bucket))
  const next = Object.entries(answer.cursors).map(([bucket, cursor]) => [
    bucket,
    leftOut.has(bucket) ? (held[bucket] ?? 0) : cursor,
  ])
  await meta.put(Object.fromEntries(next) as Meta['cursors'], 'cursors')
  if (answer.place) await meta.put(answer.place, 'place')
  const revoked = Object.keys(held).filter((bucket) => !isGranted(bucket))
  for (const bucket of [...revoked, ...taken.map((change) => change.bucket)]) touch(bucket)
  // Asked from the beginning, the answer is the whole bucket: what it does not name is gone.
  const whole = new Set(taken.map(({ bucket }) => bucket).filter((bucket) => !held[bucket]))
  for (const bucket of [...revoked, ...whole]) await tx.objectStore('records').delete(startingWith(bucket))
  await Promise.all(
    taken
      .filter(({ bucket, kind, body }) => body === null || keeps(bucket, kind))
      .map((change) => applyChange(tx, change)),
  )
}

async function applyChange(tx: FeedTx, { body, ...rest }: ChangedRecord): Promise<void> {
  const store = tx.objectStore('records')
  if (body === null) await store.delete([rest.bucket, rest.kind, rest.id])
  else await store.put({ ...rest, body } as HeldRecord)
}
