import type { Uuid } from '#kernel/uuid.ts'
import { foldWidth } from '#kernel/width.ts'
import type { Venue } from '#people/domain/venue.ts'
import type { PayloadOf } from '#sync/domain/protocol.ts'
import { draftFields, type ImportDraft, importSourceOf } from './event-csv.ts'
import type { SessionId, SessionKind } from './session.ts'

/** What to say to the server to make drafts of some rows of a file. */
export interface ImportPlan {
  /** Venues that the city does not have yet, each once. */
  readonly venues: readonly Venue[]
  readonly sessions: readonly { readonly row: number; readonly payload: PayloadOf<'session.create'> }[]
}

interface Given {
  readonly kind: SessionKind
  readonly venues: readonly Venue[]
  readonly newId: () => Uuid
}

/** Makes the drafts. A venue is recognized by its exact name; a name the city does not know becomes a new venue. */
export function planImport(rows: readonly ImportDraft[], { kind, venues, newId }: Given): ImportPlan {
  const known = new Map(venues.map((venue) => [venue.name, venue]))
  const added: Venue[] = []
  const venueIdOf = ({ draft }: ImportDraft): Venue['venueId'] | null => {
    if (draft.venueName === null) return null
    const found = known.get(draft.venueName)
    if (found !== undefined) return found.venueId
    const venueId = newId() as Venue['venueId']
    const venue = { venueId, name: draft.venueName, address: draft.venueAddress, district: null }
    known.set(venue.name, venue)
    added.push(venue)
    return venueId
  }
  const sessions = rows.map((row) => {
    const fields = draftFields(row.draft, { kind: kindOf(row, kind), venueId: venueIdOf(row) })
    return { row: row.row, payload: { sessionId: newId() as SessionId, fields, source: importSourceOf(row) } }
  })
  return { venues: added, sessions }
}

/** よろず相談 in a title says what it is; all other rows are what the organizer chose for the file. */
export function kindOf({ draft }: ImportDraft, chosen: SessionKind): SessionKind {
  return /よろず\s*相談/.test(foldWidth(draft.title)) ? 'helpDesk' : chosen
}
