import { type Instant, minutesBetween } from '#kernel/time.ts'

/** From then on a person is told in words. docs/rules.md#late-unsent */
export const LATE_AFTER_MIN = 60

/** How many have waited for an hour or longer, by the device's clock. A clock that was put right since may make one older than it is, or
 *  of tomorrow: an hour away either way counts, since a word too many costs less than one too few. */
export function countLate(queuedAts: readonly Instant[], now: Instant): number {
  return queuedAts.filter((queuedAt) => Math.abs(minutesBetween(queuedAt, now)) >= LATE_AFTER_MIN).length
}
