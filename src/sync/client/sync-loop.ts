import { createObservable, type Observable } from '#client/observable.ts'
import { troubleOf } from '#client/storage-trouble.ts'
import { tidyUp } from './tidy-up.ts'
import { backOffMs } from './back-off.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { planRuns } from './planned-run.ts'
import { syncOnce, type SyncOptions, type SyncResult } from './sync-once.ts'
import { FIRST_STATUS, readCounts, type SyncStatus } from './sync-status.ts'
import { listenForTriggers, type TriggerOptions } from './sync-triggers.ts'

/** Held during a burst of round trips, by one tab of this device. */
export const SYNC_LOCK = 'yorozu:sync'
/** Taps that follow each other closely travel together. */
const GATHER_MS = 10
/** A look at the server that another tab had this recently is as good as our own. */
const FRESH_MS = 20_000
/** How often an open page gives what the server held back another chance, besides at each start. */
const HELD_RETRY_MS = 60 * 60_000

export interface LoopOptions extends SyncOptions, TriggerOptions {
  /** 0 … 1, for the rests after failures. */
  readonly chance?: () => number
}

export interface SyncLoop {
  readonly status: Observable<SyncStatus>
  /** Syncs soon, whatever rests were planned; but not before a time the server asked for. */
  wake(): void
  stop(): void
}

type BurstEnd = SyncResult | { readonly kind: 'storage' }

/** Keeps this device and the server of one mind for as long as a page is open. There is nothing to switch on or off. */
export function startSync(options: LoopOptions): SyncLoop {
  const { db, now, chance = Math.random } = options
  let [isStopped, isRunning, isWanted] = [false, false, false]
  const status = createObservable<SyncStatus>(FIRST_STATUS)
  const show = (part: Partial<SyncStatus>): void => status.set({ ...status.current, ...part })
  const planned = planRuns(() => void run())
  const burst = createBurst(options, () => isStopped)
  let failures = 0
  let restUntil = 0

  function plan(delayMs: number): void {
    if (isRunning) isWanted = true
    else if (!isStopped) planned.atLatest(Math.max(Date.now() + delayMs, restUntil))
  }

  function wake(): void {
    failures = 0
    plan(GATHER_MS)
  }

  async function run(): Promise<void> {
    isRunning = true
    isWanted = false
    show({ state: 'sending' })
    const end = await burst()
    await count()
    isRunning = false
    show(endShown(end))
    const hasFailed = end.kind === 'unreachable' || end.kind === 'storage'
    failures = hasFailed && !isWanted ? failures + 1 : Number(hasFailed)
    restUntil = end.kind === 'unreachable' && end.restMs > 0 ? Date.now() + end.restMs : 0
    if (hasFailed) plan(backOffMs(failures, chance))
    else if (isWanted) plan(GATHER_MS)
  }

  async function count(): Promise<void> {
    const counts = await readCounts(db).catch(() => null) // the state says that the store is away
    if (counts !== null) show(counts)
  }

  function tick(): void {
    const { lastContactAt, state } = status.current
    const ageMs = lastContactAt === null ? Infinity : Date.parse(now()) - Date.parse(lastContactAt)
    if (state === 'idle' && Math.abs(ageMs) > FRESH_MS) plan(0)
  }

  const stopChanges = db.onChange((change) => {
    if (change.stores.some((store) => COUNTED.has(store))) void count()
    // The tab that recorded sends; the others need not.
    const isOwnTap = !change.bySync && !change.elsewhere && change.stores.includes('outbox')
    // A store that was emptied below the page has everything to fetch again.
    if (isOwnTap || change.stores.includes('keys')) wake()
  })
  const stopTriggers = listenForTriggers({ ...options, chance }, { wake, tick })
  void count()
  plan(0)
  return {
    status,
    wake,
    stop() {
      isStopped = true
      planned.clear()
      stopChanges()
      stopTriggers()
    },
  }
}

const COUNTED: ReadonlySet<string> = new Set(['outbox', 'answers', 'meta'])

function endShown(end: BurstEnd): Pick<SyncStatus, 'state' | 'stoppedBy'> {
  const states = {
    done: 'idle',
    unreachable: 'unreachable',
    stopped: 'stopped',
    storage: 'storageUnavailable',
  } as const
  return { state: states[end.kind], stoppedBy: end.kind === 'stopped' ? end.reason : null }
}

/** Round trips until there is nothing more to send or to fetch, with no other tab in between. */
function createBurst(options: SyncOptions, isStopped: () => boolean): () => Promise<BurstEnd> {
  const { db, now } = options
  let heldTriedAt = 0
  return async () => {
    try {
      if (Date.now() - heldTriedAt > HELD_RETRY_MS) {
        await tidyUp(db, now())
        heldTriedAt = Date.now()
      }
      return await oneAtATime(SYNC_LOCK, async () => {
        let result = await syncOnce(options)
        while (result.kind === 'done' && result.more && !isStopped()) result = await syncOnce(options)
        return result
      })
    } catch (error) {
      if (troubleOf(error) === null)
        queueMicrotask(() => {
          throw error
        }) // a fault of ours must be heard of, and must not end the loop
      return { kind: 'storage' }
    }
  }
}
