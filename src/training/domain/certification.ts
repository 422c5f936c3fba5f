import * as v from 'valibot'
import { localDate, reference, words } from '#kernel/schema.ts'
import { learnerId } from '#people/domain/learner.ts'

/** 認定: a trainee becomes an instructor. Once per person. `number` is the certificate's, as the city writes it. */
export const Certify = v.strictObject({
  certificationId: reference<'certification'>(),
  learnerId,
  certifiedOn: localDate,
  number: words(30),
})
export type Certification = v.InferOutput<typeof Certify>

export type CertifyRefusal =
  | { readonly code: 'learner_unknown' }
  | { readonly code: 'not_a_trainee' }
  | { readonly code: 'already_certified' }
  | { readonly code: 'number_taken' }
  | { readonly code: 'certified_in_future' }

/** A trainee as the office sees one, read online only. */
export interface TraineeRow {
  readonly learnerId: Certification['learnerId']
  readonly name: string | null
  readonly nameKana: string
  /** Training sessions signed up for, and those attended. */
  readonly enrolledCount: number
  readonly attendedCount: number
  readonly certification: Pick<Certification, 'certifiedOn' | 'number'> | null
}
