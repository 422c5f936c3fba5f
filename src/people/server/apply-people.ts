import { ACCEPTED, type Apply, oneByOne } from '#server/apply.ts'
import { publicSince } from '#sessions/domain/public-session.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { bucketOf } from '#sessions/domain/session-bucket.ts'

/** Adds a venue or corrects it; every session held there shows the new words, but for those that have left the phones. */
export const applySaveVenue: Apply<'venue.save'> = oneByOne(
  async ({ operation }, { sql, city, now, project, touchSession }) => {
    const venue = operation.payload
    await sql`
    insert into venues (city, venue_id, name, address, district)
    values (${city}, ${venue.venueId}, ${venue.name}, ${venue.address}, ${venue.district})
    on conflict (city, venue_id) do update set name = excluded.name, address = excluded.address, district = excluded.district`
    project('office', 'venue', venue.venueId, venue)
    const heldThere = await sql<{ session_id: SessionId }>`
    select session_id from sessions where city = ${city} and venue_id = ${venue.venueId} and state = 'published'
       and ends_at >= ${publicSince(now)}`
    for (const { session_id } of heldThere) {
      project(bucketOf(session_id), 'venue', venue.venueId, venue)
      touchSession(session_id)
    }
    return ACCEPTED
  },
)

/** Adds an instructor or corrects the name. */
export const applySaveInstructor: Apply<'instructor.save'> = oneByOne(async ({ operation }, { sql, city, project }) => {
  const instructor = operation.payload
  await sql`
    insert into instructors (city, instructor_id, name, name_kana)
    values (${city}, ${instructor.instructorId}, ${instructor.name}, ${instructor.nameKana})
    on conflict (city, instructor_id) do update set name = excluded.name, name_kana = excluded.name_kana`
  project('office', 'instructor', instructor.instructorId, instructor)
  return ACCEPTED
})
