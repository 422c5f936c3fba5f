import * as v from 'valibot'
import type { AuditObject } from '#audit/domain/audit-page.ts'
import { uuid } from '#kernel/schema.ts'
import type { Sql } from '#server/database.ts'

interface Known {
  readonly kind: string
  readonly id: string
  readonly name: string | null
}

/** Pages about things that are still there. */
const PATHS: Readonly<Record<string, string>> = {
  session: '/office/sessions/',
  learner: '/admin/people/',
  staff: '/admin/staff/',
}

/** Looks up what lines are about, all at once: names as they are today; of participants only whether there is still a page. */
export async function nameObjects(
  sql: Sql,
  city: string,
  objects: readonly (string | null)[],
): Promise<(object: string | null) => readonly AuditObject[]> {
  const named = objects.flatMap((object) => partsOf(object))
  const ids = (kind: string): readonly string[] => [
    ...new Set(named.flatMap((one) => (one.kind === kind && v.is(uuid, one.id) ? [one.id] : []))),
  ]
  const rows = await sql<Known>`
    select 'session' as kind, session_id as id, title as name
      from sessions where city = ${city} and session_id = any(${ids('session')}::uuid[])
     union all
    select 'learner', learner_id, null
      from learners where city = ${city} and learner_id = any(${ids('learner')}::uuid[]) and erased_at is null
     union all
    select 'staff', staff_id, name from staff where city = ${city} and staff_id = any(${ids('staff')}::uuid[])
     union all
    select 'instructor', instructor_id, name
      from instructors where city = ${city} and instructor_id = any(${ids('instructor')}::uuid[])
     union all
    select 'venue', venue_id, name from venues where city = ${city} and venue_id = any(${ids('venue')}::uuid[])
     union all
    select 'indicator', indicator_id, body ->> 'name'
      from indicators where city = ${city} and indicator_id = any(${ids('indicator')}::uuid[])`
  const known = new Map(rows.map((row) => [`${row.kind}:${row.id}`, row]))
  return (object) =>
    partsOf(object).map(({ kind, id }) => {
      const found = known.get(`${kind}:${id}`)
      const path = PATHS[kind]
      return { kind, id, name: found?.name ?? null, path: found && path !== undefined ? path + id : null }
    })
}

function partsOf(object: string | null): readonly Pick<AuditObject, 'kind' | 'id'>[] {
  return (object?.split(' ') ?? []).map((part) => {
    const [kind = '', ...id] = part.split(':')
    return { kind, id: id.join(':') }
  })
}
