import type { InstructorId } from '#people/domain/instructor.ts'
import type { Session, SessionFields } from './session.ts'

/** Another session at the same time that needs the same hall, or the same people. */
export interface Clash {
  readonly other: Session
  readonly sameVenue: boolean
  readonly sameTeachers: readonly InstructorId[]
}

type Wanted = Pick<SessionFields, 'venueId' | 'heldOn' | 'startTime' | 'endTime' | 'teachers'> & {
  readonly sessionId: Session['sessionId'] | null
}

/** What would happen twice at once. It never forbids: a big hall has room for two, and an organizer may know better.
 *  Ending at 15:00 and beginning at 15:00 is no clash. A session whose day or times are open clashes with nothing yet. */
export function findClashes(wanted: Wanted, others: readonly Session[]): readonly Clash[] {
  return others
    .filter((other) => other.sessionId !== wanted.sessionId && other.state !== 'cancelled' && overlaps(wanted, other))
    .map((other) => ({
      other,
      sameVenue: wanted.venueId !== null && wanted.venueId === other.venueId,
      sameTeachers: wanted.teachers
        .map(({ instructorId }) => instructorId)
        .filter((id) => other.teachers.some(({ instructorId }) => instructorId === id)),
    }))
    .filter(({ sameVenue, sameTeachers }) => sameVenue || sameTeachers.length > 0)
}

type Held = Pick<SessionFields, 'heldOn' | 'startTime' | 'endTime'>

function overlaps(one: Held, other: Held): boolean {
  if (one.heldOn === null || one.heldOn !== other.heldOn) return false
  if (one.startTime === null || one.endTime === null || other.startTime === null || other.endTime === null) return false
  return one.startTime < other.endTime && other.startTime < one.endTime
}
