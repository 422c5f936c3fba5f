import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as v from 'valibot'
import { ENROLLMENT_FIELDS, readEnrollmentForm, type TypedEnrollment } from '#enrollment/domain/enrollment-form.ts'
import type { EnrollmentId, EnrollRefusal } from '#enrollment/domain/enrollment.ts'
import { uuid } from '#kernel/schema.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { EnrollmentAnswer } from '#pages/domain/page.ts'
import { sessionId, type SessionId } from '#sessions/domain/session.ts'
import type { Operation, Outcome } from '#sync/domain/protocol.ts'
import { showPage, type PagesKit } from './pages-kit.ts'
import { newFormId } from './pages-route.ts'
import { readPublicSession } from './public-sessions.ts'

const FORM_MAX_BYTES = 16 * 1024
const STATUS = {
  session_unknown: 404,
  session_cancelled: 409,
  already_enrolled: 409,
  deadline_passed: 410,
} as const satisfies Record<EnrollRefusal['code'], number>

/** POST /sessions/:id/enroll: the sign-up form of a browser without JavaScript. It becomes the same operation as a tap,
 *  and is answered by the same page. Nothing typed is lost: a form with a problem comes back filled in. */
export function enrollFormRoute(kit: PagesKit): Hono {
  return new Hono().post('/sessions/:id/enroll', bodyLimit({ maxSize: FORM_MAX_BYTES }), async (c) => {
    const id = v.safeParse(sessionId, c.req.param('id'))
    const session = id.success ? await readPublicSession(kit.database.sql, kit.city, id.output) : null
    if (session === null) return showPage(c, kit, { page: 'notFound' }, { status: 404 })
    const path = `/sessions/${session.sessionId}`
    const sent = await c.req.parseBody()
    const values = typedIn(sent)
    const named = v.safeParse(uuid, sent['formId'])
    const formId = named.success ? named.output : (newFormId(kit) as Uuid)
    const read = readEnrollmentForm(values)
    if (!read.ok) {
      const form = { values, problems: read.error }
      return showPage(c, kit, { page: 'session', session, formId, form }, { path, status: 400 })
    }
    const outcome = await kit.submit(operationOf(session.sessionId, { formId, typed: read.value, at: kit.now() }))
    const answer = answerOf(outcome)
    const now = (await readPublicSession(kit.database.sql, kit.city, session.sessionId)) ?? session
    const status = answer.status === 'accepted' ? 200 : STATUS[answer.refusal.code]
    return showPage(c, kit, { page: 'session', session: now, formId: newFormId(kit), answer }, { path, status })
  })
}

function typedIn(sent: Record<string, unknown>): TypedEnrollment {
  const entries = ENROLLMENT_FIELDS.map((field) => [field, typeof sent[field] === 'string' ? sent[field] : ''])
  return Object.fromEntries(entries) as TypedEnrollment
}

/** The form is its own device: its id names the operation, and sending it twice is saying the same thing twice. */
function operationOf(
  session: SessionId,
  { formId, typed, at }: { formId: Uuid; typed: TypedEnrollment; at: Operation['at'] },
): Operation {
  const enrollmentId = formId as EnrollmentId
  const payload = { enrollmentId, sessionId: session, ...typed, channel: 'web' as const }
  return { id: formId, seq: 1, at, name: 'enrollment.request', payload }
}

/** A form that was answered before gets the same answer; one the server had to hold is a fault, which the page cannot put into words. */
function answerOf(outcome: Outcome): EnrollmentAnswer {
  if (outcome.status === 'accepted' && outcome.value !== null) return { status: 'accepted', value: outcome.value }
  if (outcome.status === 'refused' && outcome.refusal.code in STATUS) {
    return { status: 'refused', refusal: outcome.refusal as EnrollRefusal }
  }
  throw new Error(`A sign-up form was answered with ${outcome.status}`)
}
