import type { FiscalYear } from '#kernel/fiscal-year.ts'
import { type Instant, localDateOf, localTimeOf, type LocalDate, type LocalTime } from '#kernel/time.ts'
import { dayParts, type Era, type EraYear, fiscalYearParts } from '#kernel/wareki.ts'

/** Days and times in the words of each language. Older readers live in 和暦, so both years always stand side by side. */
export type DateLanguage = 'ja' | 'en' | 'ja-easy'

const ERA_NAMES: Record<Era, { readonly ja: string; readonly en: string }> = {
  reiwa: { ja: '令和', en: 'Reiwa' },
  heisei: { ja: '平成', en: 'Heisei' },
  showa: { ja: '昭和', en: 'Showa' },
  taisho: { ja: '大正', en: 'Taisho' },
}
const WEEKDAYS_JA = '日月火水木金土'
const WEEKDAYS_EN = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const
const MONTHS_EN = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** 令和8年（2026年）5月12日（火）/ 2026年（令和8年）5月12日（火曜日）/ Tuesday, 12 May 2026 (Reiwa 8). */
export function formatDay(on: LocalDate, language: DateLanguage): string {
  const parts = dayParts(on)
  if (language === 'en') return `${WEEKDAYS_EN[parts.weekday]}, ${dayAndMonthEn(on)} ${yearEn(parts.year, parts)}`
  return `${yearJa(parts.year, parts, language)}${formatShortDay(on, language)}`
}

/** The same without its year, for a list that says the year above: 5月12日（火）. */
export function formatShortDay(on: LocalDate, language: DateLanguage): string {
  const { month, day, weekday } = dayParts(on)
  if (language === 'en') return `${WEEKDAYS_EN[weekday].slice(0, 3)}, ${dayAndMonthEn(on)}`
  return `${month}月${day}日（${WEEKDAYS_JA.charAt(weekday)}${language === 'ja-easy' ? '曜日' : ''}）`
}

/** 午後1時30分, 午前10時, 正午 / 昼の12時 / 1:30 p.m., noon. Nobody has to read 24 hours. */
export function formatTime(time: LocalTime, language: DateLanguage): string {
  const [hours, minutes] = [Number(time.slice(0, 2)), time.slice(3, 5)]
  if (time === '12:00') return { ja: '正午', en: 'noon', 'ja-easy': '昼の12時' }[language]
  if (language === 'en') return `${hours % 12 || 12}:${minutes} ${hours < 12 ? 'a.m.' : 'p.m.'}`
  return `${hours < 12 ? '午前' : '午後'}${hours % 12}時${minutes === '00' ? '' : `${Number(minutes)}分`}`
}

/** 午後1時30分から午後3時まで / 1:30 p.m. to 3:00 p.m. */
export function formatTimeRange(start: LocalTime, end: LocalTime, language: DateLanguage): string {
  const [from, until] = [formatTime(start, language), formatTime(end, language)]
  return language === 'en' ? `${from} to ${until}` : `${from}から${until}まで`
}

/** Day and range in one line: 令和8年（2026年）5月12日（火）午後1時30分から午後3時まで. */
export function formatDayAndTimes(
  held: { readonly heldOn: LocalDate; readonly startTime: LocalTime; readonly endTime: LocalTime },
  language: DateLanguage,
): string {
  const range = formatTimeRange(held.startTime, held.endTime, language)
  return joined(formatDay(held.heldOn, language), range, language)
}

/** A moment as the clocks of Japan show it: 令和8年（2026年）5月12日（火）午後1時30分. */
export function formatInstant(at: Instant, language: DateLanguage): string {
  return joined(formatDay(localDateOf(at), language), formatTime(localTimeOf(at), language), language)
}

/** 令和8年度（2026年度）/ 2026年度（令和8年度）/ fiscal year 2026 (Reiwa 8). FY2019 is 令和元年度, as offices write it. */
export function formatFiscalYear(year: FiscalYear, language: DateLanguage): string {
  const parts = fiscalYearParts(year)
  if (language === 'en') return `fiscal year ${yearEn(year, parts)}`
  return yearJa(year, parts, language).replaceAll('年', '年度')
}

function joined(day: string, time: string, language: DateLanguage): string {
  return language === 'en' ? `${day}, ${time}` : `${day}${time}`
}

function dayAndMonthEn(on: LocalDate): string {
  const { month, day } = dayParts(on)
  return `${day} ${MONTHS_EN[month - 1] ?? ''}`
}

function yearEn(year: number, { era, eraYear }: EraYear): string {
  return era === null ? `${year}` : `${year} (${ERA_NAMES[era].en} ${eraYear})`
}

function yearJa(year: number, { era, eraYear }: EraYear, language: 'ja' | 'ja-easy'): string {
  if (era === null) return `${year}年`
  if (language === 'ja-easy') return `${year}年（${ERA_NAMES[era].ja}${eraYear}年）`
  return `${ERA_NAMES[era].ja}${eraYear === 1 ? '元' : eraYear}年（${year}年）`
}
