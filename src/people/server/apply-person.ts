import type { LearnerId } from '#people/domain/learner.ts'
import type { PersonRefusal } from '#people/domain/person-change.ts'
import { ACCEPTED, type Apply, type ApplyContext, oneByOne, refused } from '#server/apply.ts'
import { eraseLearner } from './erase-learner.ts'
import { correctEntries } from './roster-entries.ts'

/** 訂正: what we hold of a person becomes what they say it is, also on the lists that devices hold. */
export const applyCorrectPerson: Apply<'person.correct'> = oneByOne(async ({ operation }, context) => {
  const { learnerId, name, nameKana, phone } = operation.payload
  const refusal = await refuseChange(learnerId, context)
  if (refusal !== null) return refused(refusal)
  const { sql, city } = context
  await sql`
    update learners set name = ${name}, name_kana = ${nameKana}, phone = ${phone}
     where city = ${city} and learner_id = ${learnerId}`
  await correctEntries(learnerId, { name, nameKana }, context)
  return ACCEPTED
})

/** 利用停止 of the whole person: no longer called, and no longer listed anew. Said twice, the first day stands. */
export const applyStopPerson: Apply<'person.stop'> = oneByOne(async ({ operation }, context) => {
  const { learnerId } = operation.payload
  const refusal = await refuseChange(learnerId, context)
  if (refusal !== null) return refused(refusal)
  const { sql, city, now } = context
  await sql`
    update learners set stopped_at = coalesce(stopped_at, ${now})
     where city = ${city} and learner_id = any(halves_of(${city}, ${learnerId})) and erased_at is null`
  return ACCEPTED
})

/** The person may be called and listed again. */
export const applyResumePerson: Apply<'person.resume'> = oneByOne(async ({ operation }, context) => {
  const { learnerId } = operation.payload
  const refusal = await refuseChange(learnerId, context)
  if (refusal !== null) return refused(refusal)
  const { sql, city } = context
  await sql`
    update learners set stopped_at = null where city = ${city} and learner_id = any(halves_of(${city}, ${learnerId}))`
  return ACCEPTED
})

/** 消去 of the whole person, at their own word. A seat of a session to come has to be given back first: whoever waits for it should get it. */
export const applyErasePerson: Apply<'person.erase'> = oneByOne(async ({ operation, actor }, context) => {
  const { learnerId, reason } = operation.payload
  const refusal = (await refuseChange(learnerId, context)) ?? (await refuseErasure(learnerId, context))
  if (refusal !== null) return refused(refusal)
  for (const half of await readHalves(learnerId, context))
    await eraseLearner(half, { reason, staffId: actor.staffId }, context)
  return ACCEPTED
})

async function refuseChange(learnerId: LearnerId, { sql, city }: ApplyContext): Promise<PersonRefusal | null> {
  const [row] = await sql<{ erased: boolean }>`
    select erased_at is not null as erased from learners where city = ${city} and learner_id = ${learnerId}`
  if (row === undefined) return { code: 'learner_unknown' }
  return row.erased ? { code: 'person_erased' } : null
}

async function refuseErasure(learnerId: LearnerId, { sql, city, now }: ApplyContext): Promise<PersonRefusal | null> {
  const rows = await sql`
    select 1 from enrollments_now e
      join sessions s on s.city = e.city and s.session_id = e.session_id
     where e.city = ${city} and e.learner_id = any(halves_of(${city}, ${learnerId})) and e.state <> 'cancelled'
       and s.state = 'published' and s.starts_at > ${now}`
  return rows.length > 0 ? { code: 'still_enrolled' } : null
}

/** Of the same person, whoever still has words. */
async function readHalves(learnerId: LearnerId, { sql, city }: ApplyContext): Promise<readonly LearnerId[]> {
  const rows = await sql<{ learner_id: LearnerId }>`
    select learner_id from learners
     where city = ${city} and learner_id = any(halves_of(${city}, ${learnerId})) and erased_at is null order by learner_id`
  return rows.map((row) => row.learner_id)
}
