import type { RosterEntry } from '#attendance/domain/mark.ts'
import { seatsOf } from '#enrollment/domain/seats.ts'
import type { Instant } from '#kernel/time.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import type { ApplyContext } from '#server/apply.ts'
import type { SessionId } from '#sessions/domain/session.ts'

/** What the server knows about a session at the moment marks arrive. `present` counts up as walk-ins of one batch are taken in. */
export interface SessionFacts {
  readonly startsAt: Instant | null
  readonly cancelled: boolean
  readonly seats: number
  present: number
  readonly entries: ReadonlyMap<LearnerId, RosterEntry['state']>
}

interface FactsRow {
  session_id: SessionId
  starts_at: Instant | null
  cancelled: boolean
  capacity: number | null
  teacher_count: number
  present: number
  entries: Record<string, RosterEntry['state']> | null
}

/** The facts of each session named; a session the server does not know is missing from the map. */
export async function readCheckInFacts(
  taps: readonly { readonly sessionId: SessionId; readonly learnerId: LearnerId }[],
  { sql, city, settings }: ApplyContext,
): Promise<ReadonlyMap<SessionId, SessionFacts>> {
  const sessionIds = [...new Set(taps.map((tap) => tap.sessionId))]
  const learnerIds = [...new Set(taps.map((tap) => tap.learnerId))]
  const rows = await sql<FactsRow>`
    select s.session_id, s.starts_at, s.state = 'cancelled' as cancelled, s.capacity,
           jsonb_array_length(s.teachers) as teacher_count,
           (select count(*)::int from attendance a where a.city = s.city and a.session_id = s.session_id) as present,
           (select jsonb_object_agg(k.learner_id, k.state)
              from (select r.learner_id, (array_agg(r.state order by r.rank))[1] as state
                      from (select e.learner_id, e.state, case e.state when 'enrolled' then 1 when 'waitlisted' then 3 else 4 end as rank
                              from enrollments_now e
                             where e.city = s.city and e.session_id = s.session_id and e.learner_id = any(${learnerIds})
                            union all
                            select m.learner_id, 'walkIn', 2 from attendance_marks m
                             where m.city = s.city and m.session_id = s.session_id and m.walk_in
                               and m.learner_id = any(${learnerIds})) r
                     group by r.learner_id) k) as entries
      from sessions s
     where s.city = ${city} and s.session_id = any(${sessionIds})`
  return new Map(
    rows.map((row) => {
      const room = { capacity: row.capacity ?? 0, teacherCount: row.teacher_count }
      const facts: SessionFacts = {
        startsAt: row.starts_at,
        cancelled: row.cancelled,
        seats: seatsOf(room, settings.learnersPerTeacher),
        present: row.present,
        entries: new Map(Object.entries(row.entries ?? {}) as [LearnerId, RosterEntry['state']][]),
      }
      return [row.session_id, facts]
    }),
  )
}
