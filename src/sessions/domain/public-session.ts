import { type Instant, type LocalDate, type LocalTime, plusMinutes } from '#kernel/time.ts'
import type { SessionId, SessionKind } from './session.ts'

/** What anybody may know about a session: one body in the bucket `public`. */
export interface PublicSession {
  readonly sessionId: SessionId
  readonly kind: SessionKind
  readonly title: string
  readonly venueName: string
  readonly venueAddress: string | null
  readonly heldOn: LocalDate
  readonly startTime: LocalTime
  readonly endTime: LocalTime
  readonly startsAt: Instant
  readonly endsAt: Instant
  /** Sign-up closes at this moment. */
  readonly enrollUntil: Instant
  readonly note: string | null
  readonly cancelled: boolean
  readonly seats: number
  readonly seatsLeft: number
  readonly waiting: number
}

export const PUBLIC_KEPT_DAYS = 14 // source: docs/rules.md#past-sessions

/** Sessions that ended before this moment leave the phones of residents. */
export function publicSince(now: Instant): Instant {
  return plusMinutes(now, -PUBLIC_KEPT_DAYS * 24 * 60)
}

/** 受付中 / 残りわずか / 満員・キャンセル待ち / 締切 / 中止 / 終了. */
export type PublicState = 'open' | 'few' | 'full' | 'closed' | 'cancelled' | 'over'

export const FEW_SEATS = 3 // source: docs/rules.md#few-seats

/** The one word a resident needs about a session at a given moment. */
export function publicState(session: PublicSession, now: Instant): PublicState {
  if (session.cancelled) return 'cancelled'
  if (now >= session.endsAt) return 'over'
  if (now > session.enrollUntil) return 'closed'
  if (session.seatsLeft === 0 || session.waiting > 0) return 'full'
  return session.seatsLeft <= FEW_SEATS ? 'few' : 'open'
}
