import type { Uuid } from '#kernel/uuid.ts'
import type { ChangedRecord } from '#sync/domain/device-record.ts'
import type { SyncRequest } from '#sync/domain/protocol.ts'
import type { CityState } from './city-state.ts'
import type { HistoryEvent } from './history.ts'

type Event<Kind extends HistoryEvent['kind']> = Extract<HistoryEvent, { kind: Kind }>

/** What one client has read so far. */
interface Read {
  place: number
  readonly buckets: Set<string>
  readonly versions: Map<string, number>
}

interface ReadFaults {
  readonly wentBack: readonly string[]
  readonly stale: readonly string[]
  readonly unordered: readonly string[]
}

/** Walks through a history in the order of real time: what one client reads never goes back, whatever was acknowledged to anybody is
 *  read by whoever asks afterwards, and what is said afterwards comes afterwards. */
export function findReadFaults(events: readonly HistoryEvent[], state: CityState): ReadFaults {
  const versionOf = new Map(state.operations.map(({ id, version }) => [id, version]))
  const faults = { wentBack: [] as string[], stale: [] as string[], unordered: [] as string[] }
  const reads = new Map<string, Read>()
  const open = new Map<string, Asked>()
  let floor = 0 // the highest version that was acknowledged to anybody
  for (const event of events) {
    if (event.kind === 'said') {
      const version = versionOf.get(event.operation.id) ?? Infinity
      if (version <= floor) faults.unordered.push(`${event.operation.id} is of version ${version}, said after ${floor}`)
    } else if (event.kind === 'asked') {
      open.set(`${event.client} ${event.asked}`, { cursors: event.request.cursors, floor })
    } else if (event.kind === 'answered') {
      const { client } = event
      const asked = open.get(`${client} ${event.asked}`) ?? { cursors: {}, floor: 0 }
      const read = reads.get(client) ?? { place: 0, buckets: new Set(), versions: new Map() }
      reads.set(client, read)
      const place = placeOf(event)
      if (place < asked.floor) faults.stale.push(`${client} read ${place}, when ${asked.floor} was acknowledged before`)
      faults.wentBack.push(...lookBack(event, asked.cursors, read).map((what) => `${client}: ${what}`))
      floor = Math.max(floor, ...acknowledged(event, versionOf))
    }
  }
  return faults
}

interface Asked {
  readonly cursors: SyncRequest['cursors']
  /** What had been acknowledged to anybody when it was asked. */
  readonly floor: number
}

function acknowledged({ answer }: Event<'answered'>, versionOf: ReadonlyMap<Uuid, number>): readonly number[] {
  return answer.outcomes.flatMap(({ id, status }) => (status === 'held' ? [] : (versionOf.get(id) ?? [])))
}

/** How far in the city's history an answer stands. */
export function placeOf({ answer }: Event<'answered'>): number {
  return Number(answer.place?.split(' ')[0] ?? 0)
}

/** Compares an answer with what was asked and with what the client has read before, and takes it in. */
function lookBack(event: Event<'answered'>, cursors: SyncRequest['cursors'], read: Read): readonly string[] {
  const { answer } = event
  const place = placeOf(event)
  const found = place < read.place ? [`place ${place} after ${read.place}`] : []
  read.place = Math.max(read.place, place)
  for (const [bucket, cursor] of Object.entries(answer.cursors)) {
    if (cursor < (cursors[bucket] ?? 0)) found.push(`cursor ${cursor} of ${bucket} after ${cursors[bucket]}`)
    read.buckets.add(bucket)
  }
  const gone = [...read.buckets].filter((bucket) => !bucket.startsWith('session:') && !(bucket in answer.cursors))
  const changes = answer.changes.flatMap((change) =>
    lookBackAt(change, { after: cursors[change.bucket] ?? 0, place, read }),
  )
  return [...found, ...gone.map((bucket) => `${bucket} was there before`), ...changes]
}

interface LookedAt {
  /** The cursor it was asked with. */
  readonly after: number
  readonly place: number
  readonly read: Read
}

function lookBackAt({ bucket, kind, id, version }: ChangedRecord, { after, place, read }: LookedAt): readonly string[] {
  const key = `${bucket} ${kind} ${id}`
  const before = read.versions.get(key) ?? 0
  read.versions.set(key, Math.max(version, before))
  const found: string[] = []
  if (version < before) found.push(`${key} of version ${version} after ${before}`)
  if (version <= after) found.push(`${key} of version ${version} again`)
  if (version > place) found.push(`${key} of version ${version} in an answer of ${place}`)
  return found
}
