import type { LocalDb } from '#client/local-db.ts'
import { recordsIn } from '#client/records.ts'
import type { Device } from '#client/local-schema.ts'
import type { Booking, EnrollmentId, EnrollmentValue, ReceiptNumber } from '#enrollment/domain/enrollment.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import type { Operation, Outcome, Refusal } from '#sync/domain/protocol.ts'

/** What became of a sign-up that was made on this device. */
export type RequestState =
  /** Kept here; not answered yet, perhaps for want of a network. */
  | { readonly status: 'waiting' | 'held' }
  | { readonly status: 'enrolled' | 'cancelled'; readonly receiptNumber: ReceiptNumber }
  | { readonly status: 'waitlisted'; readonly receiptNumber: ReceiptNumber; readonly position: number }
  | { readonly status: 'refused'; readonly refusal: Refusal }

export interface MyRequest {
  readonly enrollmentId: EnrollmentId
  readonly sessionId: SessionId
  /** As typed here; `null` once the device has put its own copy aside. */
  readonly name: string | null
  readonly state: RequestState
  /** Of the operation, to put its answer down as seen. */
  readonly operationId: string | null
}

/** Every sign-up of this device, oldest first. What the server says now outweighs what it answered then. */
export function readMyRequests(db: Pick<LocalDb, 'read'>): Promise<readonly MyRequest[]> {
  return db.read(['records', 'outbox', 'answers', 'meta'], async (tx) => {
    const device = (await tx.objectStore('meta').get('device')) as Device | undefined
    const [waiting, answers, bookings] = await Promise.all([
      tx.objectStore('outbox').getAll(),
      tx.objectStore('answers').getAll(),
      device === undefined ? [] : recordsIn(tx.objectStore('records'), `device:${device.id}`, 'booking'),
    ])
    const mine = new Map<EnrollmentId, MyRequest>()
    for (const { operation, state } of waiting) {
      put(mine, operation, { status: state === 'waiting' ? 'waiting' : 'held' })
    }
    for (const { operation, outcome } of answers) put(mine, operation, stateOf(outcome))
    for (const { body } of bookings) mine.set(body.enrollmentId, requestOf(body, mine.get(body.enrollmentId)))
    return [...mine.values()].sort((one, other) => (one.enrollmentId < other.enrollmentId ? -1 : 1))
  })
}

/** A booking as the server has it now, with what only this device knows of it. */
function requestOf(booking: Booking, known: MyRequest | undefined): MyRequest {
  const { enrollmentId, sessionId, receiptNumber, state: status, position } = booking
  const state: RequestState =
    status === 'waitlisted' ? { status, receiptNumber, position: position ?? 1 } : { status, receiptNumber }
  return { enrollmentId, sessionId, name: known?.name ?? null, operationId: known?.operationId ?? null, state }
}

function put(mine: Map<EnrollmentId, MyRequest>, operation: Operation, state: RequestState): void {
  if (operation.name !== 'enrollment.request') return
  const { enrollmentId, sessionId, name } = operation.payload
  mine.set(enrollmentId, { enrollmentId, sessionId, name, state, operationId: operation.id })
}

function stateOf(outcome: Outcome): RequestState {
  if (outcome.status === 'refused') return { status: 'refused', refusal: outcome.refusal }
  if (outcome.status === 'accepted' && outcome.value !== null) return placeOf(outcome.value)
  return { status: 'held' }
}

/** An answer in the words of this page. */
export function placeOf(value: EnrollmentValue): RequestState {
  const { receiptNumber } = value
  return value.state === 'enrolled'
    ? { status: 'enrolled', receiptNumber }
    : { status: 'waitlisted', receiptNumber, position: value.position }
}
