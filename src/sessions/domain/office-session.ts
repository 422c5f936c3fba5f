import type { Instant } from '#kernel/time.ts'
import { instantAt } from '#kernel/time.ts'
import type { OperationOf } from '#sync/domain/protocol.ts'
import { cancelSession, type Changed, createSession, editSession, publishSession } from './change-session.ts'
import type { Session, SessionId } from './session.ts'

export const SESSION_OPERATIONS = ['session.create', 'session.edit', 'session.publish', 'session.cancel'] as const
export type SessionOperationName = (typeof SESSION_OPERATIONS)[number]
export type SessionOperation = OperationOf<SessionOperationName>

/** A session as this office sees it: what the server sent, and laid over it what was said here and is not answered yet. */
export interface OfficeSession {
  readonly session: Session
  /** Of the record the server sent, for `basedOn`; `null` = so far only on this device. */
  readonly version: number | null
  /** 送信待ち, oldest first. */
  readonly waiting: readonly SessionOperationName[]
  /** The server did not take one of them: a person has to look at it. */
  readonly isHeld: boolean
}

export interface Said {
  readonly operation: SessionOperation
  readonly state: 'waiting' | 'attention'
}

/** Lays what was said here over what is known. What the rules refuse changes nothing on the screen: the server will say so. */
export function layOverSessions(
  known: readonly { readonly session: Session; readonly version: number }[],
  said: readonly Said[],
): readonly OfficeSession[] {
  const sessions = new Map<SessionId, OfficeSession>(
    known.map(({ session, version }) => [session.sessionId, { session, version, waiting: [], isHeld: false }]),
  )
  for (const { operation, state } of said) {
    const { sessionId } = operation.payload
    const before = sessions.get(sessionId)
    const session = sessionAfter(before?.session ?? null, operation)
    if (session === null) continue
    const { version = null, waiting = [], isHeld = false } = before ?? {}
    sessions.set(sessionId, {
      session,
      version,
      waiting: [...waiting, operation.name],
      isHeld: isHeld || state === 'attention',
    })
  }
  return [...sessions.values()]
}

/** `null` = words about a session that is not here. */
function sessionAfter(before: Session | null, operation: SessionOperation): Session | null {
  const changed = apply(before, operation)
  return changed?.ok ? changed.value : before
}

function apply(session: Session | null, operation: SessionOperation): Changed | null {
  if (operation.name === 'session.create') {
    return createSession(operation.payload, { exists: session !== null, importedBefore: false })
  }
  if (session === null) return null
  switch (operation.name) {
    case 'session.edit':
      return editSession(session, operation.payload.fields, { current: 0, basedOn: 0 })
    case 'session.publish':
      return publishSession(session)
    case 'session.cancel':
      return cancelSession(session, operation.payload.reason)
  }
}

// Nobody else has seen a session that is still on this device, so there is nothing to overwrite unseen.
const ON_TOP_OF_OWN = Number.MAX_SAFE_INTEGER

/** What an edit is based on. `null` while an earlier one waits: two of them cannot both be based on what the server has. */
export function basisOf({ version, waiting }: OfficeSession): number | null {
  if (version === null) return ON_TOP_OF_OWN
  return waiting.includes('session.edit') ? null : version
}

/** 下書き / 受付中 / 終わった回 / 中止: how the office sorts its sessions. */
export const OFFICE_GROUPS = ['draft', 'open', 'over', 'cancelled'] as const
export type OfficeGroup = (typeof OFFICE_GROUPS)[number]

export function groupOf(session: Session, now: Instant): OfficeGroup {
  if (session.state !== 'published') return session.state
  return isPast(session, now) ? 'over' : 'open'
}

/** Whether it has ended, or would have: a draft whose day has gone by is past as well. */
export function isPast({ heldOn, endTime }: Session, now: Instant): boolean {
  return heldOn !== null && instantAt(heldOn, endTime ?? LAST_MINUTE) <= now
}

const LAST_MINUTE = '23:59' as NonNullable<Session['endTime']>

export interface OfficeOrder {
  /** The next one first. */
  readonly next: readonly OfficeSession[]
  /** No day yet, in the order they were made. */
  readonly undated: readonly OfficeSession[]
  /** The latest first. */
  readonly past: readonly OfficeSession[]
}

/** The sessions as an organizer looks for them. */
export function orderSessions(sessions: readonly OfficeSession[], now: Instant): OfficeOrder {
  const dated = sessions.filter(({ session }) => session.heldOn !== null).sort(byTime)
  return {
    next: dated.filter(({ session }) => !isPast(session, now)),
    undated: sessions
      .filter(({ session }) => session.heldOn === null)
      .sort((one, other) => (one.session.sessionId < other.session.sessionId ? -1 : 1)),
    past: dated.filter(({ session }) => isPast(session, now)).reverse(),
  }
}

function byTime({ session: one }: OfficeSession, { session: other }: OfficeSession): number {
  return timeKey(one) < timeKey(other) ? -1 : 1
}

function timeKey({ heldOn, startTime, sessionId }: Session): string {
  return `${heldOn ?? ''} ${startTime ?? ''} ${sessionId}`
}
