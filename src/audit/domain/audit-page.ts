import * as v from 'valibot'
import { localDate, uuid } from '#kernel/schema.ts'
import type { Instant } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import { ACTION_KINDS } from './action-kind.ts'
import type { AuditHead, KeptAuditCheck } from './audit-check.ts'
import type { AuditAction, AuditActor } from './audit-entry.ts'

/** Lines of one page. */
export const AUDIT_PAGE_MAX = 50
/** Lines of one file. */
export const AUDIT_FILE_MAX = 20_000 // source: docs/rules.md#audit

const whose = v.union([
  v.picklist(['system', 'resident']),
  v.pipe(
    v.string(),
    v.regex(/^(?:staff|instructor):/),
    v.check((text) => v.is(uuid, text.slice(text.indexOf(':') + 1))),
  ),
])

/** What the page asks for, in the address. Days are of Japan, both included. */
export const AuditQuery = v.strictObject({
  from: v.optional(localDate),
  until: v.optional(localDate),
  /** `staff:<id>`, `instructor:<id>`, or whoever has no name: the program, a resident. */
  who: v.optional(whose),
  kind: v.optional(v.picklist(ACTION_KINDS)),
  /** Only lines with a lower number: the last one of the page before. */
  before: v.optional(v.pipe(v.string(), v.regex(/^[1-9]\d{0,14}$/), v.transform(Number))),
})
export type AuditQuery = v.InferOutput<typeof AuditQuery>

/** One line as the page shows it. Names are joined when it is read, so what is erased is gone from here as well. */
export interface AuditRow {
  readonly seq: number
  readonly at: Instant
  readonly actorKind: AuditActor['kind']
  /** Of staff, 講師 and 補助員; `null` for everybody else, and for who is not known any more. */
  readonly actorName: string | null
  readonly action: AuditAction
  readonly outcome: 'accepted' | 'refused'
  readonly objects: readonly AuditObject[]
  readonly reason: string | null
  readonly count: number | null
  readonly deviceId: Uuid | null
}

/** `session`, `learner`, `staff`, `device`, … and which one. */
export interface AuditObject {
  readonly kind: string
  readonly id: string
  /** Of a session, a venue, staff or an instructor; never of a participant. */
  readonly name: string | null
  /** Where there is a page about it. */
  readonly path: string | null
}

/** GET /api/admin/audit */
export interface AuditAnswer {
  readonly rows: readonly AuditRow[]
  readonly more: boolean
  readonly people: readonly { readonly who: string; readonly name: string }[]
  readonly head: AuditHead | null
  readonly check: KeptAuditCheck | null
}
