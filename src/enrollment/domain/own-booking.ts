import { err, ok, type Result } from '#kernel/result.ts'
import type { Instant } from '#kernel/time.ts'
import { foldWidth } from '#kernel/width.ts'
import type { PublicSession } from '#sessions/domain/public-session.ts'
import type { Booking, ReceiptNumber, WithdrawRefusal } from './enrollment.ts'
import { parseReceipt } from './receipt-number.ts'

/** What a person gives to see their own booking: 受付番号, and the last four digits of the phone number they gave. */
export const BOOKING_FIELDS = ['receiptNumber', 'phoneLast4'] as const
export type BookingField = (typeof BOOKING_FIELDS)[number]
export type TypedBookingKey = Readonly<Record<BookingField, string>>
export type BookingKeyProblem = 'empty' | 'not_six_digits' | 'not_four_digits'
export type BookingKeyProblems = Partial<Readonly<Record<BookingField, BookingKeyProblem>>>

export interface BookingKey {
  readonly receiptNumber: ReceiptNumber
  readonly phoneLast4: string
}

/** A booking as whoever holds its key may see it: no name, no phone number. */
export interface OwnBooking extends Pick<Booking, 'receiptNumber' | 'state' | 'position'> {
  readonly session: Pick<
    PublicSession,
    'title' | 'heldOn' | 'startTime' | 'endTime' | 'venueName' | 'venueAddress' | 'note' | 'cancelled' | 'startsAt'
  >
}

/** Reads the two fields as typed: full width, blanks and hyphens are no mistake. A whole phone number is none either: its end counts. */
export function readBookingKey(typed: TypedBookingKey): Result<BookingKey, BookingKeyProblems> {
  const receiptNumber = parseReceipt(typed.receiptNumber)
  const digits = foldWidth(typed.phoneLast4).replace(/[\s()\-‐‑–—―−ーｰ]/gu, '')
  const phoneLast4 = /^(\d{4}|0\d{9,10})$/.test(digits) ? digits.slice(-4) : null
  if (receiptNumber !== null && phoneLast4 !== null) return ok({ receiptNumber, phoneLast4 })
  return err({
    ...(receiptNumber === null && { receiptNumber: isBlank(typed.receiptNumber) ? 'empty' : 'not_six_digits' }),
    ...(phoneLast4 === null && { phoneLast4: isBlank(typed.phoneLast4) ? 'empty' : 'not_four_digits' }),
  })
}

function isBlank(text: string): boolean {
  return text.trim() === ''
}

/** Whether a person may still give their place back by themselves (docs/rules.md#own-booking). Once the class has begun, it is a matter for the office. */
export function withdraw(
  booking: { readonly isCancelled: boolean; readonly startsAt: Instant },
  now: Instant,
): Result<null, WithdrawRefusal> {
  if (booking.isCancelled) return err({ code: 'already_cancelled' })
  return now >= booking.startsAt ? err({ code: 'session_begun' }) : ok(null)
}
