import type { CheckInConcern } from '#attendance/domain/check-in-concern.ts'
import type { EnrollmentValue } from '#enrollment/domain/enrollment.ts'
import type { Instant } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { Identity } from '#login/domain/identity.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import type { Bucket, RecordBodies, RecordKind } from '#sync/domain/device-record.ts'
import type { OperationName, OperationOf, Refusal } from '#sync/domain/protocol.ts'
import type { Sql } from './database.ts'

/** Who said it, from which device. */
export interface Actor extends Identity {
  readonly deviceId: Uuid
  /** A phone whose pairing has ended, which may only hand in the facts that still wait on it. */
  readonly isRevoked?: true
}

export interface CitySettings {
  readonly learnersPerTeacher: number
}

/** What every `apply-*` works with: one transaction under the city's row lock, so facts read here stay true until commit. */
export interface ApplyContext {
  readonly sql: Sql
  readonly city: string
  readonly now: Instant
  /** Of the change feed: all effects of one transaction carry it. */
  readonly version: number
  readonly settings: CitySettings
  /** Puts a record into the change feed; `null` deletes it. Written once, after all batches; the last word for a key wins. */
  readonly project: Project
  /** Says that a session or its seats changed: after the batch its free seats go to those who wait, and its public record is made anew. */
  touchSession(sessionId: SessionId): void
}

export type Project = <Kind extends RecordKind>(
  bucket: Bucket,
  kind: Kind,
  id: string,
  body: RecordBodies[Kind] | null,
) => void

export interface Received<Name extends OperationName> {
  readonly operation: OperationOf<Name>
  readonly actor: Actor
}

export type Answer =
  | { readonly status: 'accepted'; readonly value: EnrollmentValue | null; readonly concern: CheckInConcern | null }
  | { readonly status: 'refused'; readonly refusal: Refusal }

/** Applies operations of one name, in order of arrival, and answers each of them. Throws only for faults of ours. */
export type Apply<Name extends OperationName> = (
  batch: readonly Received<Name>[],
  context: ApplyContext,
) => Promise<readonly Answer[]>

export const ACCEPTED = accepted(null)

export function refused(refusal: Refusal): Answer {
  return { status: 'refused', refusal }
}

export function accepted(value: EnrollmentValue | null, concern: CheckInConcern | null = null): Answer {
  return { status: 'accepted', value, concern }
}

/** Applies a batch one by one, for decisions that depend on the ones before them. */
export function oneByOne<Name extends OperationName>(
  applyOne: (received: Received<Name>, context: ApplyContext) => Promise<Answer>,
): Apply<Name> {
  return async (batch, context) => {
    const answers: Answer[] = []
    for (const received of batch) answers.push(await applyOne(received, context))
    return answers
  }
}
