import * as v from 'valibot'
import { reference } from '#kernel/schema.ts'
import { type LearnerId, learnerId } from './learner.ts'

export const mergeId = reference<'merge'>()
export type MergeId = v.InferOutput<typeof mergeId>

/** 名寄せ: two learners are one person, who goes by the name of the second. */
export const MergePerson = v.strictObject({ mergeId, learnerId, intoLearnerId: learnerId })
export type MergePerson = v.InferOutput<typeof MergePerson>

/** Takes back exactly the merges it names; one that was said elsewhere meanwhile stands. */
export const SeparatePerson = v.strictObject({ mergeIds: v.pipe(v.array(mergeId), v.minLength(1), v.maxLength(50)) })

export type MergeRefusal =
  | { readonly code: 'learner_unknown' }
  /** Nothing is left by which anybody could tell that they are the same. */
  | { readonly code: 'person_erased' }
  | { readonly code: 'same_learner' }

export interface MergeFacts {
  /** Of each of the two: whether nothing is left of them; `undefined`: nobody knows such a learner. */
  readonly erased: ReadonlyMap<LearnerId, boolean>
}

/** Source: docs/rules.md#merges. Two who are one person already may be merged again: whichever order both arrive in, it comes out the same. */
export function assessMerge(
  { learnerId: one, intoLearnerId }: MergePerson,
  { erased }: MergeFacts,
): MergeRefusal | null {
  if (one === intoLearnerId) return { code: 'same_learner' }
  const both = [erased.get(one), erased.get(intoLearnerId)]
  if (both.includes(undefined)) return { code: 'learner_unknown' }
  return both.includes(true) ? { code: 'person_erased' } : null
}

/** Who stands for whom: each learner with a merge that nobody took back, and the one their person goes by. All learners that merges
 *  lead to are one person; whoever was merged into no other stands for all, the smallest id where that leaves a choice.
 *  The same whatever the order of arrival. Twin of the SQL function `merged_people`. Source: docs/rules.md#merges */
export function personsOf(
  merges: readonly MergePerson[],
  separated: ReadonlySet<MergeId>,
): ReadonlyMap<LearnerId, LearnerId> {
  const standing = merges.filter((merge) => !separated.has(merge.mergeId))
  const merged = new Set(standing.map((merge) => merge.learnerId))
  const groups = new Map<LearnerId, readonly LearnerId[]>()
  for (const { learnerId: one, intoLearnerId: other } of standing) {
    const together = [...new Set([...(groups.get(one) ?? [one]), ...(groups.get(other) ?? [other])])]
    for (const id of together) groups.set(id, together)
  }
  return new Map([...groups].map(([id, together]) => [id, headOf(together, merged)]))
}

function headOf(together: readonly LearnerId[], merged: ReadonlySet<LearnerId>): LearnerId {
  const heads = together.filter((id) => !merged.has(id))
  return (heads.length > 0 ? heads : together).reduce((one, other) => (one < other ? one : other))
}
