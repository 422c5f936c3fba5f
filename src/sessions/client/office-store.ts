import type { LocalDb } from '#client/local-db.ts'
import { recordsIn } from '#client/records.ts'
import { useLive } from '#client/use-live.ts'
import { waitingIn } from '#client/waiting.ts'
import type { Instructor } from '#people/domain/instructor.ts'
import type { Venue } from '#people/domain/venue.ts'
import { layOverSessions, type OfficeSession, SESSION_OPERATIONS } from '#sessions/domain/office-session.ts'
import type { PublicSession } from '#sessions/domain/public-session.ts'
import type { SessionId } from '#sessions/domain/session.ts'

/** What the office knows, its own unanswered words included. All of it from this device, so that it works without a network. */
export interface Office {
  readonly sessions: readonly OfficeSession[]
  /** By name. */
  readonly venues: readonly Venue[]
  /** By kana. */
  readonly instructors: readonly Instructor[]
  /** What residents see, with the seats that are left. Drafts have none. */
  readonly announced: ReadonlyMap<SessionId, PublicSession>
  /** Whether the server has sent the office's records to this device yet. */
  readonly isFilled: boolean
}

export function readOffice(db: Pick<LocalDb, 'read'>): Promise<Office> {
  return db.read(['records', 'outbox', 'meta'], async (tx) => {
    const [records, outbox] = [tx.objectStore('records'), tx.objectStore('outbox')]
    const [sessions, venues, instructors, announced, saidSessions, saidPlaces, cursors] = await Promise.all([
      recordsIn(records, 'office', 'session'),
      recordsIn(records, 'office', 'venue'),
      recordsIn(records, 'office', 'instructor'),
      recordsIn(records, 'public', 'publicSession'),
      waitingIn(outbox, SESSION_OPERATIONS),
      waitingIn(outbox, ['venue.save', 'instructor.save']),
      tx.objectStore('meta').get('cursors'),
    ])
    const said = saidPlaces.map(({ operation }) => operation)
    return {
      sessions: layOverSessions(
        sessions.map(({ body, version }) => ({ session: body, version })),
        saidSessions,
      ),
      venues: [
        ...new Map(
          [
            ...venues.map(({ body }) => body),
            ...said.flatMap((operation) => (operation.name === 'venue.save' ? [operation.payload] : [])),
          ].map((venue) => [venue.venueId, venue]),
        ).values(),
      ].sort((one, other) => one.name.localeCompare(other.name, 'ja')),
      instructors: [
        ...new Map(
          [
            ...instructors.map(({ body }) => body),
            ...said.flatMap((operation) => (operation.name === 'instructor.save' ? [operation.payload] : [])),
          ].map((instructor) => [instructor.instructorId, instructor]),
        ).values(),
      ].sort((one, other) => one.nameKana.localeCompare(other.nameKana, 'ja')),
      announced: new Map(announced.map(({ body }) => [body.sessionId, body])),
      isFilled: 'office' in ((cursors ?? {}) as object),
    }
  })
}

/** The office as this device knows it; `undefined` until it has been read. */
export function useOffice(db: LocalDb): Office | undefined {
  return useLive(db, readOffice, [], ['office', 'public'])
}
