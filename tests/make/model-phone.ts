import { type HeldRoster, readHeldRoster } from '#attendance/client/roster-store.ts'
import { type MyRequest, readMyRequests } from '#enrollment/client/my-requests.ts'
import type { Recorder } from '#client/recorder.ts'
import type { Device } from '#client/local-schema.ts'
import { instantOf } from '#kernel/time.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { type Ledger, readLedger } from '#sync/client/ledger.ts'
import type { Send, SyncResult } from '#sync/client/sync-once.ts'
import type { SyncRequest } from '#sync/domain/protocol.ts'
import { tidyUp } from '#sync/client/tidy-up.ts'
import { makePhone, type Page, type Phone } from './phone.ts'
import type { StorageFaults } from './storage-faults.ts'

/** What the network does to one round trip. `twice`: the request is delivered a second time, by another way. */
export const NETWORKS = ['fine', 'requestLost', 'answerLost', 'answerCut', 'twice'] as const
export type Network = (typeof NETWORKS)[number]

/** How far a round trip came. */
export interface Trip {
  /** The server has what was sent. */
  readonly reached: boolean
  /** The phone has taken over the answer. */
  readonly taken: boolean
}

/** A phone with the real client on it, whose page, clock, battery and network a test has in its hand. */
export interface ModelPhone {
  /** Lets a page do something. `false`: it was not kept, and the page said so. */
  act(work: (recorder: Recorder) => Promise<unknown>): Promise<boolean>
  sync(network?: Network): Promise<Trip>
  /** Two pages send at the same moment. */
  syncTwoTabs(): Promise<Trip>
  /** The answer to one page comes when `meanwhile` is over and another page has had a newer answer. */
  syncOvertaken(meanwhile: () => Promise<unknown>): Promise<Trip>
  /** One of the requests that the server has had is delivered once more, by another way; nobody hears the answer. */
  deliverAgain(pick: number): Promise<void>
  /** Runs `work` on a page that is killed at its n-th request to the store, and opens a new one. */
  killAt<Value>(request: number, work: () => Promise<Value>): Promise<Value>
  reload(): Promise<void>
  jump(days: number): void
  roster(sessionId: SessionId): Promise<HeldRoster | null>
  requests(): Promise<readonly MyRequest[]>
  ledger(): Promise<Ledger>
  /** `undefined` before it first spoke to the server. */
  deviceId(): Promise<string | undefined>
  close(): Promise<void>
}

const DAY_MS = 24 * 60 * 60 * 1000

export interface ModelPhoneOptions {
  readonly start: string
  /** Ways to the server: the first is this phone's, the second leads to another process. */
  readonly ways: readonly [Send, Send]
  readonly storage: StorageFaults
}

export function openModelPhone({ start, ways, storage }: ModelPhoneOptions): ModelPhone {
  let clock = Date.parse(start)
  const phone = makePhone(() => instantOf((clock += 1000)))
  let page = phone.open()

  async function reload(): Promise<void> {
    page.db.close()
    page = phone.open()
    await tidyUp(page.db, instantOf(clock))
  }

  return {
    ...makeTrips(phone, () => page, ways),
    reload,
    act: (work) =>
      work(page.recorder).then(
        () => true,
        () => false,
      ),
    async killAt(request, work) {
      storage.killAt(request)
      const goOnWaiting = shortenPauses()
      try {
        return await work()
      } finally {
        goOnWaiting()
        storage.heal()
        await reload()
      }
    },
    jump: (days) => void (clock += days * DAY_MS),
    roster: (sessionId) => readHeldRoster(page.db, sessionId),
    requests: () => readMyRequests(page.db),
    ledger: () => readLedger(page.db),
    async deviceId() {
      const device = await page.db.read(['meta'], (tx) => tx.objectStore('meta').get('device'))
      return (device as Device | undefined)?.id
    },
    async close() {
      page.db.close()
      await phone.clear()
    },
  }
}

type Trips = Pick<ModelPhone, 'sync' | 'syncTwoTabs' | 'syncOvertaken' | 'deliverAgain'>

function makeTrips(phone: Phone, page: () => Page, [ownWay, otherWay]: ModelPhoneOptions['ways']): Trips {
  const delivered: SyncRequest[] = []
  const noting = (way: Send): Send => {
    return (request, signal) => {
      if (request.push.length > 0) delivered.push(request)
      return way(request, signal)
    }
  }
  const [own, other] = [noting(ownWay), noting(otherWay)]

  async function inAnotherTab<Value>(work: (tab: Page) => Promise<Value>): Promise<Value> {
    const tab = phone.open()
    try {
      return await work(tab)
    } finally {
      tab.db.close()
    }
  }

  return {
    sync: (network = 'fine') => roundTrip(page(), through(network, [own, other])),
    syncTwoTabs: () =>
      inAnotherTab(async (tab) => {
        const [trip] = await Promise.all([roundTrip(page(), own), roundTrip(tab, other)])
        return trip
      }),
    syncOvertaken: (meanwhile) =>
      inAnotherTab((tab) =>
        roundTrip(page(), async (request, signal) => {
          const answer = await own(request, signal)
          await meanwhile()
          await roundTrip(tab, other)
          return answer
        }),
      ),
    async deliverAgain(pick) {
      const request = delivered[pick % Math.max(1, delivered.length)]
      if (request !== undefined) await otherWay(request, new AbortController().signal)
    },
  }
}

async function roundTrip(page: Page, send: Send): Promise<Trip> {
  let reached = false
  const watched: Send = async (request, signal) => {
    const answer = await send(request, signal).catch((error: unknown) => error)
    reached = answer !== NOT_SENT
    if (answer instanceof Response) return answer
    throw answer
  }
  const end = await page.sync(watched).catch((): SyncResult => ({ kind: 'unreachable', restMs: 0 }))
  return { reached, taken: end.kind === 'done' }
}

const NOT_SENT = new TypeError('Failed to fetch')

function through(network: Network, [send, another]: readonly [Send, Send]): Send {
  if (network === 'requestLost') return () => Promise.reject(NOT_SENT)
  return async (request, signal) => {
    if (network === 'twice') await Promise.all([another(request, signal), send(request, signal)])
    const answer = await send(request, signal)
    if (network === 'answerLost') throw new TypeError('Failed to fetch')
    return network === 'answerCut' ? new Response((await answer.text()).slice(0, -40)) : answer
  }
}

const PAUSE_MAX_MS = 200

/** A dead page tries its store a few times more, with pauses in between: a thousand kills need not wait for them. */
function shortenPauses(): () => void {
  const real = globalThis.setTimeout
  const short = (work: () => void, ms = 0, ...given: unknown[]) => real(work, ms < PAUSE_MAX_MS ? 0 : ms, ...given)
  globalThis.setTimeout = short as typeof setTimeout
  return () => void (globalThis.setTimeout = real)
}
