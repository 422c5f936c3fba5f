import type { Actor } from '#server/apply.ts'
import type { ServerKit } from '#server/kit.ts'
import type { Holder } from '#sync/domain/protocol.ts'

/** Who holds the device, as it is told to it. */
export async function readHolder({ database, city }: ServerKit, actor: Actor): Promise<Holder> {
  const { role, staffId, instructorId, deviceId } = actor
  if (staffId === null && instructorId === null) return { role, name: null, paired: false }
  // Who is not staff is known by the pairing this round trip began with. Where it ended since, the next one will say so: what this one
  // answers was still for that person.
  const [row] = await database.sql<{ paired: string | null; staff: string | null }>`
    select (select name from instructors
             where city = ${city} and instructor_id = case when ${staffId}::uuid is null then ${instructorId}::uuid else (
                   select instructor_id from pairings
                    where city = ${city} and device_id = ${deviceId} and ended_at is null) end) as paired,
           (select name from staff where city = ${city} and staff_id = ${staffId}) as staff`
  const paired = row?.paired ?? null
  return { role, name: paired ?? row?.staff ?? null, paired: paired !== null }
}
