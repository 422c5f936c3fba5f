import * as v from 'valibot'
import type { Uuid } from './uuid.ts'
import { type Instant, type LocalDate, type LocalTime, parseLocalDate, parseLocalTime } from './time.ts'

/** The building blocks of every wire schema. They read what a machine wrote; what a person typed is read by `parse…` functions. */

export const uuid = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
  v.transform((text) => text as Uuid),
)

export const instant = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/),
  v.check((text) => !Number.isNaN(Date.parse(text))),
  v.transform((text) => text as Instant),
)

export const localDate = v.pipe(
  v.string(),
  v.check((text) => parseLocalDate(text) !== null),
  v.transform((text) => text as LocalDate),
)

export const localTime = v.pipe(
  v.string(),
  v.length(5),
  v.check((text) => parseLocalTime(text) !== null),
  v.transform((text) => text as LocalTime),
)

// eslint-disable-next-line no-control-regex -- the point is to find them
const CONTROL =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200B\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]/u
const LONE_SURROGATE = /\p{Surrogate}/u

/** Whether a text has characters that no keyboard gives and no printer shows: controls, direction marks, half a surrogate. */
export function hasUnprintable(text: string): boolean {
  return CONTROL.test(text) || LONE_SURROGATE.test(text)
}

/** Words of a person or an office, without surrounding blanks. */
export function words(maxLength: number) {
  return v.pipe(
    v.string(),
    v.trim(),
    v.nonEmpty(),
    v.maxLength(maxLength),
    v.check((text) => !hasUnprintable(text)),
  )
}

/** A reference to something another operation made. */
export function reference<Name extends string>() {
  return v.pipe(
    uuid,
    v.transform((id) => id as Uuid & { readonly __refersTo: Name }),
  )
}
