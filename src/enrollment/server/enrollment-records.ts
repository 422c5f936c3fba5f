import type { RosterEntry } from '#attendance/domain/mark.ts'
import type { Booking } from '#enrollment/domain/enrollment.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { ApplyContext } from '#server/apply.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { bucketOf } from '#sessions/domain/session-bucket.ts'

/** Tells the device that asked what became of it. Field by field: a name or a phone number must never slip in. */
export function projectBooking(booking: Booking, deviceId: Uuid, { project }: ApplyContext): void {
  const { enrollmentId, sessionId, receiptNumber, state, position } = booking
  project(`device:${deviceId}`, 'booking', enrollmentId, { enrollmentId, sessionId, receiptNumber, state, position })
}

/** Puts a person on the list of those who work at the session. Field by field: no phone number. */
export function projectRosterEntry(sessionId: SessionId, entry: RosterEntry, { project }: ApplyContext): void {
  const { learnerId, name, nameKana, receiptNumber, state } = entry
  project(bucketOf(sessionId), 'rosterEntry', learnerId, { learnerId, name, nameKana, receiptNumber, state })
}
