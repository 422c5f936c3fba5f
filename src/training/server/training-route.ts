import { Hono } from 'hono'
import { type LocalDate, localDateOf } from '#kernel/time.ts'
import { auditView } from '#server/audit.ts'
import type { Sql } from '#server/database.ts'
import type { ServerKit } from '#server/kit.ts'
import type { TraineeRow, TraineesAnswer } from '#training/domain/certification.ts'

/** GET /api/training/trainees, for the office only. */
export function trainingRoute(kit: ServerKit): Hono {
  const app = new Hono()
  app.get('/api/training/trainees', async (c) => {
    c.header('Cache-Control', 'no-store')
    const trainees = await readTrainees(kit.database.sql, kit.city)
    await auditView(c, kit, { object: 'list:trainees', count: trainees.length })
    return c.json({ today: localDateOf(kit.now()), trainees } satisfies TraineesAnswer)
  })
  return app
}

/** Everybody in training, and everybody certified: those not yet certified first, then by kana. */
export async function readTrainees(sql: Sql, city: string): Promise<readonly TraineeRow[]> {
  interface Row extends Omit<TraineeRow, 'certification'> {
    certifiedOn: LocalDate | null
    number: string | null
  }
  const rows = await sql<Row>`
    select l.learner_id as "learnerId", l.name, l.name_kana as "nameKana",
           coalesce(t.enrolled_count, 0) as "enrolledCount", coalesce(t.attended_count, 0) as "attendedCount",
           c.certified_on as "certifiedOn", c.number
      from learners l
      left join trainees t using (city, learner_id)
      left join (select f.city, f.learner_id, o.certified_on, o.number
                   from kpi_facts f join certifications o on o.city = f.city and o.certification_id = f.source_id
                  where f.measure = 'certifications') c using (city, learner_id)
     where l.city = ${city} and (t.learner_id is not null or c.learner_id is not null)
     order by c.certified_on is not null, l.name_kana, l.learner_id`
  return rows.map(({ certifiedOn, number, ...trainee }) => ({
    ...trainee,
    certification: certifiedOn === null || number === null ? null : { certifiedOn, number },
  }))
}
