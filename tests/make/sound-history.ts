import type { EnrollmentId } from '#enrollment/domain/enrollment.ts'
import type { Instant } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { ChangedRecord } from '#sync/domain/device-record.ts'
import type { Outcome, SyncAnswer, SyncRequest } from '#sync/domain/protocol.ts'
import type { CityState } from './city-state.ts'
import { makeDevice } from './device.ts'
import type { HistoryEvent } from './history.ts'
import { makeEnrollment, makeMark } from './payloads.ts'

type Changed<Value> = {
  -readonly [Key in keyof Value]: Value[Key] extends readonly (infer Item)[] ? Item[] : Value[Key]
}

/** A small history in which all is well: a mark and two sign-ups, the first one answered twice. */
export function makeSoundHistory() {
  const volunteer = makeDevice({ role: 'volunteer' })
  const person = makeDevice({ role: 'resident' })
  const mark = volunteer.op('attendance.mark', makeMark())
  const sessionId = mark.payload.sessionId
  const first = person.op('enrollment.request', makeEnrollment({ sessionId }))
  const second = person.op('enrollment.request', makeEnrollment({ sessionId }))
  const record = makeRecord(sessionId, mark.payload.markId, 1)
  const taken: Outcome = { id: mark.id, status: 'accepted', value: null, concern: null }
  const seat = { state: 'enrolled', receiptNumber: '100001' } as never
  const place = { state: 'waitlisted', position: 1, receiptNumber: '100002' } as never
  const seated: Outcome = { id: first.id, status: 'accepted', value: seat, concern: null }
  const waiting: Outcome = { id: second.id, status: 'accepted', value: place, concern: null }
  const events: HistoryEvent[] = [
    { kind: 'said', client: 'volunteer', operation: mark },
    asked('volunteer', 1),
    answered('volunteer', 1, { at: 1, outcomes: [taken], changes: [record] }),
    { kind: 'said', client: 'person', operation: first },
    asked('person', 1),
    answered('person', 1, { at: 2, outcomes: [seated] }),
    asked('person', 2),
    answered('person', 2, { at: 2, outcomes: [seated] }),
    { kind: 'said', client: 'person', operation: second },
    asked('person', 3),
    { kind: 'lost', client: 'person', asked: 3, status: null },
    asked('person', 4),
    answered('person', 4, { at: 3, outcomes: [waiting] }),
  ]
  const written = [mark, first, second].map(({ id, seq, name }, index) => {
    const { id: _, ...outcome } = [taken, seated, waiting][index] as Outcome
    const deviceId = (index === 0 ? volunteer : person).actor.deviceId
    return { id, deviceId, seq, name, version: index + 1, outcome }
  })
  const state: Changed<CityState> = {
    version: 3,
    versions: [1, 2, 3],
    operations: written,
    marks: [{ markId: mark.payload.markId, learnerId: mark.payload.learnerId, walkIn: false }],
    undone: [],
    enrollments: [
      enrollment(first.payload.enrollmentId, {
        sessionId,
        receiptNumber: '100001',
        grantedAt: '2026-05-12T04:00:00.000Z',
      }),
      enrollment(second.payload.enrollmentId, { sessionId, receiptNumber: '100002', grantedAt: null }),
    ],
    sessions: [{ sessionId, state: 'published', seats: 1 }],
    records: [record],
  }
  const devices = [{ client: 'volunteer', buckets: [record.bucket], records: [record] }]
  return { events, state, devices, mark, first, second, record, sessionId }
}

export function makeRecord(sessionId: string, id: string, version: number): ChangedRecord {
  return {
    bucket: `session:${sessionId}`,
    kind: 'mark',
    id,
    version,
    body: { undone: false },
  } as unknown as ChangedRecord
}

function enrollment(
  enrollmentId: EnrollmentId,
  given: { readonly sessionId: Uuid; readonly receiptNumber: string; readonly grantedAt: string | null },
): CityState['enrollments'][number] {
  const learnerId = `person of ${enrollmentId}` as Uuid
  return { enrollmentId, learnerId, cancelledAt: null, ...given, grantedAt: given.grantedAt as Instant | null }
}

export function asked(client: string, number: number, cursors: SyncRequest['cursors'] = {}): HistoryEvent {
  const device = { id: client as Uuid, secret: '', unsentCount: 0 }
  return { kind: 'asked', client, asked: number, request: { protocol: 2, device, push: [], cursors } }
}

interface Answered {
  readonly at: number
  readonly outcomes?: readonly Outcome[]
  readonly changes?: readonly ChangedRecord[]
  readonly cursors?: SyncAnswer['cursors']
}

export function answered(
  client: string,
  number: number,
  { at, outcomes = [], changes = [], cursors = { public: 0 } }: Answered,
): HistoryEvent {
  const holder = { role: 'resident', name: null, paired: false } as const
  const answer = { outcomes, changes, cursors, place: `${at} mark`, more: false, holder }
  return { kind: 'answered', client, asked: number, answer }
}
