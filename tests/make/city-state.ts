import { seatsOf } from '#enrollment/domain/seats.ts'
import type { Instant } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { Database } from '#server/database.ts'
import type { ChangedRecord } from '#sync/domain/device-record.ts'
import type { OperationName } from '#sync/domain/protocol.ts'

/** What a city's database holds, as far as a history can be judged by it. */
export interface CityState {
  readonly version: number
  /** The versions that have a mark. */
  readonly versions: readonly number[]
  readonly operations: readonly KeptOperation[]
  readonly marks: readonly { readonly markId: Uuid; readonly learnerId: Uuid; readonly walkIn: boolean }[]
  readonly undone: readonly Uuid[]
  readonly enrollments: readonly KeptEnrollment[]
  readonly sessions: readonly { readonly sessionId: Uuid; readonly state: string; readonly seats: number }[]
  readonly records: readonly ChangedRecord[]
}

export interface KeptOperation {
  readonly id: Uuid
  readonly deviceId: Uuid
  readonly seq: number
  readonly name: OperationName
  readonly version: number
  readonly outcome: object
}

export interface KeptEnrollment {
  readonly enrollmentId: Uuid
  readonly sessionId: Uuid
  readonly learnerId: Uuid
  readonly receiptNumber: string
  readonly grantedAt: Instant | null
  readonly cancelledAt: Instant | null
}

/** Reads all of it at one moment. */
export function readCityState({ transaction }: Pick<Database, 'transaction'>, city: string): Promise<CityState> {
  return transaction(async (sql) => {
    await sql`set transaction isolation level repeatable read`
    const [head] = await sql<{ version: number; learners_per_teacher: number }>`
      select version, learners_per_teacher from cities where city = ${city}`
    if (head === undefined) throw new Error(`No city ${city}`)
    const versions = await sql<{ version: number }>`
      select version from feed_versions where city = ${city} order by version`
    const undone = await sql<{ mark_id: Uuid }>`select mark_id from attendance_undos where city = ${city}`
    const sessions = await sql<{ sessionId: Uuid; state: string; capacity: number | null; teachers: number }>`
      select session_id as "sessionId", state, capacity, jsonb_array_length(teachers) as teachers
        from sessions where city = ${city}`
    return {
      version: head.version,
      versions: versions.map(({ version }) => version),
      operations: await sql<KeptOperation>`
        select id, device_id as "deviceId", seq, name, version, outcome from operations where city = ${city}`,
      marks: await sql<CityState['marks'][number]>`
        select mark_id as "markId", learner_id as "learnerId", walk_in as "walkIn"
          from attendance_marks where city = ${city}`,
      undone: undone.map((row) => row.mark_id),
      enrollments: await sql<KeptEnrollment>`
        select e.enrollment_id as "enrollmentId", e.session_id as "sessionId", e.learner_id as "learnerId",
               e.receipt_number as "receiptNumber", g.granted_at as "grantedAt", c.cancelled_at as "cancelledAt"
          from enrollments e left join seat_grants g using (city, enrollment_id)
          left join enrollment_cancellations c using (city, enrollment_id)
         where e.city = ${city}`,
      sessions: sessions.map(({ sessionId, state, capacity, teachers }) => {
        const seats = seatsOf({ capacity: capacity ?? 0, teacherCount: teachers }, head.learners_per_teacher)
        return { sessionId, state, seats }
      }),
      records: await sql<ChangedRecord>`
        select bucket, kind, id, version, body from device_records where city = ${city}`,
    }
  })
}
