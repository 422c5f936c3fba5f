import type { SyncAnswer, SyncRequest } from '#sync/domain/protocol.ts'
import { LEARNERS_PER_TEACHER } from '#enrollment/domain/seats.ts'
import type { SimPhone } from './phone.ts'
import type { SimTown } from './town.ts'
import type { World } from './world.ts'

/** The buckets that this phone may be given now, by the rules once more. */
export async function mayHold({ office, sessions }: SimTown, phone: SimPhone): Promise<ReadonlySet<string>> {
  const { id } = await phone.device()
  const own = ['public', `device:${id}`]
  const isOffice = phone === office
  if (!isOffice && (phone.instructorId === null || phone.isRevoked)) return new Set(own)
  const lists = sessions.filter(
    ({ fields }) => isOffice || fields.teachers.some(({ instructorId }) => instructorId === phone.instructorId),
  )
  const rosters = lists.map(({ sessionId }) => `session:${sessionId}`)
  return new Set([...own, 'hall', ...(isOffice ? ['office'] : []), ...rosters])
}

/** Looks at an answer before it leaves: no bucket that was not granted, and no fault that was not planned. */
export async function watchAnswer(world: World, phone: SimPhone, answer: SyncAnswer): Promise<void> {
  const granted = await mayHold(world.town, phone)
  const given = new Set([...Object.keys(answer.cursors), ...answer.changes.map(({ bucket }) => bucket)])
  for (const bucket of given)
    if (!granted.has(bucket)) world.problems.push(`${phone.name} was given ${bucket}, which nobody granted`)
  const failed = answer.outcomes.filter((outcome) => outcome.status === 'held' && outcome.reason === 'fault')
  if (failed.length > 0) world.failedPushes += 1
  if (failed.length > 0 && !world.mayFail) world.problems.push(`the server held something of ${phone.name} by itself`)
}

interface SeatsRow {
  session_id: string
  title: string
  seats: number
  taken: number
}

/** Looks at the seats after a request: never more are taken than there were at any time of it, or were taken before. */
export async function watchSeats({ town, seats, problems }: World, { push }: SyncRequest): Promise<void> {
  const { sql } = town.kit.database
  for (const { name, payload } of push as readonly { name: string; payload: { fields: { capacity: number } } }[])
    if (name === 'session.edit') seats.largest = Math.max(seats.largest, payload.fields.capacity)
  const rows = await sql<SeatsRow>`
    select s.session_id, s.title, least(s.capacity, ${LEARNERS_PER_TEACHER}::int * jsonb_array_length(s.teachers)) as seats,
           (count(*) filter (where e.state = 'enrolled'))::int as taken
      from sessions s left join enrollments_now e on e.city = s.city and e.session_id = s.session_id
     where s.city = ${town.kit.city} group by s.city, s.session_id`
  for (const row of rows) {
    const [takenBefore, seatsBefore] = [seats.taken.get(row.session_id) ?? 0, seats.seats.get(row.session_id) ?? 0]
    const most = Math.max(takenBefore, seatsBefore, row.seats, seats.largest)
    if (row.taken > most) problems.push(`${row.title}: ${row.taken} have a seat, and there are ${most}`)
    seats.taken.set(row.session_id, row.taken)
    seats.seats.set(row.session_id, row.seats)
  }
}

/** Notes when a phone that is nobody's any more has handed in everything. */
export async function watchWiped({ town }: World, phone: SimPhone, { device }: SyncRequest): Promise<void> {
  if (!phone.isRevoked || phone.wipedAtSeq !== null) return
  const { database, city } = town.kit
  const open = await database.sql`
    select 1 from pairings where city = ${city} and device_id = ${device.id} and (ended_at is null or wiped_at is null)`
  if (open.length === 0) phone.wipedAtSeq = device.lastSeq ?? 0
}

/** A phone never goes back to what a bucket held before. */
export async function watchCursors({ problems }: World, phone: SimPhone): Promise<void> {
  const cursors = await phone.readCursors()
  for (const [bucket, cursor] of Object.entries(cursors)) {
    const before = phone.cursors[bucket] ?? 0
    if (cursor < before) problems.push(`${phone.name} went back from ${before} to ${cursor} in ${bucket}`)
  }
  phone.cursors = cursors
}
