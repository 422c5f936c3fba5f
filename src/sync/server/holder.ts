import type { Actor } from '#server/apply.ts'
import type { ServerKit } from '#server/kit.ts'
import type { Holder } from '#sync/domain/protocol.ts'

/** Who holds the device, as it is told to it. */
export async function readHolder({ database, city }: ServerKit, actor: Actor): Promise<Holder> {
  const { role, staffId, instructorId, deviceId } = actor
  if (staffId === null && instructorId === null) return { role, name: null, paired: false }
  const [row] = await database.sql<{ paired: string | null; staff: string | null }>`
    select (select i.name from pairings p join instructors i using (city, instructor_id)
             where p.city = ${city} and p.device_id = ${deviceId} and p.ended_at is null) as paired,
           (select name from staff where city = ${city} and staff_id = ${staffId}) as staff`
  const paired = row?.paired ?? null
  return { role, name: paired ?? row?.staff ?? null, paired: paired !== null }
}
