import * as v from 'valibot'
import { type Brand } from '#kernel/brand.ts'
import { reference } from '#kernel/schema.ts'
import type { Instant } from '#kernel/time.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import { type LearnerId, personKana, personName, phone } from '#people/domain/learner.ts'
import { sessionId, type SessionId, type SessionState } from '#sessions/domain/session.ts'

export const enrollmentId = reference<'enrollment'>()
export type EnrollmentId = v.InferOutput<typeof enrollmentId>
/** 受付番号: six digits, easy to read aloud; unique in the city. */
export type ReceiptNumber = Brand<string, 'ReceiptNumber'>
const receiptNumber = v.pipe(
  v.string(),
  v.regex(/^[1-9]\d{5}$/),
  v.transform((digits) => digits as ReceiptNumber),
)
const phoneLast4 = v.pipe(v.string(), v.regex(/^\d{4}$/))

/** How the person reached the city. 本人（ウェブ）/ 電話 / 窓口 / 家族 / 紙. */
export const CHANNELS = ['web', 'phone', 'counter', 'family', 'paper'] as const
export type Channel = (typeof CHANNELS)[number]

/** 申込. Name, ふりがな and phone are all we ask. */
export const RequestEnrollment = v.strictObject({
  enrollmentId,
  sessionId,
  name: personName,
  nameKana: personKana,
  phone,
  channel: v.picklist(CHANNELS),
})
export const CancelEnrollment = v.strictObject({ enrollmentId })
/** 本人による取り消し: what only the person knows stands for them. */
export const WithdrawEnrollment = v.strictObject({ receiptNumber, phoneLast4 })

/** What a person holds after asking: a seat, or the n-th place of the waitlist (1 = next). */
export type Place = { readonly state: 'enrolled' } | { readonly state: 'waitlisted'; readonly position: number }
export type EnrollmentValue = Place & { readonly receiptNumber: ReceiptNumber }

export type EnrollRefusal =
  | { readonly code: 'session_unknown' }
  | { readonly code: 'session_cancelled' }
  | { readonly code: 'deadline_passed'; readonly enrollUntil: Instant }
  | { readonly code: 'already_enrolled' }
  /** 利用停止: the person asked not to be listed any more. */
  | { readonly code: 'use_stopped' }
export type CancelEnrollmentRefusal = { readonly code: 'enrollment_unknown' } | { readonly code: 'already_cancelled' }
/** One word for a wrong number and for wrong digits: nobody learns which numbers there are. */
export type WithdrawRefusal =
  | { readonly code: 'booking_unknown' }
  | { readonly code: 'already_cancelled' }
  | { readonly code: 'session_begun' }

export interface EnrollFacts {
  readonly state: SessionState
  readonly enrollUntil: Instant
  readonly alreadyEnrolled: boolean
  readonly seats: number
  readonly seatsTaken: number
  readonly waiting: number
}

/** Gives a seat, or a place on the waitlist when the session is full. Those who wait come first: a seat that was freed is theirs. */
export function enroll(facts: EnrollFacts, now: Instant): Result<Place, EnrollRefusal> {
  if (facts.state === 'draft') return err({ code: 'session_unknown' })
  if (facts.state === 'cancelled') return err({ code: 'session_cancelled' })
  if (facts.alreadyEnrolled) return err({ code: 'already_enrolled' })
  if (now > facts.enrollUntil) return err({ code: 'deadline_passed', enrollUntil: facts.enrollUntil })
  const free = facts.waiting === 0 && facts.seatsTaken < facts.seats
  return ok(free ? { state: 'enrolled' } : { state: 'waitlisted', position: facts.waiting + 1 })
}

/** A booking as the device that asked for it may hold it: one body in its bucket `device:<id>`. No name, no phone. */
export interface Booking {
  readonly enrollmentId: EnrollmentId
  readonly sessionId: SessionId
  readonly receiptNumber: ReceiptNumber
  readonly state: 'enrolled' | 'waitlisted' | 'cancelled'
  /** Place on the waitlist, 1 = next; `null` unless waitlisted. */
  readonly position: number | null
}

/** One row of the office's list, read online only: the phone number never leaves the office. */
export interface EnrollmentRow extends Booking {
  readonly learnerId: LearnerId
  readonly name: string | null
  /** Empty: erased, a row about nobody. */
  readonly nameKana: string
  /** `null`: erased, or not to be called any more. */
  readonly phone: string | null
  /** 利用停止: not to be called. */
  readonly stopped: boolean
  readonly channel: Channel
  readonly requestedAt: Instant
  readonly present: boolean
}
