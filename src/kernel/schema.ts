import * as v from 'valibot'
import { hasUnprintable } from './unprintable.ts'
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
  v.check(isInstant),
  v.transform((text) => text as Instant),
)

/** A moment that every calendar has: `Date.parse` takes February 30 for March 2, and PostgreSQL has no year 0. */
function isInstant(text: string): boolean {
  const epochMs = Date.parse(text)
  return !Number.isNaN(epochMs) && new Date(epochMs).toISOString() === text && !text.startsWith('0000')
}

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
