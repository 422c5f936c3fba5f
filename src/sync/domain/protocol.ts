import * as v from 'valibot'
import { Mark, Undo, WalkIn } from '#attendance/domain/mark.ts'
import type { CheckInConcern } from '#attendance/domain/check-in-concern.ts'
import {
  CancelEnrollment,
  type CancelEnrollmentRefusal,
  type EnrollmentValue,
  type EnrollRefusal,
  RequestEnrollment,
  WithdrawEnrollment,
  type WithdrawRefusal,
} from '#enrollment/domain/enrollment.ts'
import { instant, uuid } from '#kernel/schema.ts'
import type { Uuid } from '#kernel/uuid.ts'
import { RecordItem, type RecordItemRefusal, SetIndicator } from '#kpi/domain/indicator.ts'
import { CloseYear, type CloseYearRefusal } from '#kpi/domain/year-closing.ts'
import type { Role } from '#login/domain/roles.ts'
import { Instructor } from '#people/domain/instructor.ts'
import {
  CorrectPerson,
  ErasePerson,
  type PersonRefusal,
  ResumePerson,
  StopPerson,
} from '#people/domain/person-change.ts'
import { type MergeRefusal, MergePerson, SeparatePerson } from '#people/domain/same-person.ts'
import { Venue } from '#people/domain/venue.ts'
import {
  CancelSession,
  CreateSession,
  EditSession,
  PublishSession,
  type SessionRefusal,
} from '#sessions/domain/session.ts'
import { Certify, type CertifyRefusal } from '#training/domain/certification.ts'
import type { ChangedRecord } from './device-record.ts'
import { PUSH_MAX } from './limits.ts'

const COUNT_MAX = 2 ** 31 - 1 // what the database's `int` holds
const sequence = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(COUNT_MAX))

function operation<Name extends string, Payload extends v.GenericSchema>(name: Name, payload: Payload) {
  return v.strictObject({ id: uuid, seq: sequence, at: instant, name: v.literal(name), payload })
}

/** Everything anybody can say to the server. A new feature starts with a line here.
 *  Assessments (attendance.*) are facts: never refused, only flagged. The others are decisions: answered with a value or a refusal. */
export const Operation = v.variant('name', [
  operation('venue.save', Venue),
  operation('instructor.save', Instructor),
  operation('session.create', CreateSession),
  operation('session.edit', EditSession),
  operation('session.publish', PublishSession),
  operation('session.cancel', CancelSession),
  operation('enrollment.request', RequestEnrollment),
  operation('enrollment.cancel', CancelEnrollment),
  operation('enrollment.withdraw', WithdrawEnrollment),
  operation('attendance.mark', Mark),
  operation('attendance.undo', Undo),
  operation('attendance.walkIn', WalkIn),
  operation('training.certify', Certify),
  operation('plan.setIndicator', SetIndicator),
  operation('plan.recordItem', RecordItem),
  operation('plan.closeYear', CloseYear),
  operation('person.correct', CorrectPerson),
  operation('person.stop', StopPerson),
  operation('person.resume', ResumePerson),
  operation('person.erase', ErasePerson),
  operation('person.merge', MergePerson),
  operation('person.separate', SeparatePerson),
])
export type Operation = v.InferOutput<typeof Operation>
export type OperationName = Operation['name']
export type OperationOf<Name extends OperationName> = Extract<Operation, { name: Name }>
export type PayloadOf<Name extends OperationName> = OperationOf<Name>['payload']

/** Why the server said no, in a code each page can put into words. */
export type Refusal =
  | SessionRefusal
  | EnrollRefusal
  | CancelEnrollmentRefusal
  | WithdrawRefusal
  | CertifyRefusal
  | RecordItemRefusal
  | PersonRefusal
  | MergeRefusal
  | CloseYearRefusal
  | { readonly code: 'not_permitted' }

/** Why an operation stays on the device: this server cannot read it, the device may not say it (yet), or the server failed. */
export type HeldReason = 'unreadable' | 'not_permitted' | 'fault'

/** What the server answered to one operation. `held` leaves it on the device, for a person to look at: a fact is never thrown away. */
export type Outcome =
  | {
      readonly id: Uuid
      readonly status: 'accepted'
      readonly value: EnrollmentValue | null
      readonly concern: CheckInConcern | null
    }
  | { readonly id: Uuid; readonly status: 'refused'; readonly refusal: Refusal }
  | { readonly id: Uuid; readonly status: 'held'; readonly reason: HeldReason }

/** POST /api/sync. Operations are read one by one, so that one unreadable never blocks the rest. */
export const SyncRequest = v.strictObject({
  protocol: v.pipe(v.number(), v.integer(), v.minValue(1)),
  device: v.strictObject({
    id: uuid,
    /** 256 random bits as hex, made with the id: proves that a later request comes from the same device. */
    secret: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    /** Operations that wait on the device, this push included. */
    unsentCount: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(COUNT_MAX)),
    // From here on since protocol 2, for the ledger of devices.
    /** The highest sequence number it ever gave; 0 = none. */
    lastSeq: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(COUNT_MAX))),
    /** Device clock: since when the oldest of what waits does so. */
    oldestUnsentAt: v.optional(v.nullable(instant)),
    /** Which build of the program it runs. */
    program: v.optional(v.pipe(v.string(), v.regex(/^[\w.-]{1,64}$/))),
  }),
  push: v.pipe(v.array(v.unknown()), v.maxLength(PUSH_MAX)),
  /** Last version seen, per bucket. A bucket not named is sent from its beginning. */
  cursors: v.record(v.string(), v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  /** Where in the city's history the device stands: `place` of the last answer. Since protocol 2. */
  place: v.optional(v.nullable(v.pipe(v.string(), v.regex(/^\d{1,15} [0-9a-f-]{36}$/)))),
})
export type SyncRequest = v.InferOutput<typeof SyncRequest>

export interface SyncAnswer {
  readonly outcomes: readonly Outcome[]
  readonly changes: readonly ChangedRecord[]
  /** What to send as cursors next time. Its keys are the buckets granted: the device drops all others. */
  readonly cursors: Readonly<Record<string, number>>
  /** Where in the city's history this answer stands, to be sent next time as it is: a server that was put back to an earlier day
   *  knows by it that the device has seen more. `null` before anything ever happened. */
  readonly place: string | null
  /** There is more to fetch at once. */
  readonly more: boolean
  /** Who holds this device, as the server sees it. */
  readonly holder: Holder
}

/** Who holds a device. Chooses what its pages offer and nothing more: what may be read or said is decided by the server. */
export interface Holder {
  readonly role: Role
  /** Whose paired phone it is, else who is signed in; `null` when nobody is. */
  readonly name: string | null
  /** Whether it is a volunteer's paired phone: what it holds of people opens by a PIN only. */
  readonly paired: boolean
}
/** Answers with HTTP 4xx: the request as a whole was not for us. */
export type SyncRefusal =
  | { readonly code: 'unreadable_request' }
  | { readonly code: 'device_unknown' }
  | { readonly code: 'protocol_too_new' }
