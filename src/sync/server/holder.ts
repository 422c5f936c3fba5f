import type { Actor } from '#server/apply.ts'
import type { ServerKit } from '#server/kit.ts'
import type { Holder } from '#sync/domain/protocol.ts'

/** Who holds the device, as it is told to it. */
export async function readHolder({ database, city }: ServerKit, actor: Actor): Promise<Holder> {
  const { role, staffId, instructorId } = actor
  if (staffId === null && instructorId === null) return { role, name: null, paired: false }
  const [row] = await database.sql<{ name: string | null }>`
    select coalesce((select name from instructors where city = ${city} and instructor_id = ${instructorId}),
                    (select name from staff where city = ${city} and staff_id = ${staffId})) as name`
  return { role, name: row?.name ?? null, paired: instructorId !== null }
}
