import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Database } from '#server/database.ts'

/** The least that could do the job: no rules, no rights, no devices, no log, no order. */
export interface FloorRequest {
  readonly rows: readonly FloorRow[]
  readonly cursor: number
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
  readonly cursor: number
}

export async function createFloorTable({ sql }: Pick<Database, 'sql'>): Promise<void> {
  await sql`
    create table floor_marks (
      mark_id    uuid primary key,
      session_id uuid not null,
      learner_id uuid not null,
      marked_at  timestamptz not null,
      device_id  uuid not null,
      arrival    bigint generated always as identity
    );
    create index floor_marks_by_arrival on floor_marks (arrival)`
}

/** POST: one multi-row insert when rows were sent, one select of all rows since the cursor. */
export async function answerFloor(
  { sql }: Pick<Database, 'sql'>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
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
  const found = await sql<FloorRow & { arrival: number }>`
    select mark_id as "markId", session_id as "sessionId", learner_id as "learnerId", marked_at as "markedAt",
           device_id as "deviceId", arrival
      from floor_marks where arrival > ${cursor} order by arrival`
  const answer: FloorAnswer = { rows: found, cursor: found.at(-1)?.arrival ?? cursor }
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer))
}
