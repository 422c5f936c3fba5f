import type { Uuid } from '#kernel/uuid.ts'
import type { StaffId } from '#login/domain/identity.ts'
import { type Role, STAFF_ROLES, type StaffRole } from '#login/domain/roles.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import type { Actor } from '#server/apply.ts'
import type { Sql } from '#server/database.ts'

/** A device the server has met. */
export interface MetPhone {
  readonly secretHash: Buffer
  /** Who it is taken for when somebody else brings what it said. */
  readonly actor: Actor
}

interface MetRow {
  secret_hash: Buffer
  role: Role
  staff_id: StaffId | null
  staff_role: StaffRole | null
  staff_instructor_id: InstructorId | null
  instructor_id: InstructorId | null
  was_phone: boolean
}

/** Whose a device is, as at its last contact: the volunteer it is paired with, and who of the office was signed in, as far as they still
 *  work there. `null`: never met. */
export async function readMetPhone(sql: Sql, city: string, deviceId: Uuid): Promise<MetPhone | null> {
  const [met] = await sql<MetRow>`
    select d.secret_hash, d.role, d.staff_id, s.role as staff_role, s.instructor_id as staff_instructor_id, p.instructor_id,
           exists (select 1 from pairings q where q.city = d.city and q.device_id = d.device_id) as was_phone
      from devices d
      left join staff s on s.city = d.city and s.staff_id = d.staff_id and s.disabled_at is null
      left join pairings p on p.city = d.city and p.device_id = d.device_id and p.ended_at is null
     where d.city = ${city} and d.device_id = ${deviceId}`
  return met === undefined ? null : { secretHash: met.secret_hash, actor: actorOf(met, deviceId) }
}

function actorOf(met: MetRow, deviceId: Uuid): Actor {
  const nobody = { deviceId, role: 'resident', staffId: null, instructorId: null } as const
  const { role, staff_id: staffId, staff_role: staffRole, instructor_id: instructorId } = met
  if (staffId !== null && staffRole !== null && STAFF_ROLES.some((one) => one === role))
    return { deviceId, role: staffRole, staffId, instructorId: instructorId ?? met.staff_instructor_id }
  if (instructorId !== null) return { ...nobody, role: 'volunteer', instructorId }
  // Only links of demo mode give a role without a person. What a phone might say ended with its pairing.
  return staffId === null && !met.was_phone ? { ...nobody, role } : nobody
}
