import {
  SESSION_FORM_FIELDS,
  type SessionFormField,
  type SessionProblem,
  type SessionProblems,
} from '#sessions/domain/session-form.ts'
import type { SessionRefusal } from '#sessions/domain/session.ts'
import type { Refusal } from '#sync/domain/protocol.ts'
import type { FieldProblem } from '#ui/error-summary.tsx'
import type { OfficeT } from './office-words.ts'

/** What to say at each field, in the order of the form. */
export function problemList(problems: SessionProblems, t: OfficeT): readonly FieldProblem[] {
  return SESSION_FORM_FIELDS.flatMap((field) => {
    const problem = problems[field]
    return problem === undefined ? [] : [{ fieldId: field, text: problemWords(field, problem, t) }]
  })
}

const DAYS: readonly SessionFormField[] = ['heldOn', 'enrollUntilOn']

function problemWords(field: SessionFormField, problem: SessionProblem, t: OfficeT): string {
  const named = { field: t(`field.${field}`), ...problem }
  if (problem.code === 'unclear')
    return t(DAYS.includes(field) ? 'form.problem.day_unclear' : 'form.problem.time_unclear')
  return t(`form.problem.${problem.code}`, named)
}

const OF_SESSION = {
  session_unknown: 'title',
  session_exists: 'title',
  session_cancelled: 'title',
  already_published: 'title',
  changed_meanwhile: 'title',
  already_imported: 'title',
} as const satisfies Record<Exclude<SessionRefusal['code'], 'incomplete'>, SessionFormField>

/** Why the server said no, at the field that it is about. */
export function refusalProblems(refusal: Refusal, t: OfficeT): readonly FieldProblem[] {
  if (refusal.code === 'incomplete') {
    return problemList(Object.fromEntries(refusal.missing.map((field) => [field, { code: 'needed' }])), t)
  }
  return [{ fieldId: 'title', text: refusalWords(refusal, t) }]
}

/** Why the server said no, in one sentence. */
export function refusalWords({ code }: Refusal, t: OfficeT): string {
  if (code === 'not_permitted') return t('form.problem.not_permitted')
  return isOfSession(code) ? t(`form.problem.${code}`) : t('form.problem.other')
}

function isOfSession(code: string): code is keyof typeof OF_SESSION {
  return Object.hasOwn(OF_SESSION, code)
}
