import { type Instant, minutesBetween } from '#kernel/time.ts'
import type { RosterEntry } from './mark.ts'

export const CHECK_IN_OPENS_MIN = 30 // source: docs/rules.md#check-in-window
export const CLOCK_SKEW_MAX_MIN = 5 // source: docs/rules.md#device-clock

/** What looks odd about a mark. Kept beside it for review. */
export type CheckInConcern =
  | { readonly code: 'not_enrolled' }
  | { readonly code: 'waitlisted' }
  | { readonly code: 'session_cancelled' }
  | { readonly code: 'too_early'; readonly opensInMin: number }
  | { readonly code: 'over_capacity' }
  | { readonly code: 'clock_ahead'; readonly aheadMin: number }
  /** Handed in by a phone that is nobody's any more: docs/rules.md#pairing */
  | { readonly code: 'phone_revoked' }

export interface CheckInFacts {
  readonly startsAt: Instant | null
  readonly sessionCancelled: boolean
  readonly entry: RosterEntry['state'] | null
}

/** What looks wrong about a check-in; `null` when nothing does. It never forbids: a person at the desk
 *  is a fact, and an offline phone cannot ask. Staff may record anyway; the server keeps the concern. */
export function assessCheckIn(facts: CheckInFacts, markedAt: Instant): CheckInConcern | null {
  if (facts.sessionCancelled) return { code: 'session_cancelled' }
  if (facts.entry === null || facts.entry === 'cancelled') return { code: 'not_enrolled' }
  if (facts.entry === 'waitlisted') return { code: 'waitlisted' }
  if (facts.startsAt === null) return null
  const opensInMin = Math.ceil(minutesBetween(markedAt, facts.startsAt) - CHECK_IN_OPENS_MIN)
  return opensInMin > 0 ? { code: 'too_early', opensInMin } : null
}

/** A device clock that runs ahead of the server by more than the tolerated minutes. */
export function assessClock(deviceAt: Instant, receivedAt: Instant): CheckInConcern | null {
  const aheadMin = Math.ceil(minutesBetween(receivedAt, deviceAt))
  return aheadMin > CLOCK_SKEW_MAX_MIN ? { code: 'clock_ahead', aheadMin } : null
}
