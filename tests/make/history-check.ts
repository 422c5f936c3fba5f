import { isDeepStrictEqual } from 'node:util'
import type { Uuid } from '#kernel/uuid.ts'
import type { ChangedRecord } from '#sync/domain/device-record.ts'
import type { Operation, Outcome } from '#sync/domain/protocol.ts'
import type { CityState } from './city-state.ts'
import { isKept } from './history-effects.ts'
import { findReadFaults, placeOf } from './history-reads.ts'
import { findOversold } from './history-seats.ts'
import type { History, HistoryEvent } from './history.ts'

export const RULES = [
  'lost', // an acknowledged operation is not there
  'unanswered', // something said was never answered
  'doubled', // something is there twice
  'appeared', // something is there that nobody said
  'unstable', // a retry was answered otherwise
  'oversold', // more people than seats, at any time
  'wentBack', // a client read something older than it had read before
  'stale', // a client did not read what was acknowledged before it asked
  'unordered', // what was acknowledged first did not come first
  'gap', // a version is missing
  'diverged', // after all is quiet, a client holds something else than the server
  'fault', // the server failed, or would not take an operation
] as const
export type Rule = (typeof RULES)[number]

export interface Violation {
  readonly rule: Rule
  readonly detail: string
}

/** What a device holds once all is quiet. */
export interface DeviceState {
  readonly client: string
  readonly buckets: readonly string[]
  readonly records: readonly ChangedRecord[]
}

export interface Judged {
  readonly history: Pick<History, 'events'>
  readonly state: CityState
  /** Empty unless every client has synced to the end: only then all must be answered, and all must be equal. */
  readonly devices: readonly DeviceState[]
  /** Whether somebody killed the server or its database meanwhile. */
  readonly wasKilled?: boolean
}

/** Judges a history by what the server holds in the end, as Jepsen does: nothing acknowledged is lost or doubled, every retry is
 *  answered alike, no seat is sold twice, reads never go back, and time runs forwards. */
export function checkHistory(judged: Judged): readonly Violation[] {
  const { history, state } = judged
  const said = new Map<Uuid, Operation>()
  const outcomes = new Map<Uuid, Outcome[]>()
  for (const event of history.events) {
    if (event.kind === 'said') said.set(event.operation.id, event.operation)
    if (event.kind !== 'answered') continue
    for (const outcome of event.answer.outcomes)
      outcomes.set(outcome.id, [...(outcomes.get(outcome.id) ?? []), outcome])
  }
  const facts: Facts = { ...judged, said, outcomes }
  const found: Readonly<Record<Rule, readonly string[]>> = {
    lost: [...findLost(facts), ...findLostReads(history.events, state)],
    unanswered: judged.devices.length === 0 ? [] : [...said.keys()].filter((id) => !isSettled(outcomes.get(id))),
    doubled: findDoubled(state),
    appeared: findAppeared(facts),
    unstable: findUnstable(facts),
    oversold: findOversold(state),
    ...findReadFaults(history.events, state),
    gap: state.versions.flatMap((version, index) => (version === index + 1 ? [] : [`${index + 1}`])).slice(0, 1),
    diverged: judged.devices.flatMap((device) => findDiverged(device, state)),
    fault: history.events.flatMap((event) => faultOf(event, judged.wasKilled ?? false)),
  }
  return RULES.flatMap((rule) => found[rule].map((detail) => ({ rule, detail })))
}

interface Facts extends Judged {
  readonly said: ReadonlyMap<Uuid, Operation>
  readonly outcomes: ReadonlyMap<Uuid, readonly Outcome[]>
}

function isSettled(outcomes: readonly Outcome[] = []): boolean {
  return outcomes.some(({ status }) => status !== 'held')
}

function findLost({ said, outcomes, state }: Facts): readonly string[] {
  const kept = new Set(state.operations.map(({ id }) => id))
  return [...said.values()].flatMap((operation) => {
    const { id, name } = operation
    const outcome = outcomes.get(id)?.find(({ status }) => status !== 'held')
    if (outcome === undefined) return []
    if (!kept.has(id)) return [`${name} ${id} was ${outcome.status} and is not written down`]
    return isKept(operation, outcome, state) ? [] : [`${name} ${id} was accepted and has had no effect`]
  })
}

