import { err, ok, type Result } from '#kernel/result.ts'
import { parseKana, parseName, parsePhone, type PersonTextProblem } from './person-text.ts'

/** The three things that are held of a person, as typed. */
export const PERSON_FIELDS = ['name', 'nameKana', 'phone'] as const
export type PersonField = (typeof PERSON_FIELDS)[number]
export type TypedPerson = Readonly<Record<PersonField, string>>
export type PersonProblems = Partial<Readonly<Record<PersonField, PersonTextProblem>>>

export interface PersonWords {
  readonly name: string | null
  readonly nameKana: string
  readonly phone: string | null
}

/** Reads a correction as typed. What was never given (somebody walked in) may stay empty; what was given may not be emptied: that is
 *  an erasure. */
export function readCorrection(typed: TypedPerson, held: PersonWords): Result<PersonWords, PersonProblems> {
  const name = isLeftOut(typed.name, held.name) ? ok(null) : parseName(typed.name)
  const nameKana = parseKana(typed.nameKana)
  const phone = isLeftOut(typed.phone, held.phone) ? ok(null) : parsePhone(typed.phone)
  if (name.ok && nameKana.ok && phone.ok) return ok({ name: name.value, nameKana: nameKana.value, phone: phone.value })
  return err({
    ...(name.ok ? {} : { name: name.error }),
    ...(nameKana.ok ? {} : { nameKana: nameKana.error }),
    ...(phone.ok ? {} : { phone: phone.error }),
  })
}

function isLeftOut(typed: string, held: string | null): boolean {
  return held === null && typed.trim() === ''
}
