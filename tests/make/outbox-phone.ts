import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { instantOf } from '#kernel/time.ts'
import { type Uuid, uuidv7 } from '#kernel/uuid.ts'
import { PROTOCOL } from '#sync/domain/limits.ts'
import type { OperationName, Outcome, PayloadOf, SyncAnswer } from '#sync/domain/protocol.ts'

/** A phone that keeps what it says until the server has answered for it, and talks HTTP with whatever stands at `url`. */
export interface OutboxPhone {
  readonly deviceId: Uuid
  readonly secret: string
  say<Name extends OperationName>(name: Name, payload: PayloadOf<Name>): Uuid
  /** One round trip; `false` when there was no answer. Throws when an answer takes back what an earlier one said,
   *  and when something cannot be read. */
  sync(): Promise<boolean>
  /** Round trips until nothing waits and there is nothing more to fetch. */
  settle(): Promise<void>
  readonly unsentCount: () => number
  /** Everything that was answered for, with what was answered. */
  readonly answers: ReadonlyMap<Uuid, Outcome>
  /** What it holds: `bucket kind id` → version and body. */
  readonly records: ReadonlyMap<string, { readonly version: number; readonly body: unknown }>
  /** How many records it was sent in all. */
  receivedCount(): number
}

interface Where {
  readonly url: string
  readonly cookie?: string
  /** Where it seems to come from, behind a proxy. */
  readonly address?: string
}

const AT_ONCE = 20
const ANSWER_LIMIT_MS = 15_000 // as the real phone's

/** `place` and cursors are kept from answer to answer, as the real phone keeps them. */
export function makeOutboxPhone({ url, cookie = '', address = '127.0.0.1' }: Where): OutboxPhone {
  const device = { id: newId(), secret: randomBytes(32).toString('hex') }
  const answers = new Map<Uuid, Outcome>()
  const records = new Map<string, { version: number; body: unknown }>()
  let outbox: readonly { readonly id: Uuid }[] = []
  let [seq, received] = [0, 0]
  let next: Pick<SyncAnswer, 'cursors' | 'place' | 'more'> = { cursors: {}, place: null, more: true }

  async function post(push: readonly object[]): Promise<SyncAnswer | null> {
    const { cursors, place } = next
    const body = { protocol: PROTOCOL, device: { ...device, unsentCount: outbox.length }, push, cursors, place }
    const answer = await fetch(`${url}/api/sync`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Cookie: cookie, 'X-Forwarded-For': address },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    }).catch(() => null)
    if (answer?.status === 429) await sleep(Number(answer.headers.get('Retry-After') ?? 1) * 1000)
    if (answer?.status !== 200) return null
    return (await answer.json().catch(() => null)) as SyncAnswer | null
  }

  async function sync(): Promise<boolean> {
    const answer = await post(outbox.slice(0, AT_ONCE))
    if (answer === null) return false
    for (const outcome of answer.outcomes) {
      const before = answers.get(outcome.id)
      if (before !== undefined && !isDeepStrictEqual(before, outcome))
        throw new Error(`Answered anew: ${JSON.stringify([before, outcome])}`)
      if (outcome.status === 'held') throw new Error(`Held: ${outcome.reason}`)
      answers.set(outcome.id, outcome)
    }
    outbox = outbox.filter(({ id }) => !answers.has(id))
    for (const { bucket, kind, id, version, body } of answer.changes) {
      received += 1
      const key = `${bucket} ${kind} ${id}`
      if ((records.get(key)?.version ?? 0) > version) throw new Error(`${key} went back to version ${version}`)
      records.set(key, { version, body })
    }
    next = answer
    return true
  }

  return {
    deviceId: device.id,
    secret: device.secret,
    say(name, payload) {
      const operation = { id: newId(), seq: ++seq, at: instantOf(Date.now()), name, payload }
      outbox = [...outbox, operation]
      return operation.id
    },
    sync,
    async settle() {
      while (!(await sync()) || outbox.length > 0 || next.more) await sleep(50)
    },
    unsentCount: () => outbox.length,
    answers,
    records,
    receivedCount: () => received,
  }
}

function newId(): Uuid {
  return uuidv7(Date.now(), randomBytes(10))
}
