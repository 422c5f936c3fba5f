import type { LearnerId } from '#people/domain/learner.ts'
import { assessMerge, type MergeFacts, type MergePerson } from '#people/domain/same-person.ts'
import { ACCEPTED, type Apply, type ApplyContext, oneByOne, refused } from '#server/apply.ts'

/** 名寄せ: from now on two learners count as one person. Nothing of either is changed. */
export const applyMergePerson: Apply<'person.merge'> = oneByOne(async ({ operation, actor }, context) => {
  const { mergeId, learnerId, intoLearnerId } = operation.payload
  const refusal = assessMerge(operation.payload, await readMergeFacts(operation.payload, context))
  if (refusal !== null) return refused(refusal)
  const { sql, city, now } = context
  await sql`
    insert into learner_merges (city, merge_id, learner_id, into_learner_id, merged_at, staff_id)
    values (${city}, ${mergeId}, ${learnerId}, ${intoLearnerId}, ${now}, ${actor.staffId})
    on conflict (city, merge_id) do nothing`
  return ACCEPTED
})

/** The merges named are taken back, also one that has not arrived. Said twice, the first day stands. */
export const applySeparatePerson: Apply<'person.separate'> = oneByOne(async ({ operation, actor }, context) => {
  const { sql, city, now } = context
  await sql`
    insert into learner_separations (city, merge_id, separated_at, staff_id)
    select ${city}, merge_id, ${now}, ${actor.staffId} from unnest(${operation.payload.mergeIds}::uuid[]) as t(merge_id)
    on conflict (city, merge_id) do nothing`
  return ACCEPTED
})

async function readMergeFacts(asked: MergePerson, { sql, city }: ApplyContext): Promise<MergeFacts> {
  const rows = await sql<{ learner_id: LearnerId; erased: boolean }>`
    select learner_id, erased_at is not null as erased from learners
     where city = ${city} and learner_id = any(${[asked.learnerId, asked.intoLearnerId]})`
  return { erased: new Map(rows.map((row) => [row.learner_id, row.erased])) }
}
