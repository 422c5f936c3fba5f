import type { LocalDate } from '#kernel/time.ts'
import { uuidv7, type Uuid } from '#kernel/uuid.ts'
import type { Indicator, RegisterItem } from '#kpi/domain/indicator.ts'
import type { Database } from '#server/database.ts'
import type { SessionKind, SessionState } from '#sessions/domain/session.ts'

/** What is in the tables, written straight into them: for tests of the questions asked of them. */
export interface Facts {
  readonly sessions?: readonly SessionFact[]
  readonly learners?: readonly Uuid[]
  readonly marks?: readonly MarkFact[]
  readonly undos?: readonly { readonly markId: Uuid; readonly deviceId: Uuid }[]
  readonly enrollments?: readonly { readonly sessionId: Uuid; readonly learnerId: Uuid; readonly cancelled: boolean }[]
  readonly certifications?: readonly { readonly learnerId: Uuid; readonly certifiedOn: LocalDate }[]
  readonly items?: readonly RegisterItem[]
  readonly indicators?: readonly Indicator[]
}
export interface SessionFact {
  readonly sessionId: Uuid
  readonly kind: SessionKind
  readonly heldOn: LocalDate | null
  readonly state: SessionState
  readonly startTime?: string
  readonly endTime?: string
}
export interface MarkFact {
  readonly markId: Uuid
  readonly sessionId: Uuid
  readonly learnerId: Uuid
  readonly deviceId: Uuid
  readonly markedAt: string
  readonly walkIn: boolean
}

/** The n-th id of a kind of thing: readable in a failing test, and never the same for two. */
export function idOf(kind: string, n: number): Uuid {
  const bytes = new Uint8Array(10)
  new TextEncoder().encodeInto(kind.slice(0, 6), bytes)
  bytes.set([n >> 8, n & 255], 7)
  return uuidv7(Date.parse('2026-04-01T00:00:00Z'), bytes)
}

/** The n-th session, held on a day. */
export function sessionFact(
  n: number,
  kind: SessionKind,
  heldOn: string,
  more: Partial<SessionFact> = {},
): SessionFact {
  return { sessionId: idOf('class', n), kind, heldOn: heldOn as LocalDate, state: 'published', ...more }
}

/** The n-th mark: the learner of that number came to this session. */
export function markFact(n: number, held: SessionFact, learner: number, more: Partial<MarkFact> = {}): MarkFact {
  return {
    markId: idOf('mark', n),
    sessionId: held.sessionId,
    learnerId: idOf('person', learner),
    deviceId: idOf('phone', 0),
    markedAt: '2026-05-12T04:30:00.000Z',
    walkIn: false,
    ...more,
  }
}

/** Writes facts into a city of their own. */
export async function insertFacts({ transaction }: Database, city: string, facts: Facts): Promise<void> {
  await transaction(async (sql) => {
    await sql`insert into cities (city, name, phone) values (${city}, 'みどり市', '0996-00-0000')`
    await sql`
      insert into sessions (city, session_id, kind, title, held_on, start_time, end_time, state, version)
      select ${city}, "sessionId", kind, 'スマホ教室', "heldOn", "startTime", "endTime", state, 1
        from jsonb_to_recordset(${json(facts.sessions)}::jsonb)
          as t("sessionId" uuid, kind text, "heldOn" date, "startTime" time, "endTime" time, state text)`
    await sql`
      insert into learners (city, learner_id, name, name_kana, created_at)
      select ${city}, id::uuid, '髙橋', 'たかはし', now() from jsonb_array_elements_text(${json(facts.learners)}::jsonb) as t(id)`
    await sql`
      insert into attendance_marks (city, mark_id, session_id, learner_id, marked_at, device_id, walk_in)
      select ${city}, "markId", "sessionId", "learnerId", "markedAt", "deviceId", "walkIn"
        from jsonb_to_recordset(${json(facts.marks)}::jsonb)
          as t("markId" uuid, "sessionId" uuid, "learnerId" uuid, "markedAt" timestamptz, "deviceId" uuid, "walkIn" boolean)`
    await sql`
      insert into attendance_undos (city, mark_id, undone_at, device_id)
      select ${city}, "markId", now(), "deviceId"
        from jsonb_to_recordset(${json(facts.undos)}::jsonb) as t("markId" uuid, "deviceId" uuid)`
    await sql`
      insert into enrollments (city, enrollment_id, session_id, learner_id, receipt_number, channel, device_id, requested_at)
      select ${city}, gen_random_uuid(), "sessionId", "learnerId", n::text, 'phone', gen_random_uuid(), now()
        from jsonb_array_elements(${json(facts.enrollments)}::jsonb) with ordinality as e(body, n),
             jsonb_to_record(body) as t("sessionId" uuid, "learnerId" uuid)`
    await sql`
      insert into enrollment_cancellations (city, enrollment_id, cancelled_at)
      select city, enrollment_id, now()
        from enrollments e
        join jsonb_to_recordset(${json(facts.enrollments)}::jsonb) as t("sessionId" uuid, "learnerId" uuid, cancelled boolean)
          on t.cancelled and t."sessionId" = e.session_id and t."learnerId" = e.learner_id
       where e.city = ${city}`
    await sql`
      insert into certifications (city, certification_id, learner_id, certified_on, number)
      select ${city}, gen_random_uuid(), "learnerId", "certifiedOn", '第' || n || '号'
        from jsonb_array_elements(${json(facts.certifications)}::jsonb) with ordinality as c(body, n),
             jsonb_to_record(body) as t("learnerId" uuid, "certifiedOn" date)`
    await sql`
      insert into register_items (city, item_id, measure, name, started_on)
      select ${city}, "itemId", measure, name, "startedOn"
        from jsonb_to_recordset(${json(facts.items)}::jsonb) as t("itemId" uuid, measure text, name text, "startedOn" date)`
    await sql`
      insert into indicators (city, indicator_id, body)
      select ${city}, (body ->> 'indicatorId')::uuid, body from jsonb_array_elements(${json(facts.indicators)}::jsonb) as t(body)`
  })
}

function json(rows: readonly unknown[] | undefined): string {
  return JSON.stringify(rows ?? [])
}
