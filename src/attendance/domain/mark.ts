import * as v from 'valibot'
import { reference } from '#kernel/schema.ts'
import type { Instant } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import { ageBand, type LearnerId, learnerId, personKana, personName } from '#people/domain/learner.ts'
import { sessionId } from '#sessions/domain/session.ts'

export const markId = reference<'mark'>()
export type MarkId = v.InferOutput<typeof markId>

/** 受付の印: somebody at the desk saw this person come. One tap, one fact. */
export const Mark = v.strictObject({ markId, sessionId, learnerId })
export type Mark = v.InferOutput<typeof Mark>

/** Takes back exactly the marks it names, those the helper could see; a mark made unseen on another phone stands. */
export const Undo = v.strictObject({
  sessionId,
  learnerId,
  markIds: v.pipe(v.array(markId), v.minLength(1), v.maxLength(50)),
})

/** 飛び込み: somebody who came without signing up, and is here. The phone makes the person's id. */
export const WalkIn = v.strictObject({
  markId,
  sessionId,
  learnerId,
  name: v.nullable(personName),
  nameKana: personKana,
  ageBand: v.nullable(ageBand),
})

/** A mark as a phone may hold it: one body in the bucket `session:<id>`. */
export interface MarkRecord extends Mark {
  readonly markedAt: Instant
  readonly deviceId: Uuid
  readonly undone: boolean
}

/** One person on a session's list: one body in the bucket `session:<id>`. No phone number. */
export interface RosterEntry {
  readonly learnerId: LearnerId
  readonly name: string | null
  readonly nameKana: string
  readonly receiptNumber: string | null
  readonly state: 'enrolled' | 'waitlisted' | 'cancelled' | 'walkIn'
}

/** Who is here: those with a mark that nobody took back. The same whatever the order of arrival. Twin of the SQL view `attendance`. */
export function presentLearners(
  marks: readonly Pick<Mark, 'markId' | 'learnerId'>[],
  undone: ReadonlySet<MarkId>,
): ReadonlySet<LearnerId> {
  return new Set(marks.filter((mark) => !undone.has(mark.markId)).map((mark) => mark.learnerId))
}
