import type { Brand } from './brand.ts'
import type { LocalDate } from './time.ts'

/** 年度, named by the calendar year it starts in: 2026 runs 2026-04-01 … 2027-03-31. */
export type FiscalYear = Brand<number, 'FiscalYear'>

const FIRST_MONTH = 4 // 地方自治法 第208条: a municipal fiscal year starts on April 1

/** The fiscal year a day belongs to. Total: every LocalDate has one. */
export function fiscalYearOf(day: LocalDate): FiscalYear {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))]
  return (month < FIRST_MONTH ? year - 1 : year) as FiscalYear
}

/** First and last day of a fiscal year. */
export function daysOf(year: FiscalYear): { readonly firstOn: LocalDate; readonly lastOn: LocalDate } {
  return { firstOn: `${year}-04-01` as LocalDate, lastOn: `${year + 1}-03-31` as LocalDate }
}
