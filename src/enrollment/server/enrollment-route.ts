import { Hono } from 'hono'
import * as v from 'valibot'
import type { EnrollmentRow } from '#enrollment/domain/enrollment.ts'
import { auditView } from '#server/audit.ts'
import type { ServerKit } from '#server/kit.ts'
import type { Sql } from '#server/database.ts'
import { sessionId, type SessionId } from '#sessions/domain/session.ts'

/** GET /api/office/sessions/:id/enrollments: everybody who asked for a place, with phone numbers. Organizers only, never stored on a device. */
export function enrollmentRoute(kit: ServerKit): Hono {
  return new Hono().get('/api/office/sessions/:id/enrollments', async (c) => {
    const id = v.safeParse(sessionId, c.req.param('id'))
    if (!id.success) return c.json({ code: 'session_unknown' }, 404)
    const enrollments = await readEnrollments(kit.database.sql, kit.city, id.output)
    await auditView(c, kit, { object: `session:${id.output}`, count: enrollments.length })
    return c.json(enrollments)
  })
}

/** Seats first, then those who wait in their order, then those who cancelled. */
export function readEnrollments(sql: Sql, city: string, session: SessionId): Promise<EnrollmentRow[]> {
  return sql<EnrollmentRow>`
    select e.enrollment_id as "enrollmentId", e.session_id as "sessionId", e.receipt_number as "receiptNumber", e.state,
           e.position::int, e.learner_id as "learnerId", l.name, l.name_kana as "nameKana",
           case when w.stopped then null else l.phone end as phone, w.stopped, e.channel,
           e.requested_at as "requestedAt",
           exists (select 1 from attendance a
                    where a.city = e.city and a.session_id = e.session_id and a.learner_id = e.learner_id) as present
      from enrollments_now e
      join learners l on l.city = e.city and l.learner_id = e.learner_id
      left join learner_persons p on p.city = e.city and p.learner_id = e.learner_id
     cross join lateral (
       select bool_or(o.stopped_at is not null) as stopped from learners o
        where o.city = e.city and o.learner_id = any(coalesce(p.learner_ids, array[e.learner_id]))) w
     where e.city = ${city} and e.session_id = ${session}
     order by array_position(array['enrolled', 'waitlisted', 'cancelled'], e.state), e.arrival`
}
