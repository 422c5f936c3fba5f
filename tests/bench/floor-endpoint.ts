import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Database } from '#server/database.ts'
import { CITY } from '../make/city.ts'
import type { Wire } from './wire.ts'

/** The least that could do the job: no rules, no rights, no devices, no log, no order. */
export interface FloorRequest {
  readonly rows: readonly FloorRow[]
  readonly cursor: string
}
export interface FloorRow {
  readonly markId: string
  readonly sessionId: string
  readonly learnerId: string
  readonly markedAt: string
  readonly deviceId: string
}
export interface FloorAnswer {
  readonly rows: readonly FloorRow[]
  readonly cursor: string
}

export async function createFloorTable({ sql }: Pick<Database, 'sql'>): Promise<void> {
  await sql`
    create table floor_marks (
      mark_id    uuid primary key,
      session_id uuid not null,
      learner_id uuid not null,
      marked_at  timestamptz not null,
      device_id  uuid not null,
      written_by xid8 not null default pg_current_xact_id()
    );
    create index floor_marks_by_writer on floor_marks (written_by)`
}

export const FLOOR_START = '0'

/** POST: one multi-row insert when rows were sent, one select of all rows since the cursor. The cursor is the oldest
 *  transaction still under way: no lock orders the commits, and nothing is skipped all the same. */
export async function answerFloor(
  { sql }: Pick<Database, 'sql'>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.url === BARE_ROWS) return answerBareRows({ sql }, response)
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { rows, cursor } = JSON.parse(Buffer.concat(chunks).toString()) as FloorRequest
  if (rows.length > 0)
    await sql`
      insert into floor_marks (mark_id, session_id, learner_id, marked_at, device_id)
      select "markId", "sessionId", "learnerId", "markedAt", "deviceId"
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t("markId" uuid, "sessionId" uuid, "learnerId" uuid,
             "markedAt" timestamptz, "deviceId" uuid)
      on conflict do nothing`
  const found = await sql<FloorRow & { next: string }>`
    select mark_id as "markId", session_id as "sessionId", learner_id as "learnerId", marked_at as "markedAt",
           device_id as "deviceId", pg_snapshot_xmin(pg_current_snapshot())::text as next
      from floor_marks where written_by >= ${cursor}::xid8`
  const answer: FloorAnswer = {
    rows: found.map(({ markId, sessionId, learnerId, markedAt, deviceId }) => ({
      markId,
      sessionId,
      learnerId,
      markedAt,
      deviceId,
    })),
    cursor: found[0]?.next ?? cursor,
  }
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer))
}

const BARE_ROWS = '/rows'

/** Everything that a first pull brings, as one statement and nothing else: `select … json`, packed as the product packs. */
async function answerBareRows({ sql }: Pick<Database, 'sql'>, response: ServerResponse): Promise<void> {
  const [found] = await sql<{ text: string }>`
    select json_build_object(
      'people', (select json_agg(p) from (
         select session_id as "sessionId", learner_id as "learnerId", l.name, l.name_kana as "nameKana",
                receipt_number as "receiptNumber", e.state
           from enrollments_now e join learners l using (city, learner_id) where e.city = ${CITY.code}) p),
      'marks', (select json_agg(m) from (
         select mark_id as "markId", session_id as "sessionId", learner_id as "learnerId", marked_at as "markedAt",
                device_id as "deviceId"
           from attendance_marks where city = ${CITY.code}) m))::text as text`
  const packed = await promisify(gzip)(found?.text ?? '', { level: 1 })
  response.setHeader('Content-Type', 'application/json').setHeader('Content-Encoding', 'gzip').end(packed)
}

/** The other end of it. */
export async function takeBareRows(
  wire: Wire,
): Promise<{ readonly people: ReadonlyMap<string, object>; readonly marks: ReadonlyMap<string, object> }> {
  const { people, marks } = JSON.parse(await wire.get(BARE_ROWS)) as {
    people: { sessionId: string; learnerId: string }[]
    marks: { markId: string }[]
  }
  return {
    people: new Map(people.map((one) => [`${one.sessionId} ${one.learnerId}`, one])),
    marks: new Map(marks.map((one) => [one.markId, one])),
  }
}
