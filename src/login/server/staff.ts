import { err, ok, type Result } from '#kernel/result.ts'
import type { Instant } from '#kernel/time.ts'
import type { StaffId } from '#login/domain/identity.ts'
import type { StaffRole } from '#login/domain/roles.ts'
import { isLastAdmin, type StaffRefusal, type StaffRow } from '#login/domain/staff.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import type { Sql } from '#server/database.ts'
import { voidInvitationsOf } from './end-all-ways-in.ts'
import { endLoginsOf } from './logins.ts'

/** Where and when a change of 職員 happens, inside a transaction. */
export interface StaffChange {
  readonly city: string
  readonly now: Instant
  readonly staffId: StaffId
}
export type Changed = Promise<Result<null, StaffRefusal>>
export type Standing = Pick<StaffRow, 'staffId' | 'role' | 'disabledAt'>

/** Everybody, locked: two who are changed at the same time are looked at one after the other. «No key»: whoever signs in meanwhile
 *  refers to these rows and has a lock of their own, so that the two would wait for each other. */
export function lockStaff(sql: Sql, city: string): Promise<Standing[]> {
  return sql<Standing>`
    select staff_id as "staffId", role, disabled_at as "disabledAt"
      from staff where city = ${city} order by staff_id for no key update`
}

export async function changeRole(sql: Sql, change: StaffChange, role: StaffRole): Changed {
  const { city, staffId } = change
  const staff = await lockStaff(sql, city)
  const refusal = refusalOf(staff, staffId)
  if (refusal !== null) return err(refusal)
  if (role !== 'admin' && isLastAdmin(staff, staffId)) return err({ code: 'last_admin' })
  await sql`update staff set role = ${role} where city = ${city} and staff_id = ${staffId}`
  if (role !== 'admin') await voidInvitationsOf(sql, change) // links they made as 管理者
  return ok(null)
}

/** Nobody comes in as this person from now on: each request asks for `disabled_at` anew. */
export async function disableStaff(sql: Sql, change: StaffChange): Changed {
  const { city, staffId, now } = change
  const staff = await lockStaff(sql, city)
  const refusal = refusalOf(staff, staffId)
  if (refusal !== null) return err(refusal)
  if (isLastAdmin(staff, staffId)) return err({ code: 'last_admin' })
  await sql`update staff set disabled_at = ${now} where city = ${city} and staff_id = ${staffId}`
  await endLoginsOf(sql, city, staffId, now)
  await voidInvitationsOf(sql, change)
  await sql`
    update recoveries set closed_at = ${now}
     where city = ${city} and (staff_id = ${staffId} or asked_by = ${staffId}) and closed_at is null`
  return ok(null)
}

/** They may come in again, and do so anew: a sign-in that was under way as they were kept out does not come to life. */
export async function enableStaff(sql: Sql, { city, staffId, now }: StaffChange): Changed {
  const standing = refusalOf(await lockStaff(sql, city), staffId)
  if (standing?.code === 'staff_unknown') return err(standing)
  if (standing?.code === 'staff_disabled') await endLoginsOf(sql, city, staffId, now)
  await sql`update staff set disabled_at = null where city = ${city} and staff_id = ${staffId}`
  return ok(null)
}

/** Says that a member of staff and a 講師・補助員 are one person; `null`: that they are not. */
export async function linkInstructor(
  sql: Sql,
  { city, staffId }: StaffChange,
  instructorId: InstructorId | null,
): Changed {
  const staff = await lockStaff(sql, city)
  if (!staff.some((one) => one.staffId === staffId)) return err({ code: 'staff_unknown' })
  const [facts] = await sql<{ known: boolean; taken: boolean }>`
    select exists (select 1 from instructors where city = ${city} and instructor_id = ${instructorId}) as known,
           exists (select 1 from staff
                    where city = ${city} and instructor_id = ${instructorId} and staff_id <> ${staffId}) as taken`
  if (instructorId !== null && facts?.known !== true) return err({ code: 'instructor_unknown' })
  if (facts?.taken === true) return err({ code: 'instructor_taken' })
  await sql`update staff set instructor_id = ${instructorId} where city = ${city} and staff_id = ${staffId}`
  return ok(null)
}

/** Everybody who works or worked in the office, the active ones first. */
export function readStaff(sql: Sql, city: string): Promise<StaffRow[]> {
  return sql<StaffRow>`
    select s.staff_id as "staffId", s.name, s.role, s.disabled_at as "disabledAt", s.instructor_id as "instructorId",
           (select max(l.opened_at) from logins l where l.city = s.city and l.staff_id = s.staff_id) as "lastSignInAt",
           (select count(*)::int from passkeys p
             where p.city = s.city and p.staff_id = s.staff_id and p.removed_at is null) as "passkeyCount",
           case when w.second_way_id is null then 'none' when w.confirmed_at is null then 'waiting' else 'ready' end as "secondWay"
      from staff s
      left join second_ways w on w.city = s.city and w.staff_id = s.staff_id and w.removed_at is null
     where s.city = ${city}
     order by s.disabled_at is not null, s.created_at, s.staff_id`
}

/** Why nothing can be decided about this person; `null` = it can. */
export function refusalOf(staff: readonly Standing[], staffId: StaffId): StaffRefusal | null {
  const one = staff.find((other) => other.staffId === staffId)
  if (one === undefined) return { code: 'staff_unknown' }
  return one.disabledAt === null ? null : { code: 'staff_disabled' }
}
