import type { Outcome } from '#sync/domain/protocol.ts'
import type { HeldRecord } from '#client/local-schema.ts'
import type { SimTown } from './town.ts'

/** Everything the server holds of one city, at the end. */
export interface Truth {
  readonly version: number
  readonly versions: readonly number[]
  readonly operations: readonly KeptOperation[]
  readonly marks: readonly string[]
  readonly undos: readonly string[]
  readonly enrollments: readonly string[]
  readonly cancelled: readonly string[]
  readonly records: readonly HeldRecord[]
  /** 延べ and 実人数, as every total of the product is counted. */
  readonly visits: number
  readonly people: number
  readonly published: readonly string[]
  /** Sessions where somebody waits while a seat is free. */
  readonly idle: readonly string[]
}

export interface KeptOperation {
  readonly id: string
  readonly device: string
  readonly seq: number
  readonly version: number
  readonly outcome: Omit<Outcome, 'id'>
}

export async function readTruth({ kit }: SimTown): Promise<Truth> {
  const { city, database } = kit
  const [row] = await database.sql<Truth>`
    select c.version,
           (select coalesce(json_agg(version order by version), '[]') from feed_versions where city = c.city) as versions,
           (select coalesce(json_agg(json_build_object('id', id, 'device', device_id, 'seq', seq, 'version', version,
                   'outcome', outcome) order by device_id, seq), '[]') from operations where city = c.city) as operations,
           (select coalesce(json_agg(mark_id order by mark_id), '[]') from attendance_marks where city = c.city) as marks,
           (select coalesce(json_agg(mark_id order by mark_id), '[]') from attendance_undos where city = c.city) as undos,
           (select coalesce(json_agg(enrollment_id order by enrollment_id), '[]') from enrollments
             where city = c.city) as enrollments,
           (select coalesce(json_agg(enrollment_id order by enrollment_id), '[]') from enrollment_cancellations
             where city = c.city) as cancelled,
           (select coalesce(json_agg(json_build_object('bucket', bucket, 'kind', kind, 'id', id, 'version', version,
                   'body', body) order by bucket collate "C", kind collate "C", id collate "C"), '[]') from device_records
             where city = c.city and body is not null) as records,
           (select count(*)::int from kpi_facts where city = c.city and measure = 'classAttendances') as visits,
           (select count(distinct learner_id)::int from kpi_facts
             where city = c.city and measure = 'classAttendances') as people,
           (select coalesce(json_agg(session_id), '[]') from sessions where city = c.city and state <> 'draft') as published,
           (select coalesce(json_agg(title), '[]') from sessions s where city = c.city and state = 'published'
               and exists (select 1 from enrollments_now e
                            where e.city = s.city and e.session_id = s.session_id and e.state = 'waitlisted')
               and (select count(*) from enrollments_now e
                     where e.city = s.city and e.session_id = s.session_id and e.state = 'enrolled')
                   < least(capacity, c.learners_per_teacher * jsonb_array_length(teachers))) as idle
      from cities c where c.city = ${city}`
  if (row === undefined) throw new Error('The city is there')
  return row
}
