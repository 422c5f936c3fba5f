import type { Brand } from './brand.ts'

/** A moment, as ISO 8601 in UTC with milliseconds: `2026-05-12T04:30:00.000Z`. Compares with `<` as text. */
export type Instant = Brand<string, 'Instant'>
/** A day in Japan: `2026-05-12`. */
export type LocalDate = Brand<string, 'LocalDate'>
/** A time of day in Japan: `13:30`. */
export type LocalTime = Brand<string, 'LocalTime'>

// Japan has had one offset and no summer time since 1952, so nine hours are exact for every date this product meets.
const JAPAN_OFFSET_MS = 9 * 60 * 60 * 1000
const MINUTE_MS = 60_000

/** The instant of a machine clock reading, in milliseconds since 1970. */
export function instantOf(epochMs: number): Instant {
  return new Date(epochMs).toISOString() as Instant
}

/** The instant at which the clocks of Japan show this day and time. */
export function instantAt(day: LocalDate, time: LocalTime): Instant {
  return instantOf(Date.parse(`${day}T${time}:00.000Z`) - JAPAN_OFFSET_MS)
}

/** The day in Japan on which an instant falls. */
export function localDateOf(instant: Instant): LocalDate {
  return inJapan(instant).slice(0, 10) as LocalDate
}

/** The time of day in Japan of an instant, to the minute. */
export function localTimeOf(instant: Instant): LocalTime {
  return inJapan(instant).slice(11, 16) as LocalTime
}

/** Minutes from `start` to `end`; negative when `end` is earlier. */
export function minutesBetween(start: Instant, end: Instant): number {
  return (Date.parse(end) - Date.parse(start)) / MINUTE_MS
}

export function plusMinutes(instant: Instant, minutes: number): Instant {
  return instantOf(Date.parse(instant) + minutes * MINUTE_MS)
}

export function plusDays(day: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * 24 * 60 * MINUTE_MS)
    .toISOString()
    .slice(0, 10) as LocalDate
}

/** Reads `2026-05-12`; `null` for anything that is not a day of the calendar. */
export function parseLocalDate(text: string): LocalDate | null {
  if (!/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text)) return null // PostgreSQL has no year 0
  const epochMs = Date.parse(`${text}T00:00:00.000Z`)
  return !Number.isNaN(epochMs) && new Date(epochMs).toISOString().startsWith(text) ? (text as LocalDate) : null
}

/** Reads `9:30` or `09:30`; `null` for anything that is not a time of day. */
export function parseLocalTime(text: string): LocalTime | null {
  const [, hours, minutes] = /^(\d{1,2}):([0-5]\d)$/.exec(text) ?? []
  if (hours === undefined || minutes === undefined || Number(hours) > 23) return null
  return `${hours.padStart(2, '0')}:${minutes}` as LocalTime
}

function inJapan(instant: Instant): string {
  return new Date(Date.parse(instant) + JAPAN_OFFSET_MS).toISOString()
}
