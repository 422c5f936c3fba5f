import { formatInstant } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import { ENROLLMENT_FIELDS, type EnrollmentProblems } from '#enrollment/domain/enrollment-form.ts'
import type { Refusal } from '#sync/domain/protocol.ts'
import type { FieldProblem } from '#ui/error-summary.tsx'

interface StaffProblems {
  readonly ofFields: (problems: EnrollmentProblems) => readonly FieldProblem[]
  readonly ofRefusal: (refusal: Refusal) => FieldProblem
}

/** What to tell somebody who signs a caller up: at which field, and what to ask the caller. */
export function useStaffProblems(): StaffProblems {
  const t = useTranslation('enrollmentOffice')
  const language = useLanguage()
  return {
    ofFields: (problems) =>
      ENROLLMENT_FIELDS.flatMap((field) => {
        const problem = problems[field]
        if (problem === undefined) return []
        const text = t(`problem.${problem.code}`, { field: t(`form.${field}`), ...problem })
        return [{ fieldId: field, text }]
      }),
    ofRefusal(refusal) {
      const fieldId = 'name'
      switch (refusal.code) {
        case 'deadline_passed':
          return { fieldId, text: t('refusal.deadline_passed', { at: formatInstant(refusal.enrollUntil, language) }) }
        case 'already_enrolled':
        case 'use_stopped':
        case 'session_cancelled':
        case 'session_unknown':
        case 'not_permitted':
          return { fieldId, text: t(`refusal.${refusal.code}`) }
        default:
          return { fieldId, text: t('refusal.other') }
      }
    },
  }
}
