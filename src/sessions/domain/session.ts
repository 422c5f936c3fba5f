import * as v from 'valibot'
import { localDate, localTime, reference, words } from '#kernel/schema.ts'
import { type Instant, instantAt, type LocalDate, type LocalTime, plusDays } from '#kernel/time.ts'

/** スマホ教室 / 出前講座 / よろず相談所 / 講師養成講座. */
export const SESSION_KINDS = ['class', 'outreach', 'helpDesk', 'instructorTraining'] as const
export type SessionKind = (typeof SESSION_KINDS)[number]

export const sessionId = reference<'session'>()
export type SessionId = v.InferOutput<typeof sessionId>

export const CAPACITY_MAX = 500 // source: docs/rules.md#capacity

/** Who teaches. 講師 leads; 補助員 helps. Both count towards the seats. */
export const Teacher = v.strictObject({
  instructorId: reference<'instructor'>(),
  role: v.picklist(['instructor', 'assistant']),
})
export type Teacher = v.InferOutput<typeof Teacher>

/** What an organizer writes about one 開催回. A draft may leave open what is not decided yet; publishing may not. */
export const SessionFields = v.pipe(
  v.strictObject({
    kind: v.picklist(SESSION_KINDS),
    title: words(100),
    venueId: v.nullable(reference<'venue'>()),
    heldOn: v.nullable(localDate),
    startTime: v.nullable(localTime),
    endTime: v.nullable(localTime),
    capacity: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(CAPACITY_MAX))),
    teachers: v.pipe(
      v.array(Teacher),
      v.maxLength(20),
      v.check((all) => new Set(all.map((teacher) => teacher.instructorId)).size === all.length),
    ),
    /** The last day on which people can sign up; `null` = until it starts. */
    enrollUntilOn: v.nullable(localDate),
    /** 持ち物 and other words for those who come. */
    note: v.nullable(words(1000)),
  }),
  v.check(({ startTime, endTime }) => startTime === null || endTime === null || startTime < endTime),
)
export type SessionFields = v.InferOutput<typeof SessionFields>

/** Where a draft came from, so that the same row of the same file is recognized when it comes again. */
export const ImportSource = v.strictObject({
  profile: v.literal('br-event-50'),
  key: words(120),
  /** What the file said but a person has to decide, as `ImportRemark` codes. */
  remarks: v.array(words(60)),
})
export type ImportSource = v.InferOutput<typeof ImportSource>

export const CreateSession = v.strictObject({ sessionId, fields: SessionFields, source: v.nullable(ImportSource) })
/** `basedOn` is the version of the record that the organizer was looking at: two people never overwrite each other unseen. */
export const EditSession = v.strictObject({
  sessionId,
  fields: SessionFields,
  basedOn: v.pipe(v.number(), v.integer()),
})
export const PublishSession = v.strictObject({ sessionId })
export const CancelSession = v.strictObject({ sessionId, reason: v.nullable(words(200)) })

export type SessionState = 'draft' | 'published' | 'cancelled'

/** What publishing demands. */
export type RequiredField = 'venueId' | 'heldOn' | 'startTime' | 'endTime' | 'capacity' | 'teachers'
export type SessionRefusal =
  | { readonly code: 'session_unknown' }
  | { readonly code: 'session_exists' }
  | { readonly code: 'session_cancelled' }
  | { readonly code: 'already_published' }
  | { readonly code: 'incomplete'; readonly missing: readonly RequiredField[] }
  | { readonly code: 'changed_meanwhile' }
  | { readonly code: 'already_imported' }

/** What still has to be decided before residents may see a session. */
export function missingForPublication(fields: SessionFields): readonly RequiredField[] {
  const required = ['venueId', 'heldOn', 'startTime', 'endTime', 'capacity'] as const
  const missing: RequiredField[] = required.filter((field) => fields[field] === null)
  return fields.teachers.length === 0 ? [...missing, 'teachers'] : missing
}

/** A session as the office keeps it: one body in the buckets `office` and `session:<id>`. */
export interface Session extends SessionFields {
  readonly sessionId: SessionId
  readonly state: SessionState
  readonly source: ImportSource | null
  readonly cancelReason: string | null
}

/** When a session begins; `null` while its day or time is open. */
export function startsAt(session: {
  readonly heldOn: LocalDate | null
  readonly startTime: LocalTime | null
}): Instant | null {
  return session.heldOn === null || session.startTime === null ? null : instantAt(session.heldOn, session.startTime)
}

const MIDNIGHT = '00:00' as LocalTime

/** Until when people can sign up: to the end of the last day for it, and never after the beginning. `null` while the day or time is open. */
export function enrollUntilOf(session: Pick<SessionFields, 'heldOn' | 'startTime' | 'enrollUntilOn'>): Instant | null {
  const start = startsAt(session)
  if (start === null || session.enrollUntilOn === null) return start
  const endOfDay = instantAt(plusDays(session.enrollUntilOn, 1), MIDNIGHT)
  return endOfDay < start ? endOfDay : start
}
