import type { LearnerId } from '#people/domain/learner.ts'
import type { ApplyContext } from '#server/apply.ts'
import type { Due } from '#server/retention-part.ts'

type Where = Pick<ApplyContext, 'sql' | 'city'>

/** What an operation may say about a person. All of it goes; ids, the session and the way of asking stay. */
const PERSONAL = ['name', 'nameKana', 'phone', 'phoneLast4']

/** Takes the words about a person out of everything that was ever said by them or about them; call it while their row still says who
 *  they are. The outcomes stay, which name nobody, so that whoever sends one again gets the same answer. The one place where a
 *  fact is changed: docs/decisions/031-erasure.md. Returns how many operations lost words. */
export async function eraseSaid(learnerId: LearnerId, { sql, city }: Where): Promise<number> {
  const rows = await sql`
    update operations set payload = payload - ${PERSONAL}::text[]
     where city = ${city} and payload ?| ${PERSONAL}::text[] and id in (select id from words_of_person(${city}, ${learnerId}))
    returning 1`
  return rows.length
}

/** What was said in vain, which no row of a person leads to: at most so much, of that day or before. */
export async function eraseInVain({ sql, city }: Where, { until, limit }: Due): Promise<number> {
  const rows = await sql`
    update operations set payload = payload - ${PERSONAL}::text[]
     where city = ${city} and id in (
           select id from words_in_vain where city = ${city} and said_on <= ${until} limit ${limit})
    returning 1`
  return rows.length
}

/** What arrived about somebody after they were erased. */
export async function eraseTooLate({ sql, city }: Where, { until, limit }: Due): Promise<number> {
  const rows = await sql`
    update operations set payload = payload - ${PERSONAL}::text[]
     where city = ${city} and id in (
           select id from words_too_late where city = ${city} and said_on <= ${until} limit ${limit})
    returning 1`
  return rows.length
}
