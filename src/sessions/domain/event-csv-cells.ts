import { type LocalDate, type LocalTime, parseLocalDate, parseLocalTime } from '#kernel/time.ts'
import { dayOfEra, dayParts, type Era } from '#kernel/wareki.ts'
import { foldWidth } from '#kernel/width.ts'
import { CAPACITY_MAX } from './session.ts'

/** What one cell says. `unclear` is left to a person; `impossible` names a day that no calendar has. */
export type Reading<Value> =
  | { readonly is: 'value'; readonly value: Value }
  | { readonly is: 'empty' | 'unclear' | 'impossible' }

const EMPTY = { is: 'empty' } as const
const UNCLEAR = { is: 'unclear' } as const
const IMPOSSIBLE = { is: 'impossible' } as const

const ERAS: Record<string, Era> = { 令和: 'reiwa', R: 'reiwa', 平成: 'heisei', H: 'heisei' }
// A weekday, and the midnight that spreadsheets add to a day, may follow.
const TAIL = String.raw`\s*(?:[(（]?([日月火水木金土])(?:曜日?)?[)）]?)?(?:[ T]\s*0?0:00(?::00)?)?$`
const WESTERN = new RegExp(String.raw`^(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年\s*(\d{1,2})月\s*(\d{1,2})日)${TAIL}`)
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/
const OF_ERA = new RegExp(
  String.raw`^(令和|平成|[RH])\s*(元|\d{1,2})(?:([-/.])(\d{1,2})\3(\d{1,2})|年\s*(\d{1,2})月\s*(\d{1,2})日)${TAIL}`,
)

/** Reads 2022-01-24, 2022/1/24, 20220124, 2022年1月24日, 令和4年1月24日, R4.1.24, each with or without its weekday.
 *  24/1/2022, 22/1/24 and 1月24日 stay unclear: they could be more than one day. */
export function readDay(cell: string): Reading<LocalDate> {
  const text = foldWidth(cell).trim()
  if (text === '') return EMPTY
  const compact = COMPACT.exec(text)
  if (compact !== null) return western(compact[1], compact[2], compact[3])
  const [, year, , month, day, monthJa, dayJa, weekday] = WESTERN.exec(text) ?? []
  if (year !== undefined) return onWeekday(western(year, month ?? monthJa, day ?? dayJa), weekday)
  return ofEra(OF_ERA.exec(text) ?? [])
}

function western(year = '', month = '', day = ''): Reading<LocalDate> {
  if (!/^(19|20)/.test(year)) return UNCLEAR
  const value = parseLocalDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
  return value === null ? IMPOSSIBLE : { is: 'value', value }
}

function ofEra(match: readonly (string | undefined)[]): Reading<LocalDate> {
  const [, name = '', eraYear, , month, day, monthJa, dayJa, weekday] = match
  const era = ERAS[name]
  if (era === undefined) return UNCLEAR
  const said = {
    era,
    eraYear: eraYear === '元' ? 1 : Number(eraYear),
    month: Number(month ?? monthJa),
    day: Number(day ?? dayJa),
  }
  const value = dayOfEra(said)
  return value === null ? noSuchDay(said) : onWeekday({ is: 'value', value }, weekday)
}

/** 平成35年 is a day that somebody meant under an era that had ended; 令和4年2月30日 is none. */
function noSuchDay(said: { era: Era; eraYear: number; month: number; day: number }): Reading<LocalDate> {
  if (said.month < 1 || said.month > 12 || said.day < 1) return IMPOSSIBLE
  return dayOfEra({ ...said, day: Math.min(said.day, 28) }) === null ? UNCLEAR : IMPOSSIBLE
}

/** A day whose stated weekday is another one: one of the two is wrong, and only a person knows which. */
function onWeekday(reading: Reading<LocalDate>, weekday: string | undefined): Reading<LocalDate> {
  if (reading.is !== 'value' || weekday === undefined) return reading
  return '日月火水木金土'.charAt(dayParts(reading.value).weekday) === weekday ? reading : UNCLEAR
}

/** Reads 13:30, 9:30, 13:30:00, 午後1時30分, 午前10時, 正午, 13時30分. A plain 1時30分 stays unclear: morning or afternoon? */
export function readTime(cell: string): Reading<LocalTime> {
  const text = foldWidth(cell).trim()
  if (text === '') return EMPTY
  if (text === '正午') return timeReading(12, 0)
  const colon = /^(\d{1,2}:\d{2})(?::00)?$/.exec(text)
  if (colon !== null) {
    const value = parseLocalTime(colon[1] ?? '')
    return value === null ? UNCLEAR : { is: 'value', value }
  }
  const [, half, hours, minutes, halfPast] = /^(午前|午後)?\s*(\d{1,2})時(?:(\d{1,2})分|(半))?$/.exec(text) ?? []
  return timeInWords(half, Number(hours), halfPast === undefined ? Number(minutes ?? 0) : 30)
}

function timeInWords(half: string | undefined, hours: number, minutes: number): Reading<LocalTime> {
  if (Number.isNaN(hours) || minutes > 59) return UNCLEAR
  if (half === undefined) return hours >= 13 && hours <= 23 ? timeReading(hours, minutes) : UNCLEAR
  // 午後12時30分 is noon to some and midnight to others.
  if (hours > 11) return UNCLEAR
  return timeReading(half === '午後' ? hours + 12 : hours, minutes)
}

function timeReading(hours: number, minutes: number): Reading<LocalTime> {
  const two = (part: number) => String(part).padStart(2, '0')
  return { is: 'value', value: `${two(hours)}:${two(minutes)}` as LocalTime }
}

/** Reads 20, ２０, 20名, 20人. 「20名程度」「各回10」, 0 and more than a hall can hold stay unclear. */
export function readCapacity(cell: string): Reading<number> {
  const text = foldWidth(cell).trim()
  if (text === '') return EMPTY
  const [, digits] = /^(\d{1,4})[名人]?$/.exec(text) ?? []
  const value = Number(digits ?? Number.NaN)
  return value >= 1 && value <= CAPACITY_MAX ? { is: 'value', value } : UNCLEAR
}
