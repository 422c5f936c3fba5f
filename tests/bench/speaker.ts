import { instantOf } from '#kernel/time.ts'
import { uuidv7 } from '#kernel/uuid.ts'
import type { ChangedRecord } from '#sync/domain/device-record.ts'
import { PROTOCOL } from '#sync/domain/limits.ts'
import type { Operation, OperationName, Outcome, PayloadOf, SyncAnswer, SyncRequest } from '#sync/domain/protocol.ts'
import { openWire, type Wire } from './wire.ts'

/** Somebody's phone on the wire that says one thing at a time. */
export interface Speaker {
  readonly wire: Wire
  /** One round trip; answers what became of what was said, and how long it took. Throws unless the server accepted it. */
  say<Name extends OperationName>(
    name: Name,
    payload: PayloadOf<Name>,
  ): Promise<{ readonly outcome: Extract<Outcome, { status: 'accepted' }>; readonly ms: number }>
  /** Asks for all news; answers it. */
  pull(): Promise<readonly ChangedRecord[]>
  /** Its stream of news. */
  listen(onNews: () => void): void
}

/** `cookie`: of whoever is signed in there; a resident's without. */
export function makeSpeaker(origin: string, cookie = ''): Speaker {
  const wire = openWire(origin, cookie)
  const device = { id: newId(), secret: crypto.getRandomValues(Buffer.alloc(32)).toString('hex') }
  let [cursors, place, seq]: [SyncRequest['cursors'], string | null, number] = [{}, null, 0]

  async function ask(push: readonly Operation[]): Promise<SyncAnswer> {
    const own = { ...device, unsentCount: push.length, lastSeq: seq, oldestUnsentAt: push[0]?.at ?? null }
    const request: SyncRequest = { protocol: PROTOCOL, device: own, push: [...push], cursors, place }
    const answer = await wire.post<SyncAnswer>('/api/sync', request)
    ;[cursors, place] = [answer.cursors, answer.place]
    return answer
  }

  return {
    wire,
    async say(name, payload) {
      seq += 1
      const operation = { id: newId(), seq, at: instantOf(Date.now()), name, payload } as Operation
      const startedAt = performance.now()
      const [outcome] = (await ask([operation])).outcomes
      const ms = performance.now() - startedAt
      if (outcome?.status !== 'accepted') throw new Error(`Not accepted: ${JSON.stringify(outcome)}`)
      return { outcome, ms }
    },
    async pull() {
      const changes: ChangedRecord[] = []
      for (let more = true; more;) {
        const answer = await ask([])
        changes.push(...answer.changes)
        more = answer.more
      }
      return changes
    },
    listen(onNews) {
      wire.listen(`/api/poke?device=${device.id}`, (event) => {
        if (event === 'news') onNews()
      })
    },
  }
}

/** The cookie of a link of demo mode. */
export async function openLink(link: string): Promise<string> {
  const opened = await fetch(link, { redirect: 'manual' })
  return opened.headers.get('set-cookie')?.split(';')[0] ?? ''
}

function newId(): ReturnType<typeof uuidv7> {
  return uuidv7(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
}
