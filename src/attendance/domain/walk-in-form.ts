import { err, ok, type Result } from '#kernel/result.ts'
import { AGE_BANDS, type AgeBand } from '#people/domain/learner.ts'
import { parseKana, parseName, type PersonTextProblem } from '#people/domain/person-text.ts'

/** A walk-in as the helper filled it in. An empty text = not said. */
export interface TypedWalkIn {
  readonly nameKana: string
  readonly name: string
  readonly ageBand: string
}
export interface WalkInPerson {
  readonly nameKana: string
  readonly name: string | null
  readonly ageBand: AgeBand | null
}
export type WalkInProblems = Partial<Readonly<Record<'nameKana' | 'name', KanaProblem>>>
/** Everything that can be wrong with a name; a phone number is not asked here. */
type KanaProblem = Exclude<PersonTextProblem, { code: 'not_a_phone' }>

/** Reads the walk-in form: the kana are needed, the rest may stay open. */
export function readWalkInForm(typed: TypedWalkIn): Result<WalkInPerson, WalkInProblems> {
  const kana = parseKana(typed.nameKana)
  const name = typed.name.trim() === '' ? ok(null) : parseName(typed.name)
  if (kana.ok && name.ok) {
    const ageBand = AGE_BANDS.find((band) => band === typed.ageBand) ?? null
    return ok({ nameKana: kana.value, name: name.value, ageBand })
  }
  return err({ ...(kana.ok ? {} : { nameKana: named(kana.error) }), ...(name.ok ? {} : { name: named(name.error) }) })
}

function named(problem: PersonTextProblem): KanaProblem {
  return problem.code === 'not_a_phone' ? { code: 'unreadable_character' } : problem
}
