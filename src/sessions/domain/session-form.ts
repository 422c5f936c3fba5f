import { hasUnprintable } from '#kernel/unprintable.ts'
import { err, ok, type Result } from '#kernel/result.ts'
import type { LocalDate, LocalTime } from '#kernel/time.ts'
import { type Reading, readCapacity, readDay, readTime } from './event-csv-cells.ts'
import {
  CAPACITY_MAX,
  missingForPublication,
  SESSION_KINDS,
  type SessionFields,
  type SessionKind,
  type SessionState,
} from './session.ts'
import { readTeachers, TEACHERS_MAX, writeTeachers } from './typed-teachers.ts'

export const TITLE_MAX = 100 // the same limits as SessionFields
export const NOTE_MAX = 1000

/** The form of a session as an organizer fills it in. `venueId` and `teachers` are chosen, the rest is typed. */
export const SESSION_FORM_FIELDS = [
  'kind',
  'title',
  'venueId',
  'heldOn',
  'startTime',
  'endTime',
  'capacity',
  'teachers',
  'enrollUntilOn',
  'note',
] as const
export type SessionFormField = (typeof SESSION_FORM_FIELDS)[number]
export type TypedSession = Readonly<Record<SessionFormField, string>>

/** What is the matter with one field. A page says what to do about each. */
export type SessionProblem =
  | { readonly code: 'empty' | 'unprintable' | 'emoji' | 'unclear' | 'impossible' | 'not_chosen' | 'needed' }
  | { readonly code: 'ends_before_start' | 'deadline_after_day' }
  | { readonly code: 'too_long' | 'not_a_count' | 'too_many'; readonly limitCount: number }
export type SessionProblems = Readonly<Partial<Record<SessionFormField, SessionProblem>>>

/** Reads the form of a session: what to send, or what to say at which field. A draft may leave open what is not decided
 *  yet; an announced session may not. Days and times are understood as a person writes them, and never guessed. */
export function readSessionForm(typed: TypedSession, state: SessionState): Result<SessionFields, SessionProblems> {
  const problems: { [Field in SessionFormField]?: SessionProblem } = {}
  const take = <Value>(field: SessionFormField, read: Result<Value, SessionProblem>): Value | null => {
    if (read.ok) return read.value
    problems[field] = read.error
    return null
  }
  const fields: SessionFields = {
    kind: take('kind', readKind(typed.kind)) ?? 'class',
    title: take('title', readTitle(typed.title)) ?? '',
    venueId: (typed.venueId || null) as SessionFields['venueId'],
    heldOn: take('heldOn', valueOrProblem(readDay(typed.heldOn))),
    startTime: take('startTime', valueOrProblem(readTime(typed.startTime))),
    endTime: take('endTime', valueOrProblem(readTime(typed.endTime))),
    capacity: take('capacity', readSeats(typed.capacity)),
    teachers: take('teachers', readChosenTeachers(typed.teachers)) ?? [],
    enrollUntilOn: take('enrollUntilOn', valueOrProblem(readDay(typed.enrollUntilOn))),
    note: take('note', readNote(typed.note)),
  }
  const found: SessionProblems = { ...missing(fields, state), ...together(fields), ...problems }
  return Object.keys(found).length > 0 ? err(found) : ok(fields)
}

/** What is wrong only when two answers are looked at together. */
function together({ heldOn, startTime, endTime, enrollUntilOn }: SessionFields): SessionProblems {
  const isReversed = startTime !== null && endTime !== null && endTime <= startTime
  const isLate = heldOn !== null && enrollUntilOn !== null && enrollUntilOn > heldOn
  return {
    ...(isReversed && { endTime: { code: 'ends_before_start' as const } }),
    ...(isLate && { enrollUntilOn: { code: 'deadline_after_day' as const } }),
  }
}

function missing(fields: SessionFields, state: SessionState): SessionProblems {
  const needed = state === 'published' ? missingForPublication(fields) : []
  return Object.fromEntries(needed.map((field) => [field, { code: 'needed' as const }]))
}

/** The form as it stands when an organizer opens a session to change it. */
export function typedSession(fields: SessionFields): TypedSession {
  return {
    kind: fields.kind,
    title: fields.title,
    venueId: fields.venueId ?? '',
    heldOn: fields.heldOn ?? '',
    startTime: fields.startTime ?? '',
    endTime: fields.endTime ?? '',
    capacity: fields.capacity === null ? '' : String(fields.capacity),
    teachers: writeTeachers(fields.teachers),
    enrollUntilOn: fields.enrollUntilOn ?? '',
    note: fields.note ?? '',
  }
}

export const EMPTY_SESSION_FORM: TypedSession = {
  kind: 'class',
  title: '',
  venueId: '',
  heldOn: '',
  startTime: '',
  endTime: '',
  capacity: '',
  teachers: '',
  enrollUntilOn: '',
  note: '',
}

/** The day a person typed, to show it in full while they type; `null` while it is no day yet. */
export function typedDay(text: string): LocalDate | null {
  return valueOf(readDay(text))
}

export function typedTime(text: string): LocalTime | null {
  return valueOf(readTime(text))
}

export function typedCapacity(text: string): number | null {
  return valueOf(readCapacity(text))
}

function valueOf<Value>(reading: Reading<Value>): Value | null {
  return reading.is === 'value' ? reading.value : null
}

function valueOrProblem<Value>(reading: Reading<Value>): Result<Value | null, SessionProblem> {
  if (reading.is === 'value') return ok(reading.value)
  return reading.is === 'empty' ? ok(null) : err({ code: reading.is })
}

function readKind(text: string): Result<SessionKind, SessionProblem> {
  const kind = SESSION_KINDS.find((one) => one === text)
  return kind === undefined ? err({ code: 'not_chosen' }) : ok(kind)
}

function readSeats(text: string): Result<number | null, SessionProblem> {
  const reading = readCapacity(text)
  if (reading.is === 'value') return ok(reading.value)
  return reading.is === 'empty' ? ok(null) : err({ code: 'not_a_count', limitCount: CAPACITY_MAX })
}

function readChosenTeachers(text: string): Result<SessionFields['teachers'], SessionProblem> {
  const teachers = readTeachers(text)
  return teachers.length > TEACHERS_MAX ? err({ code: 'too_many', limitCount: TEACHERS_MAX }) : ok([...teachers])
}

// Pictures and signs made on one machine only (外字) do not print; ☎ and ※ do.
const PICTURE = /[\p{Emoji_Presentation}\uFE0F\u20E3]/u
const FOREIGN_SIGN = /[\p{Co}\uFFFD]/u
const INVISIBLE = /[\s\p{Default_Ignorable_Code_Point}\u2800]/gu

function readTitle(text: string): Result<string, SessionProblem> {
  const title = text.trim()
  if (title.replace(INVISIBLE, '') === '') return err({ code: 'empty' })
  return /[\t\r\n]/.test(title) ? err({ code: 'unprintable' }) : readPlain(title, TITLE_MAX)
}

function readNote(text: string): Result<string | null, SessionProblem> {
  const note = text.replaceAll(/\r\n?/g, '\n').trim()
  return note.replace(INVISIBLE, '') === '' ? ok(null) : readPlain(note, NOTE_MAX)
}

/** Words as they are to be printed, or what no printer shows. */
export function readPlain(text: string, limitCount: number): Result<string, SessionProblem> {
  if (PICTURE.test(text)) return err({ code: 'emoji' })
  if (hasUnprintable(text) || FOREIGN_SIGN.test(text)) return err({ code: 'unprintable' })
  return text.length > limitCount ? err({ code: 'too_long', limitCount }) : ok(text)
}
