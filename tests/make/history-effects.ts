import type { Operation, OperationName, Outcome, PayloadOf } from '#sync/domain/protocol.ts'
import type { CityState, KeptEnrollment } from './city-state.ts'

type Effects = {
  readonly [Name in OperationName]?: (payload: PayloadOf<Name>, index: Index, outcome: Accepted) => boolean
}
type Accepted = Outcome & { readonly status: 'accepted' }

const DRAFTED = ['draft', 'published', 'cancelled']

/** What each operation leaves behind. What else an organizer writes is seen in the records of the feed. */
const EFFECTS: Effects = {
  'attendance.mark': ({ markId }, { marks }) => marks.get(markId) === false,
  'attendance.walkIn': ({ markId }, { marks }) => marks.get(markId) === true,
  'attendance.undo': ({ markIds }, { undone }) => markIds.every((markId) => undone.has(markId)),
  'enrollment.request': ({ enrollmentId }, { enrollments }, outcome) => isGiven(enrollments.get(enrollmentId), outcome),
  'enrollment.cancel': ({ enrollmentId }, { enrollments }) => isCancelled(enrollments.get(enrollmentId)),
  'enrollment.withdraw': ({ receiptNumber }, { receipts }) => isCancelled(receipts.get(receiptNumber)),
  'session.create': ({ sessionId }, { sessions }) => DRAFTED.includes(sessions.get(sessionId) ?? ''),
  'session.publish': ({ sessionId }, { sessions }) => DRAFTED.slice(1).includes(sessions.get(sessionId) ?? ''),
}

/** Whether what an outcome promised is there. */
export function isKept({ name, payload }: Operation, outcome: Outcome, state: CityState): boolean {
  if (outcome.status !== 'accepted') return true
  // One name, one payload: the compiler cannot see that they belong together.
  const isThere = EFFECTS[name] as ((payload: unknown, index: Index, outcome: Accepted) => boolean) | undefined
  return isThere?.(payload, indexOf(state), outcome) ?? true
}

function isGiven(enrollment: KeptEnrollment | undefined, outcome: Accepted): boolean {
  if (enrollment === undefined || enrollment.receiptNumber !== outcome.value?.receiptNumber) return false
  return outcome.value.state === 'waitlisted' || enrollment.grantedAt !== null
}

function isCancelled(enrollment: KeptEnrollment | undefined): boolean {
  return enrollment !== undefined && enrollment.cancelledAt !== null
}

interface Index {
  /** Whether it is that of a walk-in. */
  readonly marks: ReadonlyMap<string, boolean>
  readonly undone: ReadonlySet<string>
  readonly enrollments: ReadonlyMap<string, KeptEnrollment>
  readonly receipts: ReadonlyMap<string, KeptEnrollment>
  readonly sessions: ReadonlyMap<string, string>
}

const indexes = new WeakMap<CityState, Index>()

function indexOf(state: CityState): Index {
  const known = indexes.get(state)
  if (known !== undefined) return known
  const index: Index = {
    marks: new Map(state.marks.map(({ markId, walkIn }) => [markId, walkIn])),
    undone: new Set(state.undone),
    enrollments: new Map(state.enrollments.map((one) => [one.enrollmentId, one])),
    receipts: new Map(state.enrollments.map((one) => [one.receiptNumber, one])),
    sessions: new Map(state.sessions.map(({ sessionId, state: now }) => [sessionId, now])),
  }
  indexes.set(state, index)
  return index
}
