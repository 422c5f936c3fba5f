import { type Instant, minutesBetween, plusMinutes } from '#kernel/time.ts'

// source: docs/rules.md#phone-lock

/** 暗証番号 before a pause. */
const PIN_TRIES = 5
const FIRST_PAUSE_MIN = 5
const LONGEST_PAUSE_MIN = 24 * 60
/** Out of sight for so long, the lists close. */
const LOCK_HIDDEN_MIN = 15
/** In sight, but nobody touches it. */
const LOCK_IDLE_MIN = 30

/** How often a wrong PIN came since the last right one. */
export interface PinTries {
  readonly failedCount: number
  /** No PIN is looked at before; `null` = no pause. */
  readonly lockedUntil: Instant | null
}

export const NO_TRIES: PinTries = { failedCount: 0, lockedUntil: null }

/** The later of the two: a clock set back shortens no pause and gives no list another day. */
export function latestSeen(now: Instant, seenAt: Instant): Instant {
  return now > seenAt ? now : seenAt
}

/** So far a phone's clock may be ahead of the city's. */
const AHEAD_MIN = 10

/** What a phone has seen, after the city has said what time it is: a clock that was ahead counts no longer, and a pause is as long
 *  as it was. */
export function settleClock<Seen extends { readonly lastSeenAt: Instant } & Pick<PinTries, 'lockedUntil'>>(
  seen: Seen,
  cityTime: Instant,
): Seen {
  const aheadMin = minutesBetween(cityTime, seen.lastSeenAt)
  if (aheadMin <= AHEAD_MIN) return seen
  const lockedUntil = seen.lockedUntil && plusMinutes(seen.lockedUntil, -aheadMin)
  return { ...seen, lastSeenAt: cityTime, lockedUntil }
}

/** One more wrong PIN. Every fifth begins a pause, twice as long as the one before. */
export function afterWrongPin({ failedCount, lockedUntil }: PinTries, seen: Instant): PinTries {
  const count = failedCount + 1
  if (count % PIN_TRIES !== 0) return { failedCount: count, lockedUntil }
  const pauseMin = Math.min(FIRST_PAUSE_MIN * 2 ** (count / PIN_TRIES - 1), LONGEST_PAUSE_MIN)
  return { failedCount: count, lockedUntil: plusMinutes(seen, pauseMin) }
}

/** Whole minutes, rounded up, before a PIN is looked at again; 0 = now. */
export function restMin({ lockedUntil }: PinTries, seen: Instant): number {
  return lockedUntil === null ? 0 : Math.max(0, Math.ceil(minutesBetween(seen, lockedUntil)))
}

/** How many PINs are looked at before the next pause. */
export function triesLeft({ failedCount }: PinTries): number {
  return PIN_TRIES - (failedCount % PIN_TRIES)
}

/** When the page was last touched, and since when it is out of sight. */
export interface LastUse {
  readonly touchedAt: Instant
  readonly hiddenAt: Instant | null
}

/** Whether the lists close by themselves. A clock that was set back far closes them too. */
export function isLeftAlone({ touchedAt, hiddenAt }: LastUse, now: Instant): boolean {
  const isHiddenLong = hiddenAt !== null && Math.abs(minutesBetween(hiddenAt, now)) >= LOCK_HIDDEN_MIN
  return isHiddenLong || Math.abs(minutesBetween(touchedAt, now)) >= LOCK_IDLE_MIN
}
