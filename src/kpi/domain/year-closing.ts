import * as v from 'valibot'
import { daysOf, type FiscalYear } from '#kernel/fiscal-year.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'
import { fiscalYear } from './indicator.ts'

/** 年度を締める. Cannot be undone. */
export const CloseYear = v.strictObject({ fiscalYear })

export type CloseYearRefusal =
  /** Its last day is not over in Japan. */
  { readonly code: 'year_not_over' } | { readonly code: 'year_closed' }

/** A closed year: since when its numbers stand, and who said so. */
export interface YearClosing {
  readonly closedAt: Instant
  /** `null`: nobody with a name. */
  readonly closedBy: string | null
}

/** 締後修正: how many rows a closed year has gained and lost since. They change no number of it. */
export interface LateCorrection {
  readonly addedCount: number
  readonly goneCount: number
}

/** Whether a year can still get new days: it is over on the day after its last one. Source: docs/rules.md#year-closing */
export function isOver(year: FiscalYear, today: LocalDate): boolean {
  return today > daysOf(year).lastOn
}

/** Source: docs/rules.md#year-closing */
export function assessClosing(
  year: FiscalYear,
  { today, closed }: { readonly today: LocalDate; readonly closed: boolean },
): CloseYearRefusal | null {
  if (closed) return { code: 'year_closed' }
  return isOver(year, today) ? null : { code: 'year_not_over' }
}
