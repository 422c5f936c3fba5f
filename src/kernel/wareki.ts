import type { FiscalYear } from './fiscal-year.ts'
import { type LocalDate, parseLocalDate } from './time.ts'

/** 元号. 令和 / 平成 / 昭和 / 大正. The words belong to the pages; here are only the parts. */
export type Era = 'reiwa' | 'heisei' | 'showa' | 'taisho'

const ERAS: readonly { readonly era: Era; readonly firstOn: string }[] = [
  { era: 'reiwa', firstOn: '2019-05-01' },
  { era: 'heisei', firstOn: '1989-01-08' },
  { era: 'showa', firstOn: '1926-12-25' },
  { era: 'taisho', firstOn: '1912-07-30' },
]

/** A year of an era; 1 is spoken 元年. Both `null` before 大正. */
export type EraYear = { readonly era: Era; readonly eraYear: number } | { readonly era: null; readonly eraYear: null }

/** A day taken apart. `weekday` counts from 0 = Sunday. */
export type DayParts = EraYear & {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly weekday: 0 | 1 | 2 | 3 | 4 | 5 | 6
}

/** The parts of a day, with its era. Total: every LocalDate has them. */
export function dayParts(on: LocalDate): DayParts {
  const [year, month, day] = [Number(on.slice(0, 4)), Number(on.slice(5, 7)), Number(on.slice(8, 10))]
  return { ...eraYearOf(on, year), year, month, day, weekday: weekdayOf(year, month, day) }
}

/** 年度 with its era. FY2019 began in 平成31年 but is 令和元年度: the era that the year ends December in is the year's. */
export function fiscalYearParts(year: FiscalYear): EraYear & { readonly year: number } {
  return { ...eraYearOf(`${year}-12-31`, year), year }
}

/** The day that an era date names; `null` when there is no such day, or the era did not run on it (平成31年6月1日). */
export function dayOfEra(said: { era: Era; eraYear: number; month: number; day: number }): LocalDate | null {
  const firstOn = ERAS.find(({ era }) => era === said.era)?.firstOn ?? ''
  const year = Number(firstOn.slice(0, 4)) + said.eraYear - 1
  const two = (part: number) => String(part).padStart(2, '0')
  const day = parseLocalDate(`${year}-${two(said.month)}-${two(said.day)}`)
  return day !== null && dayParts(day).era === said.era ? day : null
}

function eraYearOf(on: string, year: number): EraYear {
  const found = ERAS.find(({ firstOn }) => on >= firstOn)
  if (found === undefined) return { era: null, eraYear: null }
  return { era: found.era, eraYear: year - Number(found.firstOn.slice(0, 4)) + 1 }
}

const MONTH_SHIFTS = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4] as const

/** Sakamoto's rule: arithmetic on the calendar, so that no time zone can move the day. */
function weekdayOf(year: number, month: number, day: number): DayParts['weekday'] {
  const y = month < 3 ? year - 1 : year
  const days = y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + (MONTH_SHIFTS[month - 1] ?? 0) + day
  return (days % 7) as DayParts['weekday']
}
