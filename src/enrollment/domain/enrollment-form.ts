import { err, ok, type Result } from '#kernel/result.ts'
import { parseKana, parseName, parsePhone, type PersonTextProblem } from '#people/domain/person-text.ts'

/** The three things we ask of a person, as typed. */
export const ENROLLMENT_FIELDS = ['name', 'nameKana', 'phone'] as const
export type EnrollmentField = (typeof ENROLLMENT_FIELDS)[number]
export type TypedEnrollment = Readonly<Record<EnrollmentField, string>>
export type EnrollmentProblems = Partial<Readonly<Record<EnrollmentField, PersonTextProblem>>>

const PARSE = { name: parseName, nameKana: parseKana, phone: parsePhone } as const

/** Reads the sign-up form as a person filled it in: what to send, or what to say at which field. Run by page and server alike. */
export function readEnrollmentForm(typed: TypedEnrollment): Result<TypedEnrollment, EnrollmentProblems> {
  const read = ENROLLMENT_FIELDS.map((field) => [field, PARSE[field](typed[field])] as const)
  const problems = read.flatMap(([field, result]) => (result.ok ? [] : [[field, result.error] as const]))
  if (problems.length > 0) return err(Object.fromEntries(problems))
  return ok(
    Object.fromEntries(read.map(([field, result]) => [field, result.ok ? result.value : ''])) as TypedEnrollment,
  )
}