/** What somebody has read is as good as acknowledged. */
function findLostReads(events: readonly HistoryEvent[], { version }: CityState): readonly string[] {
  const read = Math.max(0, ...events.map((event) => (event.kind === 'answered' ? placeOf(event) : 0)))
  return read > version ? [`${read} was read and the city stands at ${version}`] : []
}

function findDoubled({ operations, enrollments }: CityState): readonly string[] {
  const active = enrollments.filter(({ cancelledAt }) => cancelledAt === null)
  return [
    ...twice(operations.map(({ deviceId, seq }) => `operation ${seq} of device ${deviceId}`)),
    ...twice(active.map(({ sessionId, learnerId }) => `person ${learnerId} in session ${sessionId}`)),
    ...twice(enrollments.map(({ receiptNumber }) => `receipt number ${receiptNumber}`)),
  ]
}

function twice(names: readonly string[]): readonly string[] {
  const seen = new Set<string>()
  return names.filter((name) => seen.has(name) || !seen.add(name))
}

function findAppeared({ said, state }: Facts): readonly string[] {
  const all = [...said.values()]
  const marks = new Set<string>(all.flatMap(({ payload }) => ('markId' in payload ? [payload.markId] : [])))
  const requests = new Set<string>(
    all.flatMap(({ payload }) => ('enrollmentId' in payload ? [payload.enrollmentId] : [])),
  )
  return [
    ...state.operations.filter(({ id }) => !said.has(id)).map(({ id, name }) => `${name} ${id}`),
    ...state.marks.filter(({ markId }) => !marks.has(markId)).map(({ markId }) => `mark ${markId}`),
    ...state.enrollments
      .filter(({ enrollmentId }) => !requests.has(enrollmentId))
      .map(({ enrollmentId }) => `enrollment ${enrollmentId}`),
  ]
}

/** What was answered once stands: to whoever asks again, and in the server's own book. */
function findUnstable({ outcomes, state }: Facts): readonly string[] {
  const kept = new Map(state.operations.map(({ id, outcome }) => [id, { id, ...outcome }]))
  return [...outcomes].flatMap(([id, all]) => {
    const [first, ...others] = all.filter(({ status }) => status !== 'held')
    if (first === undefined) return []
    const other = [...others, kept.get(id) ?? first].find((one) => !isDeepStrictEqual(one, first))
    return other === undefined ? [] : [`${JSON.stringify(first)} became ${JSON.stringify(other)}`]
  })
}

function findDiverged({ client, buckets, records }: DeviceState, state: CityState): readonly string[] {
  const held = new Map(records.map((record) => [keyOf(record), record]))
  const wanted = state.records.filter(({ bucket, body }) => buckets.includes(bucket) && body !== null)
  const wrong = wanted.filter((record) => !isSame(record, held.get(keyOf(record))))
  const known = new Set(wanted.map(keyOf))
  const extra = records.filter((record) => !known.has(keyOf(record)))
  return [
    ...wrong.map((record) => `${client} lacks ${keyOf(record)} of version ${record.version}`),
    ...extra.map((record) => `${client} still holds ${keyOf(record)}`),
  ]
}

function isSame(one: ChangedRecord, other: ChangedRecord | undefined): boolean {
  return other !== undefined && one.version === other.version && isDeepStrictEqual(one.body, other.body)
}

function keyOf({ bucket, kind, id }: ChangedRecord): string {
  return `${bucket} ${kind} ${id}`
}

function faultOf(event: HistoryEvent, wasKilled: boolean): readonly string[] {
  if (event.kind === 'answered')
    return event.answer.outcomes.flatMap((one) => (one.status === 'held' ? [`${one.id} is held: ${one.reason}`] : []))
  if (event.kind !== 'lost' || event.status === null || event.status === 429) return []
  return wasKilled && event.status >= 500 ? [] : [`${event.client} was answered with ${event.status}`]
}
