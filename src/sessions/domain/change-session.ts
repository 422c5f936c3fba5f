import { err, ok, type Result } from '#kernel/result.ts'
import {
  type CreateSession,
  missingForPublication,
  type Session,
  type SessionFields,
  type SessionRefusal,
} from './session.ts'
import type * as v from 'valibot'

/** The decisions an organizer can make about a session. Each gives the session as it is afterwards, or why not. */
export type Changed = Result<Session, SessionRefusal>

/** A new draft. `importedBefore` = a session made from the same row of the same file is already there. */
export function createSession(
  payload: v.InferOutput<typeof CreateSession>,
  facts: { readonly exists: boolean; readonly importedBefore: boolean },
): Changed {
  if (facts.exists) return err({ code: 'session_exists' })
  if (facts.importedBefore) return err({ code: 'already_imported' })
  const { sessionId, fields, source } = payload
  return ok({ ...fields, sessionId, source, state: 'draft', cancelReason: null })
}

/** New words for a session. A published one has to stay complete, and nobody overwrites what they have not seen. */
export function editSession(
  session: Session,
  fields: SessionFields,
  versions: { readonly current: number; readonly basedOn: number },
): Changed {
  if (session.state === 'cancelled') return err({ code: 'session_cancelled' })
  if (versions.basedOn < versions.current) return err({ code: 'changed_meanwhile' })
  const missing = missingForPublication(fields)
  if (session.state === 'published' && missing.length > 0) return err({ code: 'incomplete', missing })
  return ok({ ...session, ...fields })
}

/** Lets residents see a draft and sign up. */
export function publishSession(session: Session): Changed {
  if (session.state === 'cancelled') return err({ code: 'session_cancelled' })
  if (session.state === 'published') return err({ code: 'already_published' })
  const missing = missingForPublication(session)
  return missing.length > 0 ? err({ code: 'incomplete', missing }) : ok({ ...session, state: 'published' })
}

/** 中止. The session stays in the records; nobody can sign up any more. */
export function cancelSession(session: Session, reason: string | null): Changed {
  if (session.state === 'cancelled') return err({ code: 'session_cancelled' })
  return ok({ ...session, state: 'cancelled', cancelReason: reason })
}
