import type { MarkRecord, RosterEntry } from '#attendance/domain/mark.ts'
import type { Booking } from '#enrollment/domain/enrollment.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { Instructor } from '#people/domain/instructor.ts'
import type { Venue } from '#people/domain/venue.ts'
import type { PublicSession } from '#sessions/domain/public-session.ts'
import type { Session, SessionId } from '#sessions/domain/session.ts'

/** What a device may hold, by kind. Nothing that is not here ever reaches a phone's store. */
export interface RecordBodies {
  /** bucket `public` */
  publicSession: PublicSession
  /** bucket `office`, and `session:<id>` for those who work there */
  session: Session
  /** bucket `office` */
  venue: Venue
  instructor: Instructor
  /** bucket `session:<id>` */
  rosterEntry: RosterEntry
  mark: MarkRecord
  /** bucket `device:<id>` */
  booking: Booking
}
export type RecordKind = keyof RecordBodies

/** A part of the city's records that is granted as a whole. `hall` holds nothing yet: it tells a helper's phone whose it is,
 *  also on days without a session. */
export type Bucket = 'public' | 'hall' | 'office' | `session:${SessionId}` | `device:${Uuid}`

/** One row of the change feed. `version` rises with every transaction of the city. A deleted one has no body. */
export type ChangedRecord = {
  [Kind in RecordKind]: {
    readonly bucket: Bucket
    readonly kind: Kind
    readonly id: string
    readonly version: number
    readonly body: RecordBodies[Kind] | null
  }
}[RecordKind]
