import type { LocalDb } from '#client/local-db.ts'
import { basisOf, type OfficeSession } from '#sessions/domain/office-session.ts'
import {
  EMPTY_SESSION_FORM,
  SESSION_FORM_FIELDS,
  type TypedSession,
  typedSession,
} from '#sessions/domain/session-form.ts'
import type { SessionId } from '#sessions/domain/session.ts'

/** What is kept of a form: its words, and the version of the session they were written on. */
export type KeptSession = TypedSession & { readonly basedOn: string }

export interface FormStart {
  readonly typed: KeptSession
  /** An earlier edit that the server refused: its words come back instead of being lost. `null` = none. */
  readonly refusedEditId: string | null
}

export function formNameOf(sessionId: SessionId | null): string {
  return `office-session:${sessionId ?? 'new'}`
}

/** The form as it stands before anybody typed. `found` = `null` begins a new session. */
export async function readStart(db: Pick<LocalDb, 'read'>, found: OfficeSession | null): Promise<FormStart> {
  if (found === null) return { typed: { ...EMPTY_SESSION_FORM, basedOn: '' }, refusedEditId: null }
  const answers = await db.read(['answers'], (tx) => tx.objectStore('answers').getAll())
  const refused = answers
    .sort((one, other) => other.operation.seq - one.operation.seq)
    .flatMap(({ operation, outcome }) => {
      const isMine = operation.name === 'session.edit' && operation.payload.sessionId === found.session.sessionId
      return isMine && outcome.status === 'refused' ? [operation] : []
    })[0]
  if (refused?.name !== 'session.edit') return { typed: startOf(found), refusedEditId: null }
  const { fields, basedOn } = refused.payload
  return { typed: { ...typedSession(fields), basedOn: String(basedOn) }, refusedEditId: refused.id }
}

/** The session as it is now, ready to be changed. */
export function startOf(found: OfficeSession): KeptSession {
  return { ...typedSession(found.session), basedOn: String(basisOf(found) ?? '') }
}

/** The words without what they were written on. */
export function typedOf(kept: KeptSession): TypedSession {
  return Object.fromEntries(SESSION_FORM_FIELDS.map((field) => [field, kept[field]])) as TypedSession
}
