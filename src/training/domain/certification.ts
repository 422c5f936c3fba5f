import * as v from 'valibot'
import { err, ok, type Result } from '#kernel/result.ts'
import { localDate, reference, words } from '#kernel/schema.ts'
import type { LocalDate } from '#kernel/time.ts'
import { learnerId } from '#people/domain/learner.ts'

export const CERTIFICATE_NUMBER_MAX = 30

/** 認定: a trainee becomes an instructor. Once per person. `number` is the certificate's, as the city writes it. */
export const Certify = v.strictObject({
  certificationId: reference<'certification'>(),
  learnerId,
  certifiedOn: localDate,
  number: words(CERTIFICATE_NUMBER_MAX),
})
export type Certification = v.InferOutput<typeof Certify>

export type CertifyRefusal =
  | { readonly code: 'learner_unknown' }
  | { readonly code: 'not_a_trainee' }
  | { readonly code: 'already_certified' }
  | { readonly code: 'number_taken' }
  | { readonly code: 'certified_in_future' }

export interface CertifyFacts {
  readonly learnerKnown: boolean
  /** Signed up for training, or came to it. */
  readonly trainee: boolean
  readonly alreadyCertified: boolean
  readonly numberTaken: boolean
}

/** Approves a trainee as an instructor. The person comes first, then the day, then the number: the order in which a form is read. */
export function certify(facts: CertifyFacts, certifiedOn: LocalDate, today: LocalDate): Result<null, CertifyRefusal> {
  if (!facts.learnerKnown) return err({ code: 'learner_unknown' })
  if (facts.alreadyCertified) return err({ code: 'already_certified' })
  if (!facts.trainee) return err({ code: 'not_a_trainee' })
  if (certifiedOn > today) return err({ code: 'certified_in_future' })
  if (facts.numberTaken) return err({ code: 'number_taken' })
  return ok(null)
}

/** GET /api/training/trainees */
export interface TraineesAnswer {
  readonly today: LocalDate
  readonly trainees: readonly TraineeRow[]
}

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
