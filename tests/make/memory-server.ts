import type { Instant } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { Bucket, ChangedRecord, RecordKind } from '#sync/domain/device-record.ts'
import type { Operation, Outcome, SyncAnswer, SyncRequest } from '#sync/domain/protocol.ts'

/** What a server does for a device, without a database: each operation once by its id, a feed with versions, buckets granted. */
export interface MemoryServer {
  /** Every operation it took, once, in the order of arrival. */
  readonly operations: Operation[]
  readonly requests: SyncRequest[]
  readonly granted: Set<Bucket>
  /** Answers this operation so, instead of accepting it. */
  answerWith(id: Uuid, outcome: Omit<Outcome, 'id'>): void
  /** Writes one record into the feed; `null` deletes it. */
  put(bucket: Bucket, id: string, body: object | null, kind?: RecordKind): void
  /** What a device that is up to date holds, in the order of its store. */
  held(): readonly ChangedRecord[]
  handle(request: SyncRequest): SyncAnswer
  send(request: SyncRequest): Promise<Response>
}

export function makeMemoryServer({ pageSize = 100 }: { readonly pageSize?: number } = {}): MemoryServer {
  const outcomes = new Map<string, Outcome>()
  const scripted = new Map<string, Omit<Outcome, 'id'>>()
  const records = new Map<string, ChangedRecord>()
  let version = 0

  const server: MemoryServer = {
    operations: [],
    requests: [],
    granted: new Set<Bucket>(['public']),
    answerWith: (id, outcome) => void scripted.set(id, outcome),
    put(bucket, id, body, kind = 'mark') {
      version += 1
      records.set(`${bucket} ${id}`, { bucket, kind, id, version, body } as ChangedRecord)
    },
    held: () =>
      [...records.values()]
        .filter(({ bucket, body }) => body !== null && server.granted.has(bucket))
        .sort((a, b) => (`${a.bucket} ${a.id}` < `${b.bucket} ${b.id}` ? -1 : 1)),
    handle(request) {
      server.requests.push(structuredClone(request))
      const answered = (request.push as Operation[]).map((operation) => answer(operation))
      return { outcomes: answered, ...feed(request.cursors) }
    },
    send: (request) => Promise.resolve(Response.json(server.handle(request))),
  }

  function answer(operation: Operation): Outcome {
    const known = outcomes.get(operation.id)
    if (known !== undefined) return known
    const outcome = {
      id: operation.id,
      ...(scripted.get(operation.id) ?? { status: 'accepted', value: null, concern: null }),
    } as Outcome
    if (outcome.status === 'held') return outcome
    outcomes.set(operation.id, outcome)
    server.operations.push(operation)
    if (operation.name === 'attendance.mark') server.put('public', operation.payload.markId, operation.payload)
    return outcome
  }

  function feed(cursors: SyncRequest['cursors']): Omit<SyncAnswer, 'outcomes'> {
    const news = [...records.values()]
      .filter((record) => server.granted.has(record.bucket) && record.version > (cursors[record.bucket] ?? 0))
      .sort((a, b) => a.version - b.version)
      .slice(0, pageSize)
    const next = Object.fromEntries([...server.granted].map((bucket) => [bucket, cursors[bucket] ?? 0]))
    for (const record of news) next[record.bucket] = record.version
    return {
      changes: news,
      cursors: next,
      place: null,
      more: news.length === pageSize,
      holder: { role: 'resident', name: null, paired: false },
    }
  }

  return server
}

/** A clock that moves by one second whenever it is read. */
export function makeClock(start = '2026-05-12T04:30:00.000Z'): () => Instant {
  let epochMs = Date.parse(start)
  return () => new Date((epochMs += 1000)).toISOString() as Instant
}
