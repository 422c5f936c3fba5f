import type { RosterEntry } from '#attendance/domain/mark.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import type { ApplyContext } from '#server/apply.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { bucketOf } from '#sessions/domain/session-bucket.ts'

/** A line about a person on a list that devices hold. */
export interface HeldEntry {
  readonly sessionId: SessionId
  readonly entry: RosterEntry
  /** Whether the person is recorded as having come. */
  readonly came: boolean
}

/** Every line about a person that devices hold: of sessions they signed up for or came to, or were said to have walked into. */
export function readHeldEntries(
  learnerId: LearnerId,
  { sql, city }: Pick<ApplyContext, 'sql' | 'city'>,
): Promise<readonly HeldEntry[]> {
  return sql<HeldEntry>`
    with met as (
      select learner_id, session_id from enrollments where city = ${city} and learner_id = ${learnerId}
       union
      select learner_id, session_id from attendance_marks where city = ${city} and learner_id = ${learnerId}
       union
      select ${learnerId}::uuid, (payload ->> 'sessionId')::uuid from operations -- also where the mark was somebody's already
       where city = ${city} and name = 'attendance.walkIn' and payload ->> 'learnerId' = ${learnerId}::text)
    select m.session_id as "sessionId", r.body as entry,
           exists (select 1 from attendance a
                    where a.city = ${city} and a.session_id = m.session_id and a.learner_id = m.learner_id) as came
      from met m
      join device_records r on r.city = ${city} and r.bucket = 'session:' || m.session_id
           and r.kind = 'rosterEntry' and r.id = m.learner_id::text
     where r.body is not null`
}

/** Says a corrected name on every list that devices hold. */
export async function correctEntries(
  learnerId: LearnerId,
  named: Pick<RosterEntry, 'name' | 'nameKana'>,
  context: ApplyContext,
): Promise<void> {
  for (const { sessionId, entry } of await readHeldEntries(learnerId, context))
    context.project(bucketOf(sessionId), 'rosterEntry', learnerId, { ...entry, ...named })
}

/** Takes a person from every list that devices hold. Whoever came stays as a line without a name, so that a list counts as before. */
export async function eraseEntries(learnerId: LearnerId, context: ApplyContext): Promise<number> {
  const held = await readHeldEntries(learnerId, context)
  for (const { sessionId, entry, came } of held) {
    const nobody: RosterEntry = { learnerId, name: null, nameKana: '', receiptNumber: null, state: entry.state }
    context.project(bucketOf(sessionId), 'rosterEntry', learnerId, came ? nobody : null)
  }
  return held.length
}
