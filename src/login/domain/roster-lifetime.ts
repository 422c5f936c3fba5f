import { type Instant, instantAt, localDateOf, type LocalTime, plusDays, plusMinutes } from '#kernel/time.ts'
import type { Session } from '#sessions/domain/session.ts'

// source: docs/rules.md#phone-lock

const DAY_MIN = 24 * 60
/** Lists stay readable for so long after the last session they are for. */
const AFTER_END_MIN = DAY_MIN
/** A phone that heard nothing from the city for so long holds nobody's names. */
export const OFFLINE_DAYS = 14
/** A list reaches a phone on the day before at the earliest: docs/rules.md#rosters-on-phones. */
const AHEAD_DAYS = 1
const MIDNIGHT = '00:00' as LocalTime

export type HeldTimes = Pick<Session, 'heldOn' | 'endTime'>

/** The end of the last of these sessions; one without a time ends with its day. `null` when none of them has a day. */
export function lastEndOf(held: readonly HeldTimes[]): Instant | null {
  const ends = held.flatMap(({ heldOn, endTime }) =>
    heldOn === null ? [] : [endTime === null ? instantAt(plusDays(heldOn, 1), MIDNIGHT) : instantAt(heldOn, endTime)],
  )
  return ends.reduce<Instant | null>((last, end) => (last === null || end > last ? end : last), null)
}

/** What is known of the lists of a phone without reading them. */
export interface ListTimes {
  /** The end of the last session held; `null` when their sessions are not known. */
  readonly lastEndAt: Instant | null
  readonly lastContactAt: Instant
}

/** `over`: the last session ended a day ago. `away`: nothing was heard from the city for two weeks. */
export type ListsEnd = 'over' | 'away'

/** Why the lists of a phone have to go; `null` while they may stay. Where no session is known, they are taken to be of the
 *  last day they can be of. */
export function listsEnd({ lastEndAt, lastContactAt }: ListTimes, seen: Instant): ListsEnd | null {
  if (seen >= plusMinutes(lastContactAt, OFFLINE_DAYS * DAY_MIN)) return 'away'
  const lastDay = plusDays(localDateOf(lastContactAt), AHEAD_DAYS)
  const end = lastEndAt ?? instantAt(plusDays(lastDay, 1), MIDNIGHT)
  return seen >= plusMinutes(end, AFTER_END_MIN) ? 'over' : null
}
