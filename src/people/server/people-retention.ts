import type { LearnerId } from '#people/domain/learner.ts'
import type { DayCount } from '#people/domain/retention.ts'
import type { RetentionPart } from '#server/retention-part.ts'
import { eraseLearner } from './erase-learner.ts'
import { eraseInVain, eraseTooLate } from './erase-said.ts'

/** What the city knows of people, and when it forgets it (docs/rules.md#retention). */
export const PEOPLE_RETENTION: readonly RetentionPart[] = [
  learners('contacts', false),
  learners('certified', true),
  {
    kind: 'inVain',
    readDays: (sql, city) => sql<DayCount>`
      select said_on as "lastOn", count(*)::int as count from words_in_vain where city = ${city} group by said_on`,
    apply: eraseInVain,
  },
  {
    kind: 'tooLate',
    readDays: (sql, city) => sql<DayCount>`
      select said_on as "lastOn", count(*)::int as count from words_too_late where city = ${city} group by said_on`,
    apply: eraseTooLate,
  },
]

/** People by the day they last had to do with the city; those who were certified stay longer. */
function learners(kind: 'contacts' | 'certified', certified: boolean): RetentionPart {
  return {
    kind,
    readDays: (sql, city) => sql<DayCount>`
      select last_on as "lastOn", count(*)::int as count from learner_activity
       where city = ${city} and not erased and certified = ${certified} group by last_on`,
    async apply(context, { until, limit }) {
      const rows = await context.sql<{ learner_id: LearnerId }>`
        select learner_id from learner_activity
         where city = ${context.city} and not erased and certified = ${certified} and last_on <= ${until}
         order by last_on, learner_id limit ${limit}`
      for (const { learner_id } of rows) await eraseLearner(learner_id, { reason: 'retention', staffId: null }, context)
      return rows.length
    },
  }
}
