import { daysOf, type FiscalYear, fiscalYearOf } from '#kernel/fiscal-year.ts'
import { type Instant, type LocalDate, localDateOf, plusDays } from '#kernel/time.ts'

// source: docs/rules.md#retention

/** What is kept of people, by kind, and for how long. */
export const RETENTION = {
  /** Name, ふりがな and number of somebody who signed up or came. */
  contacts: { afterYears: 1 },
  /** The same of somebody who was certified: the city has to know whom. */
  certified: { afterYears: 5 },
  /** What was said in sign-ups that led to nothing. */
  inVain: { afterYears: 1 },
  /** What arrived about somebody after they were erased. */
  tooLate: { afterDays: 0 },
  /** A resident's device: a number it made itself, and a hash. */
  devices: { afterDays: 365 },
  /** When and in which browser somebody was signed in. */
  logins: { afterDays: 90 },
  /** Challenges, invitations and pairing codes that can no longer be used. */
  codes: { afterDays: 30 },
} as const satisfies Record<string, Kept>
export type RetentionKind = keyof typeof RETENTION

/** So many whole 年度 after the one of the last day, or so many days after it. */
export type Kept = { readonly afterYears: number } | { readonly afterDays: number }

/** The last day that is kept no longer: whatever was last on this day or before is due today. */
export function dueUntil(kept: Kept, today: LocalDate): LocalDate {
  if ('afterDays' in kept) return plusDays(today, -kept.afterDays - 1)
  return daysOf((fiscalYearOf(today) - kept.afterYears - 1) as FiscalYear).lastOn
}

/** The day on which something that was last on `lastOn` is due: kept for the whole time, gone on the day after. */
export function dueOn(kept: Kept, lastOn: LocalDate): LocalDate {
  if ('afterDays' in kept) return plusDays(lastOn, kept.afterDays + 1)
  return daysOf((fiscalYearOf(lastOn) + kept.afterYears + 1) as FiscalYear).firstOn
}

/** One kind, as it stands: what would go now, and what comes next. */
export interface RetentionLine {
  readonly kind: RetentionKind
  readonly heldCount: number
  readonly dueCount: number
  /** When the next ones are due, and how many; `null` when nothing else is held. */
  readonly nextOn: LocalDate | null
  readonly nextCount: number
}

/** Things of one kind by their last day. */
export interface DayCount {
  readonly lastOn: LocalDate
  readonly count: number
}

/** Adds up what is due today, and what is due next. */
export function assessRetention(kind: RetentionKind, days: readonly DayCount[], now: Instant): RetentionLine {
  const kept = RETENTION[kind]
  const until = dueUntil(kept, localDateOf(now))
  const later = days.filter((day) => day.lastOn > until).map((day) => ({ ...day, on: dueOn(kept, day.lastOn) }))
  const nextOn = later.map((day) => day.on).reduce<LocalDate | null>((a, b) => (a === null || b < a ? b : a), null)
  return {
    kind,
    heldCount: sum(days),
    dueCount: sum(days.filter((day) => day.lastOn <= until)),
    nextOn,
    nextCount: sum(later.filter((day) => day.on === nextOn)),
  }
}

function sum(days: readonly DayCount[]): number {
  return days.reduce((total, day) => total + day.count, 0)
}
