import { ACCEPTED, type Answer, type Apply, type ApplyContext, oneByOne, refused } from '#server/apply.ts'
import {
  cancelSession,
  type Changed,
  createSession,
  editSession,
  publishSession,
} from '#sessions/domain/change-session.ts'
import type { Session, SessionId } from '#sessions/domain/session.ts'
import { bucketOf } from '#sessions/domain/session-bucket.ts'
import { readSession, writeSession } from './session-row.ts'

export const applyCreateSession: Apply<'session.create'> = oneByOne(async ({ operation }, context) => {
  const { payload } = operation
  const facts = {
    exists: (await readSession(context.sql, context.city, payload.sessionId)) !== null,
    importedBefore: payload.source !== null && (await isImported(context, payload.source.key)),
  }
  return keep(null, createSession(payload, facts), context)
})

export const applyEditSession: Apply<'session.edit'> = oneByOne(({ operation }, context) => {
  const { sessionId, fields, basedOn } = operation.payload
  return change(sessionId, context, (session, current) => editSession(session, fields, { current, basedOn }))
})

export const applyPublishSession: Apply<'session.publish'> = oneByOne(({ operation }, context) =>
  change(operation.payload.sessionId, context, publishSession),
)

export const applyCancelSession: Apply<'session.cancel'> = oneByOne(({ operation }, context) =>
  change(operation.payload.sessionId, context, (session) => cancelSession(session, operation.payload.reason)),
)

async function change(
  sessionId: SessionId,
  context: ApplyContext,
  decide: (session: Session, version: number) => Changed,
): Promise<Answer> {
  const found = await readSession(context.sql, context.city, sessionId)
  if (found === null) return refused({ code: 'session_unknown' })
  return keep(found.session, decide(found.session, found.version), context)
}

async function keep(before: Session | null, changed: Changed, context: ApplyContext): Promise<Answer> {
  if (!changed.ok) return refused(changed.error)
  const session = changed.value
  await writeSession(context.sql, context.city, session, context.version)
  context.project('office', 'session', session.sessionId, session)
  const known = session.state === 'published' || before?.state === 'published' // a draft that is dropped was never announced
  if (known) {
    context.project(bucketOf(session.sessionId), 'session', session.sessionId, session)
    await projectVenue(session, context)
    context.touchSession(session.sessionId)
  }
  return ACCEPTED
}

async function projectVenue({ sessionId, venueId }: Session, { sql, city, project }: ApplyContext): Promise<void> {
  if (venueId === null) return
  const [venue] = await sql<{ name: string; address: string | null; district: string | null }>`
    select name, address, district from venues where city = ${city} and venue_id = ${venueId}`
  if (venue !== undefined) project(bucketOf(sessionId), 'venue', venueId, { venueId, ...venue })
}

async function isImported({ sql, city }: ApplyContext, key: string): Promise<boolean> {
  const rows =
    await sql`select 1 from sessions where city = ${city} and source is not null and source ->> 'key' = ${key}`
  return rows.length > 0
}
