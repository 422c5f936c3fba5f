import type { StaffId } from '#login/domain/identity.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import type { PersonReason } from '#people/domain/person-change.ts'
import type { ApplyContext } from '#server/apply.ts'
import { eraseSaid } from './erase-said.ts'
import { eraseEntries } from './roster-entries.ts'

interface Why {
  readonly reason: PersonReason | 'retention'
  /** `null`: the program itself, when the time has come. */
  readonly staffId: StaffId | null
}

/** 消去: name, ふりがな and telephone number go from the city's tables, from what was said, and from every device at its next contact.
 *  What is counted stays, as rows about nobody. Leaves a line that it was done, with numbers only. */
export async function eraseLearner(
  learnerId: LearnerId,
  { reason, staffId }: Why,
  context: ApplyContext,
): Promise<void> {
  const { sql, city, now } = context
  const operationCount = await eraseSaid(learnerId, context)
  const recordCount = (await eraseEntries(learnerId, context)) + (await eraseBookings(learnerId, context))
  await sql`
    update learners set name = null, name_kana = '', phone = null, erased_at = ${now}
     where city = ${city} and learner_id = ${learnerId}`
  await sql`
    insert into erasures (city, learner_id, erased_at, reason, staff_id, operation_count, record_count,
                          enrollment_count, attendance_count, certification_count)
    select ${city}, l.learner_id, ${now}, ${reason}, ${staffId}, ${operationCount}, ${recordCount},
           (select count(*) from enrollments e where e.city = l.city and e.learner_id = l.learner_id),
           (select count(distinct m.session_id) from attendance_marks m
             where m.city = l.city and m.learner_id = l.learner_id
               and not exists (select 1 from attendance_undos u where u.city = m.city and u.mark_id = m.mark_id)),
           (select count(*) from certifications c where c.city = l.city and c.learner_id = l.learner_id)
      from learners l where l.city = ${city} and l.learner_id = ${learnerId}`
}

/** Takes the person's bookings from the devices that asked for them. */
async function eraseBookings(learnerId: LearnerId, { sql, city, project }: ApplyContext): Promise<number> {
  const rows = await sql<{ device_id: Uuid; enrollment_id: Uuid }>`
    select e.device_id, e.enrollment_id
      from enrollments e
      join device_records r on r.city = e.city and r.bucket = 'device:' || e.device_id
           and r.kind = 'booking' and r.id = e.enrollment_id::text
     where e.city = ${city} and e.learner_id = ${learnerId} and r.body is not null`
  for (const { device_id, enrollment_id } of rows) project(`device:${device_id}`, 'booking', enrollment_id, null)
  return rows.length
}
