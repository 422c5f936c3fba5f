import type { MarkRecord, RosterEntry } from '#attendance/domain/mark.ts'
import { instantOf } from '#kernel/time.ts'
import { type Uuid, uuidv7 } from '#kernel/uuid.ts'
import type { ChangedRecord } from '#sync/domain/device-record.ts'
import { PROTOCOL, PUSH_MAX } from '#sync/domain/limits.ts'
import type { Operation, SyncAnswer, SyncRequest } from '#sync/domain/protocol.ts'
import { FLOOR_START, type FloorAnswer, type FloorRequest, type FloorRow } from './floor-endpoint.ts'
import { openWire, type Wire } from './wire.ts'

/** As long as the browser's sync loop waits for more taps or more news before it asks. Twin of GATHER_MS in src/sync/client/sync-loop.ts. */
const GATHER_MS = 10

/** A device that has come back to the network. */
export interface Reconnected {
  /** Resolves once everything held was taken and every mark of all devices is here. */
  readonly converged: Promise<void>
}

/** What the browser's client does on the wire, with its store in memory: twenty browsers on one machine would measure themselves. */
export interface MemoryDevice {
  readonly wire: Wire
  /** Fetches what the device may hold, while the network is there. */
  prepare(): Promise<void>
  /** Checks in everybody on the n-th list it holds, without a network. */
  checkIn(list: number): void
  reconnect(wanted: number): Reconnected
  /** How many records of a kind it holds. */
  count(kind: ChangedRecord['kind']): number
}

export function makeMemoryDevice(origin: string, cookie: string, packed?: string): MemoryDevice {
  const wire = openWire(origin, cookie, packed)
  const id = newId()
  const device = { id, secret: crypto.getRandomValues(Buffer.alloc(32)).toString('hex') }
  const records = new Map<string, ChangedRecord>()
  const marks = new Set<string>()
  let cursors: SyncRequest['cursors'] = {}
  let outbox: Operation[] = []

  async function exchange(): Promise<boolean> {
    const push = outbox.slice(0, PUSH_MAX)
    const body: SyncRequest = { protocol: PROTOCOL, device: { ...device, unsentCount: outbox.length }, push, cursors }
    const answer = await wire.post<SyncAnswer>('/api/sync', body)
    const answered = new Set(answer.outcomes.filter(({ status }) => status !== 'held').map((outcome) => outcome.id))
    outbox = outbox.filter((operation) => !answered.has(operation.id))
    for (const change of answer.changes) {
      records.set(`${change.bucket} ${change.kind} ${change.id}`, change)
      if (change.kind === 'mark') marks.add(change.id)
    }
    cursors = answer.cursors
    return answer.more || (outbox.length > 0 && answer.outcomes.length > 0)
  }

  return {
    wire,
    count: (kind) => [...records.values()].filter((record) => record.kind === kind && record.body !== null).length,
    async prepare() {
      while (await exchange());
    },
    checkIn(list) {
      const entries = [...records.values()].filter((record) => record.kind === 'rosterEntry')
      const buckets = [...new Set(entries.map((entry) => entry.bucket))].sort()
      const people = entries.filter((entry) => entry.bucket === buckets[list])
      const sessionId = buckets[list]?.replace('session:', '') as MarkRecord['sessionId']
      const taps = people.map(({ body }) => ({
        markId: newId() as MarkRecord['markId'],
        sessionId,
        learnerId: (body as RosterEntry).learnerId,
      }))
      const at = instantOf(Date.now())
      outbox = taps.map((payload, index) => ({ id: newId(), seq: index + 1, at, name: 'attendance.mark', payload }))
    },
    /** The stream of news was broken: its first word is a reason to ask, as every later one is. */
    reconnect(wanted) {
      const loop = askOnWake(exchange, () => marks.size >= wanted && outbox.length === 0)
      wire.listen(`/api/poke?device=${id}`, (event) => {
        if (event !== 'alive') loop.wake()
      })
      loop.wake()
      return loop
    },
  }
}

/** Asks once per wake, a moment later; whatever wakes it while it asks makes it ask once more. */
function askOnWake(exchange: () => Promise<boolean>, isDone: () => boolean): Reconnected & { wake(): void } {
  const { promise: converged, resolve, reject } = Promise.withResolvers<void>()
  let [isPlanned, isRunning, isWanted] = [false, false, false]
  function wake(): void {
    if (isRunning) isWanted = true
    else if (!isPlanned) {
      isPlanned = true
      setTimeout(() => void run(), GATHER_MS)
    }
  }
  async function run(): Promise<void> {
    ;[isPlanned, isRunning, isWanted] = [false, true, false]
    try {
      while (await exchange());
    } catch (error) {
      reject(error as Error)
    }
    isRunning = false
    if (isDone()) resolve()
    else if (isWanted) wake()
  }
  return { converged, wake }
}

/** The same device against the floor: it sends and takes in one request, and asks once more when all others have sent.
 *  It is told so for nothing, by the bench itself: no way of telling could be cheaper. */
export interface FloorDevice {
  readonly wire: Wire
  /** Sends rows of the same size and number as the marks of a real device. */
  send(count: number): Promise<void>
  /** How many marks of all devices are here. */
  take(wanted: number): Promise<number>
}

export function makeFloorDevice(origin: string): FloorDevice {
  const wire = openWire(origin)
  const marks = new Set<string>()
  let cursor = FLOOR_START
  async function exchange(rows: readonly FloorRow[]): Promise<void> {
    const answer = await wire.post<FloorAnswer>('/', { rows, cursor } satisfies FloorRequest)
    for (const { markId } of answer.rows) marks.add(markId)
    cursor = answer.cursor
  }
  return {
    wire,
    send: (count) => exchange(makeRows(count)),
    async take(wanted) {
      if (marks.size < wanted) await exchange([])
      return marks.size
    },
  }
}

function makeRows(count: number): readonly FloorRow[] {
  const [sessionId, deviceId, markedAt] = [newId(), newId(), instantOf(Date.now())]
  return Array.from({ length: count }, () => ({ markId: newId(), sessionId, learnerId: newId(), markedAt, deviceId }))
}

function newId(): Uuid {
  return uuidv7(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
}
