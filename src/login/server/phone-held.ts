import { compareKana } from '#kernel/kana.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { HeldAnswer, HeldList, HeldPerson } from '#login/domain/pairing-list.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import type { Sql } from '#server/database.ts'
import type { SessionId } from '#sessions/domain/session.ts'

type Phone = Omit<HeldAnswer, 'peopleCount' | 'lists'>

/** What of people is on a phone, or was when its pairing ended; `null` when there is no such pairing. */
export async function readHeld(
  sql: Sql,
  city: string,
  pairingId: Uuid,
): Promise<(HeldAnswer & { readonly deviceId: Uuid }) | null> {
  const [found] = await sql<Phone & { readonly deviceId: Uuid }>`
    select i.name, p.device_id as "deviceId", p.paired_at as "pairedAt", p.ended_at as "endedAt", p.end_reason as reason,
           p.wiped_at as "wipedAt", coalesce(d.last_contact_at, p.ended_at) as "lastContactAt", coalesce(d.unsent_count, 0) as "unsentCount"
      from pairings p join instructors i using (city, instructor_id)
      left join devices d using (city, device_id) -- forgotten some time after the end
     where p.city = ${city} and p.pairing_id = ${pairingId}`
  if (found === undefined) return null
  const lists = await sql<HeldList>`
    select s.session_id as "sessionId", s.title, s.held_on as "heldOn", s.start_time as "startTime"
      from pairing_lists l
      join pairings p using (city, pairing_id)
      join sessions s using (city, session_id)
     where l.city = ${city} and l.pairing_id = ${pairingId} and (l.until_at is null or l.until_at >= p.ended_at)
     order by s.held_on, s.start_time, s.session_id`
  const people = await readPeople(sql, city, lists)
  const listed = lists.map((list) => ({ ...list, people: people.bySession.get(list.sessionId) ?? [] }))
  return { ...found, peopleCount: people.count, lists: listed }
}

interface PersonRow extends HeldPerson {
  readonly sessionId: SessionId
  readonly learnerId: LearnerId
}

/** Whoever is or was on these lists. From the city's own tables, so that it can be told long after; with those who came onto a list since
 *  the phone last asked for it: rather one too many than one who never hears of it. */
async function readPeople(
  sql: Sql,
  city: string,
  lists: readonly HeldList[],
): Promise<{ readonly count: number; readonly bySession: ReadonlyMap<SessionId, readonly HeldPerson[]> }> {
  const ids = lists.map((list) => list.sessionId)
  const rows = await sql<PersonRow>`
    select k.session_id as "sessionId", k.learner_id as "learnerId", l.name, l.name_kana as "nameKana"
      from (select session_id, learner_id from enrollments where city = ${city} and session_id = any(${ids})
            union
            select session_id, learner_id from attendance_marks
             where city = ${city} and session_id = any(${ids}) and walk_in) k
      join learners l on l.city = ${city} and l.learner_id = k.learner_id`
  const bySession = new Map<SessionId, HeldPerson[]>()
  const sorted = rows.toSorted((one, other) => compareKana(one.nameKana ?? '', other.nameKana ?? ''))
  for (const { sessionId, name, nameKana } of sorted) {
    bySession.set(sessionId, [...(bySession.get(sessionId) ?? []), { name, nameKana }])
  }
  return { count: new Set(rows.map((row) => row.learnerId)).size, bySession }
}
