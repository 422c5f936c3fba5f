import type { LocalDb } from '#client/local-db.ts'
import type { Meta, OutboxEntry } from '#client/local-schema.ts'
import { type Instant, instantOf } from '#kernel/time.ts'
import { PROTOCOL, PUSH_MAX } from '#sync/domain/limits.ts'
import type { SyncAnswer, SyncRefusal, SyncRequest } from '#sync/domain/protocol.ts'
import { applyAnswer } from './apply-answer.ts'
import { ensureDevice } from './outbox.ts'
import { readAnswer, readRefusal } from './read-answer.ts'
import type { Surroundings } from './surroundings.ts'

/** How long one round trip may take before it counts as lost. */
export const ANSWER_LIMIT_MS = 15_000
/** A server takes 1 MiB; a character may be three bytes. */
const PUSH_MAX_CHARS = 300_000
/** The longest rest a server may ask for; after it, one polite try. */
const REST_MAX_MS = 10 * 60_000

/** Carries a request to `POST /api/sync`. Rejects when nobody answers. */
export type Send = (request: SyncRequest, signal: AbortSignal) => Promise<Response>

export type SyncResult =
  /** Taken over. `more`: there is more to send or to fetch at once. */
  | { readonly kind: 'done'; readonly more: boolean }
  /** Nobody answered, or not us. Nothing changed; try again, not before `restMs`. */
  | { readonly kind: 'unreachable'; readonly restMs: number }
  /** The server does not talk to this device or this page. A person has to look. */
  | { readonly kind: 'stopped'; readonly reason: SyncRefusal['code'] }

export interface SyncOptions extends Surroundings {
  readonly db: LocalDb
  readonly send: Send
  readonly answerLimitMs?: number
  /** Which build of the program this is. */
  readonly program?: string
}

/** One round trip: sends what waits, takes over what is new. Until the answer is whole and understood, nothing here changes.
 *  Throws `StorageUnavailable`. */
export async function syncOnce(options: SyncOptions): Promise<SyncResult> {
  const { db, now, program } = options
  const device = await ensureDevice(db, options)
  const { entries, cursors, place, lastSeq } = await readState(db)
  const waiting = entries.filter((entry) => entry.state === 'waiting')
  const pushed = firstBatch(waiting)
  const reply = await ask(options, {
    protocol: PROTOCOL,
    device: { ...device, unsentCount: entries.length, oldestUnsentAt: entries[0]?.queuedAt ?? null, lastSeq, program },
    push: pushed.map((entry) => entry.operation),
    cursors,
    place,
  })
  if (!('answer' in reply)) return reply
  const { answer, cityTime } = reply
  const { hasLeftOut } = await applyAnswer(db, { pushed, cursors, place, answer, answeredAt: now(), cityTime })
  const wasHeard = answer.outcomes.length > 0 // a server that answers to nothing must not be asked in a circle
  const mayGoOn = answer.more && !hasLeftOut // what was left out would come in a circle
  return { kind: 'done', more: mayGoOn || (waiting.length > pushed.length && wasHeard) }
}

/** The oldest that wait, as many as one request carries. */
function firstBatch(waiting: readonly OutboxEntry[]): readonly OutboxEntry[] {
  let size = 0
  const fitting = waiting
    .slice(0, PUSH_MAX)
    .findIndex((entry) => (size += JSON.stringify(entry).length) > PUSH_MAX_CHARS)
  return waiting.slice(0, fitting === -1 ? PUSH_MAX : Math.max(1, fitting))
}

interface DeviceState {
  readonly entries: readonly OutboxEntry[]
  readonly cursors: Meta['cursors']
  readonly place: Meta['place']
  readonly lastSeq: number
}

function readState(db: LocalDb): Promise<DeviceState> {
  return db.read(['outbox', 'meta'], async (tx) => {
    const entries = await tx.objectStore('outbox').getAll()
    const meta = tx.objectStore('meta')
    return {
      entries,
      cursors: ((await meta.get('cursors')) as Meta['cursors'] | undefined) ?? {},
      place: ((await meta.get('place')) as Meta['place'] | undefined) ?? null,
      lastSeq: (((await meta.get('nextSeq')) as number | undefined) ?? 1) - 1,
    }
  })
}

interface Heard {
  readonly answer: SyncAnswer
  /** What time it is in the city. */
  readonly cityTime: Instant | null
}

async function ask(
  { send, answerLimitMs = ANSWER_LIMIT_MS }: SyncOptions,
  request: SyncRequest,
): Promise<Heard | Exclude<SyncResult, { kind: 'done' }>> {
  const controller = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error('No answer in time'))
      controller.abort()
    }, answerLimitMs)
  })
  try {
    return await Promise.race([limit, exchange(send, request, controller.signal)])
  } catch {
    return { kind: 'unreachable', restMs: 0 } // no network, no time, cut in half, not JSON: all the same to us
  } finally {
    clearTimeout(timer)
  }
}

async function exchange(
  send: Send,
  request: SyncRequest,
  signal: AbortSignal,
): Promise<Heard | Exclude<SyncResult, { kind: 'done' }>> {
  const response = await send(request, signal)
  const restMs = readRest(response.headers.get('Retry-After'))
  if (response.status >= 500 || response.status === 429) return { kind: 'unreachable', restMs }
  const body: unknown = await response.json()
  if (response.ok) {
    const answer = readAnswer(body)
    const cityMs = Date.parse(response.headers.get('Date') ?? '') // RFC 9110 §6.6.1
    const cityTime = Number.isNaN(cityMs) ? null : instantOf(cityMs)
    return answer === null ? { kind: 'unreachable', restMs } : { answer, cityTime }
  }
  const reason = readRefusal(body)
  return reason === null ? { kind: 'unreachable', restMs } : { kind: 'stopped', reason }
}

/** `Retry-After` in ms: seconds, as RFC 9110 §10.2.3 has it. Dates are left out, since a phone's clock may be wrong. */
function readRest(header: string | null): number {
  const seconds = header !== null && /^\d+$/.test(header) ? Number(header) : 0
  return Math.min(seconds * 1000, REST_MAX_MS)
}

/** The real thing. A redirect is a captive portal, never us. */
export function sendToServer(request: SyncRequest, signal: AbortSignal): Promise<Response> {
  return fetch('/api/sync', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
    cache: 'no-store',
    redirect: 'error',
    signal,
  })
}
