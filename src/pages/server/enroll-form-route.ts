import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as v from 'valibot'
import { ENROLLMENT_FIELDS, readEnrollmentForm, type TypedEnrollment } from '#enrollment/domain/enrollment-form.ts'
import type { EnrollmentId, EnrollRefusal } from '#enrollment/domain/enrollment.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { EnrollmentAnswer } from '#pages/domain/page.ts'
import { NAME_MAX } from '#people/domain/person-text.ts'
import type { PublicSession } from '#sessions/domain/public-session.ts'
import { sessionId, type SessionId } from '#sessions/domain/session.ts'
import type { Operation, Outcome } from '#sync/domain/protocol.ts'
import { idOf } from './form-id.ts'
import { makeFormSheet, readFormSheet } from './form-token.ts'
import { showPage, type PagesKit } from './pages-kit.ts'
import { readPublicSession } from './public-sessions.ts'

const FORM_MAX_BYTES = 256 * 1024 // what anybody could type or paste comes back to them; beyond it is no person
const STATUS = {
  session_unknown: 404,
  session_cancelled: 409,
  already_enrolled: 409,
  use_stopped: 403,
  deadline_passed: 410,
} as const satisfies Record<EnrollRefusal['code'], number>

/** POST /sessions/:id/enroll: the sign-up form of a browser without JavaScript. It becomes the same operation as a tap,
 *  and is answered by the same page. Nothing typed is lost: a form with a problem, or one that lay about for days, comes back filled in. */
export function enrollFormRoute(kit: PagesKit): Hono {
  const onError = (c: Context) => answerTooLarge(c, kit)
  return new Hono().post('/sessions/:id/enroll', bodyLimit({ maxSize: FORM_MAX_BYTES, onError }), async (c) => {
    const session = await sessionOf(c, kit)
    if (session === null) return showPage(c, kit, { page: 'notFound' }, { status: 404 })
    const path = `/sessions/${session.sessionId}`
    const sent = await c.req.parseBody().catch(() => ({})) // torn on the way: an empty form says what is missing
    const values = typedIn(sent)
    const read = readEnrollmentForm(values)
    const formId = readFormSheet(kit, 'enroll', sent)
    const sheet = makeFormSheet(kit, 'enroll')
    if (!read.ok) {
      const form = { values, problems: read.error }
      return showPage(c, kit, { page: 'session', session, sheet, form }, { path, status: 400 })
    }
    if (formId === null) {
      const form = { values, problems: {}, isOld: true }
      return showPage(c, kit, { page: 'session', session, sheet, form }, { path, status: 403 })
    }
    const operation = operationOf(session.sessionId, { formId, typed: read.value, at: kit.now() })
    const outcome = await kit.submit(operation, formId)
    const answer = answerOf(outcome)
    const now = (await readPublicSession(kit.database.sql, kit.city, session.sessionId)) ?? session
    const status = answer.status === 'accepted' ? 200 : STATUS[answer.refusal.code]
    return showPage(c, kit, { page: 'session', session: now, sheet, answer }, { path, status })
  })
}

function sessionOf(c: Context, kit: PagesKit): Promise<PublicSession | null> {
  const id = v.safeParse(sessionId, c.req.param('id'))
  return id.success ? readPublicSession(kit.database.sql, kit.city, id.output) : Promise.resolve(null)
}

async function answerTooLarge(c: Context, kit: PagesKit): Promise<Response> {
  const session = await sessionOf(c, kit)
  if (session === null) return showPage(c, kit, { page: 'notFound' }, { status: 404 })
  const problems = { name: { code: 'too_long', limitCount: NAME_MAX } } as const
  const form = { values: typedIn({}), problems }
  const path = `/sessions/${session.sessionId}`
  return showPage(
    c,
    kit,
    { page: 'session', session, sheet: makeFormSheet(kit, 'enroll'), form },
    { path, status: 413 },
  )
}

function typedIn(sent: Record<string, unknown>): TypedEnrollment {
  const entries = ENROLLMENT_FIELDS.map((field) => [field, typeof sent[field] === 'string' ? sent[field] : ''])
  return Object.fromEntries(entries) as TypedEnrollment
}

/** The sheet and the words on it name the operation: sending it twice is saying the same thing twice. With another name on it, after a
 *  step back in the browser, it is another person's request and not the first one's answer. */
function operationOf(
  session: SessionId,
  { formId, typed, at }: { formId: Uuid; typed: TypedEnrollment; at: Operation['at'] },
): Operation {
  const id = idOf([formId, session, ...ENROLLMENT_FIELDS.map((field) => typed[field])])
  const payload = { enrollmentId: id as EnrollmentId, sessionId: session, ...typed, channel: 'web' as const }
  return { id, seq: 1, at, name: 'enrollment.request', payload }
}

/** A form that was answered before gets the same answer; one the server had to hold is a fault, which the page cannot put into words. */
function answerOf(outcome: Outcome): EnrollmentAnswer {
  if (outcome.status === 'accepted' && outcome.value !== null) return { status: 'accepted', value: outcome.value }
  if (outcome.status === 'refused' && outcome.refusal.code in STATUS) {
    return { status: 'refused', refusal: outcome.refusal as EnrollRefusal }
  }
  throw new Error(`A sign-up form was answered with ${outcome.status}`)
}
