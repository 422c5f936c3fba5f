import { type ActionKind, actionsOf } from '#audit/domain/action-kind.ts'
import type { AuditAnswer, AuditQuery, AuditRow } from '#audit/domain/audit-page.ts'
import { instantAt, type LocalTime, plusDays } from '#kernel/time.ts'
import type { Sql } from '#server/database.ts'
import { nameObjects } from './name-objects.ts'

const MIDNIGHT = '00:00' as LocalTime

type Line = Omit<AuditRow, 'objects'> & { readonly object: string | null }

/** Lines from the newest on, `limit` at most, and whether there are more. */
export async function readAudit(
  sql: Sql,
  city: string,
  query: AuditQuery,
  limit: number,
): Promise<Pick<AuditAnswer, 'rows' | 'more'>> {
  const { from, until, before, kind } = query
  const { actorKind, actorId } = readWho(query.who)
  const since = from === undefined ? null : instantAt(from, MIDNIGHT)
  const end = until === undefined ? null : instantAt(plusDays(until, 1), MIDNIGHT)
  const lines = await sql<Line>`
    select l.seq, l.at, l.actor_kind as "actorKind", coalesce(s.name, i.name) as "actorName", l.action, l.outcome, l.object,
           l.reason, l.count, l.device_id as "deviceId"
      from audit_log l
      left join staff s on l.actor_kind = 'staff' and s.city = l.city and s.staff_id = l.actor_id
      left join instructors i on l.actor_kind = 'instructor' and i.city = l.city and i.instructor_id = l.actor_id
     where l.city = ${city}
       and (${before ?? null}::bigint is null or l.seq < ${before ?? null})
       and (${since}::timestamptz is null or l.at >= ${since})
       and (${end}::timestamptz is null or l.at < ${end})
       and (${actorKind}::text is null or l.actor_kind = ${actorKind})
       and (${actorId}::uuid is null or l.actor_id = ${actorId})
       and (${kind ?? null}::text is null or l.action = any(${actionsIn(kind)}::text[]))
     order by l.seq desc limit ${limit + 1}`
  const shown = lines.slice(0, limit)
  const objectsOf = await nameObjects(
    sql,
    city,
    shown.map(({ object }) => object),
  )
  const rows = shown.map(({ object, ...line }) => ({ ...line, objects: objectsOf(object) }))
  return { rows, more: lines.length > limit }
}

/** Whom the page can ask for: everybody who works here, or ever helped. */
export async function readPeople(sql: Sql, city: string): Promise<AuditAnswer['people']> {
  return sql<AuditAnswer['people'][number]>`
    select who, name from (
      select 1 as rank, 'staff:' || staff_id as who, name, name as kana from staff where city = ${city}
      union all
      select 2, 'instructor:' || instructor_id, name, name_kana from instructors where city = ${city}) as people
     order by rank, kana, who`
}

function actionsIn(kind: ActionKind | undefined): readonly string[] {
  return kind === undefined ? [] : actionsOf(kind)
}

function readWho(who: string | undefined): { readonly actorKind: string | null; readonly actorId: string | null } {
  const [actorKind = null, actorId = null] = who?.split(':') ?? []
  return { actorKind, actorId }
}
