import type { LearnerId } from '#people/domain/learner.ts'
import type { ApplyContext } from '#server/apply.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import type { PayloadOf } from '#sync/domain/protocol.ts'

export interface FoundLearner {
  readonly learnerId: LearnerId
  readonly name: string | null
  readonly nameKana: string
  /** 利用停止: not to be listed any more. */
  readonly stopped: boolean
  /** Writes a person down who was not known before. */
  keep(): Promise<void>
}

/** The same ふりがな and the same phone number are the same person (twin of learnerKey() in people/domain/same-learner.ts).
 *  A person first met through this request takes the request's id, so that a repeated request makes the same person. */
export async function findOrAddLearner(
  { enrollmentId, name, nameKana, phone }: PayloadOf<'enrollment.request'>,
  { sql, city, now }: ApplyContext,
): Promise<FoundLearner> {
  const [known] = await sql<{ learner_id: LearnerId; name: string | null; name_kana: string; stopped: boolean }>`
    select learner_id, name, name_kana,
           exists (select 1 from learners o where o.city = ${city} and o.learner_id = any(halves_of(${city}, learners.learner_id))
                                              and o.stopped_at is not null) as stopped
      from learners
     where city = ${city} and phone = ${phone} and translate(name_kana, ' ・', '') = translate(${nameKana}, ' ・', '')
     order by created_at, learner_id limit 1`
  if (known !== undefined) {
    const { learner_id, name_kana, stopped } = known
    return { learnerId: learner_id, name: known.name, nameKana: name_kana, stopped, keep: async () => {} }
  }
  const learnerId = enrollmentId as string as LearnerId
  const keep = async (): Promise<void> => {
    await sql`
      insert into learners (city, learner_id, name, name_kana, phone, created_at)
      values (${city}, ${learnerId}, ${name}, ${nameKana}, ${phone}, ${now})`
  }
  return { learnerId, name, nameKana, stopped: false, keep }
}

/** Whether a person already has a seat or a place on the waitlist of a session. */
export async function isOnList(
  sessionId: SessionId,
  learnerId: LearnerId,
  { sql, city }: ApplyContext,
): Promise<boolean> {
  const rows = await sql`
    select 1 from enrollments_now
     where city = ${city} and session_id = ${sessionId} and state <> 'cancelled'
       and learner_id = any(halves_of(${city}, ${learnerId}))`
  return rows.length > 0
}
