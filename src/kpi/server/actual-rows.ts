import type { FiscalYear } from '#kernel/fiscal-year.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'
import type { Indicator } from '#kpi/domain/indicator.ts'
import { countedDays, type KpiRow, type LateRows, type Person, type ReviewRow } from '#kpi/domain/kpi-page.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import type { Sql } from '#server/database.ts'
import type { SessionId } from '#sessions/domain/session.ts'

interface Asked {
  readonly sql: Sql
  readonly city: string
  readonly indicator: Indicator
  readonly year: FiscalYear
  readonly days: { readonly firstOn: LocalDate; readonly lastOn: LocalDate }
  readonly part: RowPart
}
/** Of a closed year beside what is counted: what came since, and what is no more. */
type RowPart = 'counted' | 'added' | 'gone'

interface PersonColumns {
  learner_id: LearnerId
  name: string | null
  name_kana: string | null
}

/** The rows behind a number: as many as were counted, in the order of their days. */
export function readRows(sql: Sql, city: string, indicator: Indicator, year: FiscalYear): Promise<readonly KpiRow[]> {
  return readPart({ sql, city, indicator, year, part: 'counted' })
}

/** 締後修正: the rows a closed year has gained and lost since. */
export async function readLateRows(asked: Omit<Asked, 'days' | 'part'>): Promise<LateRows> {
  return { added: await readPart({ ...asked, part: 'added' }), gone: await readPart({ ...asked, part: 'gone' }) }
}

async function readPart(wanted: Omit<Asked, 'days'>): Promise<readonly KpiRow[]> {
  const { indicator, year } = wanted
  const days = countedDays(indicator, year)
  if (days === null) return []
  const asked = { ...wanted, days }
  if (indicator.measure === 'certifications') return readCertifications(asked)
  if (indicator.measure === 'procedures' || indicator.measure === 'facilities') return readItems(asked)
  return readAttendances(asked)
}

/** How many facts lie before the first counted day of a running total: they are inside its baseline. */
export async function readInsideBaselineCount(sql: Sql, city: string, indicator: Indicator): Promise<number> {
  const days = countedDays(indicator, indicator.baseline.year)
  if (indicator.kind === 'flow' || days === null) return 0
  const [row] = await sql<{ count: number }>`
    select count(*)::int as count from kpi_facts
     where city = ${city} and measure = ${indicator.measure} and counted_on < ${days.firstOn}`
  return row?.count ?? 0
}

async function readAttendances({ sql, city, indicator, year, days, part }: Asked): Promise<readonly KpiRow[]> {
  interface Row extends PersonColumns {
    session_id: SessionId
    held_on: LocalDate
    title: string
    venue_name: string | null
    cancelled: boolean
    first_marked_at: Instant
    device_count: number
    walk_in: boolean
  }
  const rows = await sql<Row>`
    select f.source_id as session_id, f.counted_on as held_on, s.title, v.name as venue_name,
           s.state = 'cancelled' as cancelled, f.learner_id, l.name, l.name_kana,
           a.first_marked_at, a.device_count, a.walk_in
      from kpi_rows(${city}, ${year}, ${indicator.measure}, ${days.firstOn}, ${days.lastOn}, ${part}) f
      join sessions s on s.city = ${city} and s.session_id = f.source_id
     cross join lateral (
       select coalesce(min(m.marked_at) filter (where u.mark_id is null), min(m.marked_at)) as first_marked_at,
              count(distinct m.device_id) filter (where u.mark_id is null)::int as device_count,
              coalesce(bool_or(m.walk_in) filter (where u.mark_id is null), bool_or(m.walk_in)) as walk_in
         from attendance_marks m left join attendance_undos u on u.city = ${city} and u.mark_id = m.mark_id
        where m.city = ${city} and m.session_id = f.source_id and m.learner_id = any(f.learner_ids)) a
      left join venues v on v.city = s.city and v.venue_id = s.venue_id
      left join learners l on l.city = ${city} and l.learner_id = f.learner_id
     order by f.counted_on, s.start_time, f.source_id, l.name_kana, f.learner_id`
  return rows.map((row) => ({
    of: 'attendance',
    sessionId: row.session_id,
    heldOn: row.held_on,
    title: row.title,
    venueName: row.venue_name,
    sessionCancelled: row.cancelled,
    person: personOf(row),
    firstMarkedAt: row.first_marked_at,
    deviceCount: row.device_count,
    walkIn: row.walk_in,
  }))
}

async function readCertifications({ sql, city, indicator, year, days, part }: Asked): Promise<readonly KpiRow[]> {
  const rows = await sql<PersonColumns & { certified_on: LocalDate; number: string }>`
    select f.counted_on as certified_on, c.number, f.learner_id, l.name, l.name_kana
      from kpi_rows(${city}, ${year}, ${indicator.measure}, ${days.firstOn}, ${days.lastOn}, ${part}) f
      join certifications c on c.city = ${city} and c.certification_id = f.source_id
      left join learners l on l.city = ${city} and l.learner_id = f.learner_id
     order by f.counted_on, c.number`
  return rows.map((row) => ({
    of: 'certification',
    certifiedOn: row.certified_on,
    number: row.number,
    person: personOf(row),
  }))
}

async function readItems({ sql, city, indicator, year, days, part }: Asked): Promise<readonly KpiRow[]> {
  const rows = await sql<{ item_id: string; name: string; started_on: LocalDate }>`
    select f.source_id as item_id, i.name, f.counted_on as started_on
      from kpi_rows(${city}, ${year}, ${indicator.measure}, ${days.firstOn}, ${days.lastOn}, ${part}) f
      join register_items i on i.city = ${city} and i.item_id = f.source_id
     order by f.counted_on, i.name`
  return rows.map((row) => ({ of: 'item', itemId: row.item_id, name: row.name, startedOn: row.started_on }))
}

/** 要確認: the people who came and whom no year can count yet, each with the reason. */
export async function readReviewRows(sql: Sql, city: string): Promise<readonly ReviewRow[]> {
  interface Row extends PersonColumns {
    why: ReviewRow['why']
    session_id: SessionId
    title: string | null
    first_marked_at: Instant
  }
  const rows = await sql<Row>`
    select r.why, r.session_id, s.title, r.learner_id, l.name, l.name_kana,
           r.first_marked_at
      from kpi_review r
      left join sessions s using (city, session_id)
      left join learners l on l.city = r.city and l.learner_id = r.learner_id
     where r.city = ${city}
     order by r.first_marked_at, r.session_id, r.learner_id`
  return rows.map((row) => ({
    why: row.why,
    sessionId: row.session_id,
    title: row.title,
    person: personOf(row),
    firstMarkedAt: row.first_marked_at,
  }))
}

function personOf(row: PersonColumns): Person {
  return { learnerId: row.learner_id, name: row.name, nameKana: row.name_kana }
}
