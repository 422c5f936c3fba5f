import { daysOf, type FiscalYear } from '#kernel/fiscal-year.ts'
import { type Instant, type LocalDate, plusDays } from '#kernel/time.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import type { SessionId, SessionKind } from '#sessions/domain/session.ts'
import type { Actual, Indicator, Measure } from './indicator.ts'
import { type Pace, pace } from './pace.ts'
import type { LateCorrection, YearClosing } from './year-closing.ts'
import { achievementRatio, type Target, targetFor } from './target.ts'

/** What attending a session of a kind counts for; training counts by certification only. Twin of the SQL view `kpi_facts`. */
export const MEASURE_OF_KIND: Readonly<Record<SessionKind, Measure | null>> = {
  class: 'classAttendances',
  outreach: 'classAttendances',
  helpDesk: 'helpDeskVisits',
  instructorTraining: null,
}

/** What was counted for one indicator in one 年度. */
export interface CountedIndicator {
  readonly indicator: Indicator
  /** `null` where nothing can be known: a running total before its baseline. */
  readonly actual: Actual | null
  /** Of it, in this 年度. The same as the count for a flow. */
  readonly thisYearCount: number
}

/** One line of the KPI page. */
export interface KpiLine extends CountedIndicator {
  readonly target: Target | null
  readonly ratio: number | null
  /** Only for what is counted per year. */
  readonly pace: Pace | null
  /** 締後修正; `null` while the year is open. */
  readonly lateCorrection: LateCorrection | null
}

/** GET /api/kpi/:year */
export interface KpiPage {
  readonly year: FiscalYear
  /** The day in Japan on which the server counted. */
  readonly today: LocalDate
  readonly lines: readonly KpiLine[]
  /** 要確認: people who came, in a session that the server does not know or that has no day. In no year's total yet. */
  readonly reviewCount: number
  readonly unreported: Unreported
  /** `null` while the year is open, and its numbers may change. */
  readonly closing: YearClosing | null
}

/** 未着: what phones and browsers of those who work here have said or should have, and the city does not know yet, for one 年度.
 *  Source: docs/rules.md#device-ledger */
export interface Unreported {
  /** What waits on them by their own word, and what is missing between their numbers. */
  readonly factCount: number
  /** Devices that have to come in: with something of it, or silent since a session of the year ended. */
  readonly deviceCount: number
}

/** One row behind a number: one person at one session, one certified person, or one entry of the register. */
export type KpiRow = AttendanceRow | CertificationRow | ItemRow

export interface AttendanceRow {
  readonly of: 'attendance'
  readonly sessionId: SessionId
  readonly heldOn: LocalDate
  readonly title: string
  readonly venueName: string | null
  readonly sessionCancelled: boolean
  readonly person: Person
  readonly firstMarkedAt: Instant
  readonly deviceCount: number
  readonly walkIn: boolean
}
export interface CertificationRow {
  readonly of: 'certification'
  readonly certifiedOn: LocalDate
  readonly number: string
  readonly person: Person
}
export interface ItemRow {
  readonly of: 'item'
  readonly itemId: string
  readonly name: string
  readonly startedOn: LocalDate
}
/** A person behind a row. Name and kana are `null` while a mark is here and its walk-in is still on a phone. */
export interface Person {
  readonly learnerId: LearnerId
  readonly name: string | null
  readonly nameKana: string | null
}
/** 要確認: an attendance that no year can count yet, and why. */
export interface ReviewRow {
  readonly why: 'session_unknown' | 'day_unknown'
  readonly sessionId: SessionId
  readonly title: string | null
  readonly person: Person
  readonly firstMarkedAt: Instant
}

/** GET /api/kpi/:year/:indicatorId — the total is always `baseline + rows.length`. */
export interface KpiRows {
  readonly year: FiscalYear
  readonly today: LocalDate
  readonly counted: CountedIndicator
  /** What a running total starts from; `null` for a flow. */
  readonly baseline: Indicator['baseline'] | null
  readonly rows: readonly KpiRow[]
  /** Recorded, but begun before the count starts: inside the baseline, so not counted again. */
  readonly insideBaselineCount: number
  readonly reviewRows: readonly ReviewRow[]
  readonly closing: YearClosing | null
  readonly late: LateRows
}

/** 締後修正: of a closed year the rows that came since, and those that are no more. In no number of that year. */
export interface LateRows {
  readonly added: readonly KpiRow[]
  readonly gone: readonly KpiRow[]
}

export type KpiRefusal =
  | { readonly code: 'not_permitted' }
  | { readonly code: 'year_unknown' }
  | { readonly code: 'indicator_unknown' }

/** The days whose facts a number is made of: one 年度 for a flow; for a running total everything after its baseline,
 *  because what began before is inside the baseline already. `null` before the baseline. Source: docs/rules.md#kpi-running-total */
export function countedDays(
  indicator: Pick<Indicator, 'kind' | 'baseline'>,
  year: FiscalYear,
): { readonly firstOn: LocalDate; readonly lastOn: LocalDate } | null {
  const { firstOn, lastOn } = daysOf(year)
  if (indicator.kind === 'flow') return { firstOn, lastOn }
  if (year < indicator.baseline.year) return null
  return { firstOn: plusDays(daysOf(indicator.baseline.year).lastOn, 1), lastOn }
}

/** Sets a count beside what was promised. */
export function assessIndicator(
  counted: CountedIndicator,
  year: FiscalYear,
  today: LocalDate,
): Omit<KpiLine, 'lateCorrection'> {
  const target = targetFor(counted.indicator, year)
  const count = counted.actual?.count ?? null
  return {
    ...counted,
    target,
    ratio: achievementRatio(count, target?.value ?? null),
    pace:
      counted.indicator.kind === 'flow' && count !== null
        ? pace({ count, target: target?.value ?? null }, year, today)
        : null,
  }
}
