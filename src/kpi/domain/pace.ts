import { daysOf, type FiscalYear } from '#kernel/fiscal-year.ts'
import type { LocalDate } from '#kernel/time.ts'

// Two classes in the first week would forecast a hundred a year, so nothing is forecast before a month has passed.
export const FORECAST_FROM_DAYS = 30 // source: docs/rules.md#kpi-forecast

/** How a yearly count is getting on. `underway`: seen on a day of the year. `over`: the year has ended, the count stands. */
export type Pace =
  | {
      readonly state: 'underway'
      /** Share of the year that has passed, the day itself included; 0 … 1. */
      readonly elapsedRatio: number
      /** What a straight line would have by now; `null` without a target. */
      readonly expectedByNow: number | null
      /** What the year ends with if it goes on like this; `null` in the first month. */
      readonly forecast: number | null
      readonly standing: Standing | null
    }
  | { readonly state: 'over'; readonly standing: 'reached' | 'short' | null }
/** `reached`: the year's target is met. `onTrack` / `behind`: against the straight line. */
export type Standing = 'reached' | 'onTrack' | 'behind'

interface Seen {
  readonly count: number
  readonly target: number | null
}

/** The pace of a count in a 年度, seen on a day in Japan; `null` before the year begins. */
export function pace(seen: Seen, year: FiscalYear, today: LocalDate): Pace | null {
  const { firstOn, lastOn } = daysOf(year)
  if (today < firstOn) return null
  if (today > lastOn) return { state: 'over', standing: finalStanding(seen) }
  const elapsedDays = daysFrom(firstOn, today)
  const yearDays = daysFrom(firstOn, lastOn)
  const line = seen.target === null ? null : (seen.target * elapsedDays) / yearDays
  return {
    state: 'underway',
    elapsedRatio: elapsedDays / yearDays,
    expectedByNow: line === null ? null : Math.floor(line),
    forecast: elapsedDays < FORECAST_FROM_DAYS ? null : Math.floor((seen.count * yearDays) / elapsedDays),
    standing: runningStanding(seen, line),
  }
}

function finalStanding({ count, target }: Seen): 'reached' | 'short' | null {
  if (target === null) return null
  return count >= target ? 'reached' : 'short'
}

function runningStanding({ count, target }: Seen, line: number | null): Standing | null {
  if (target === null || line === null) return null
  if (count >= target) return 'reached'
  return count >= line ? 'onTrack' : 'behind'
}

/** Days from one day to another, both included. */
function daysFrom(first: LocalDate, last: LocalDate): number {
  return (Date.parse(last) - Date.parse(first)) / 86_400_000 + 1
}
