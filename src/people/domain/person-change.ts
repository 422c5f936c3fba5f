import * as v from 'valibot'
import { learnerId, personKana, personName, phone } from './learner.ts'

/** Why something about a person is changed: chosen, never typed, so that the reason itself holds nothing about anybody.
 *  本人 / 家族・代理人 / 市の誤り. */
export const PERSON_REASONS = ['self', 'family', 'mistake'] as const
export const personReason = v.picklist(PERSON_REASONS)
export type PersonReason = v.InferOutput<typeof personReason>

/** 訂正. `name` and `phone` are `null` for somebody who walked in and never gave them. */
export const CorrectPerson = v.strictObject({
  learnerId,
  name: v.nullable(personName),
  nameKana: personKana,
  phone: v.nullable(phone),
  reason: personReason,
})
/** 利用停止, and its end. */
export const StopPerson = v.strictObject({ learnerId, reason: personReason })
export const ResumePerson = v.strictObject({ learnerId, reason: personReason })
/** 消去. Cannot be undone. */
export const ErasePerson = v.strictObject({ learnerId, reason: personReason })

export type PersonRefusal =
  | { readonly code: 'learner_unknown' }
  /** Nothing is left that could be changed. */
  | { readonly code: 'person_erased' }
  /** A seat of a session to come has to be given back first, so that somebody else gets it. */
  | { readonly code: 'still_enrolled' }
