import { assessCheckIn, assessClock, type CheckInConcern } from '#attendance/domain/check-in-concern.ts'
import type { MarkId, MarkRecord, RosterEntry } from '#attendance/domain/mark.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import { ACCEPTED, accepted, type Answer, type Apply, type ApplyContext, type Received } from '#server/apply.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { bucketOf } from '#sessions/domain/session-bucket.ts'
import { readCheckInFacts, type SessionFacts } from './check-in-facts.ts'

type Tap = Received<'attendance.mark'> | Received<'attendance.walkIn'>

/** Before anything else that looks odd: whoever reviews it has to know first that nobody answers for this phone. */
const PHONE_REVOKED: CheckInConcern = { code: 'phone_revoked' }

/** Keeps marks: a fact from the desk is never refused, only flagged. One statement for the whole batch. */
export const applyMark: Apply<'attendance.mark'> = async (batch, context) => {
  const facts = await readCheckInFacts(batch.map(payloadOf), context)
  return keepMarks(batch, context, (tap) => concernOf(tap, facts.get(tap.operation.payload.sessionId), context))
}

/** Keeps people who came without signing up, and that they came. */
export const applyWalkIn: Apply<'attendance.walkIn'> = async (batch, context) => {
  await insertLearners(batch, context)
  const erased = await readErased(batch, context)
  const facts = await readCheckInFacts(batch.map(payloadOf), context)
  for (const { operation } of batch) {
    const { sessionId, learnerId, name, nameKana } = operation.payload
    const said = erased.has(learnerId) ? { name: null, nameKana: '' } : { name, nameKana } // a late word brings nobody back
    const entry: RosterEntry = { learnerId, ...said, receiptNumber: null, state: 'walkIn' }
    context.project(bucketOf(sessionId), 'rosterEntry', learnerId, entry)
  }
  const answers = await keepMarks(batch, context, (tap) => {
    if (tap.actor.isRevoked) return PHONE_REVOKED
    const session = facts.get(tap.operation.payload.sessionId)
    const clock = assessClock(tap.operation.at, context.now)
    if (clock !== null || session === undefined) return clock
    if (session.cancelled) return { code: 'session_cancelled' }
    return session.present++ >= session.seats ? { code: 'over_capacity' } : null
  })
  return answers
}

/** Takes marks back, each by its name, also one that has not arrived yet. */
export const applyUndo: Apply<'attendance.undo'> = async (batch, context) => {
  const undos = batch.flatMap(({ operation, actor }) =>
    operation.payload.markIds.map((mark_id) => ({ mark_id, undone_at: operation.at, device_id: actor.deviceId })),
  )
  await context.sql`
    insert into attendance_undos (city, mark_id, undone_at, device_id)
    select ${context.city}, mark_id, undone_at, device_id
      from jsonb_to_recordset(${JSON.stringify(undos)}::jsonb) as t(mark_id uuid, undone_at timestamptz, device_id uuid)
    on conflict do nothing`
  const marks = await context.sql<MarkRow>`
    select mark_id, session_id, learner_id, marked_at, device_id from attendance_marks
     where city = ${context.city} and mark_id = any(${undos.map((undo) => undo.mark_id)})`
  for (const row of marks) projectMark({ ...recordOf(row), undone: true }, context)
  return batch.map(({ actor }) => (actor.isRevoked ? accepted(null, PHONE_REVOKED) : ACCEPTED))
}

interface MarkRow {
  mark_id: MarkId
  session_id: SessionId
  learner_id: LearnerId
  marked_at: MarkRecord['markedAt']
  device_id: MarkRecord['deviceId']
}

async function keepMarks(
  batch: readonly Tap[],
  context: ApplyContext,
  assess: (tap: Tap) => CheckInConcern | null,
): Promise<readonly Answer[]> {
  const { sql, city } = context
  const concerns = batch.map(assess)
  const rows = batch.map((tap, index) => ({ ...rowOf(tap), concern: concerns[index], walk_in: isWalkIn(tap) }))
  await sql`
    insert into attendance_marks (city, mark_id, session_id, learner_id, marked_at, device_id, walk_in, concern)
    select ${city}, mark_id, session_id, learner_id, marked_at, device_id, walk_in, nullif(concern, 'null')
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(mark_id uuid, session_id uuid, learner_id uuid,
           marked_at timestamptz, device_id uuid, walk_in boolean, concern jsonb)
    on conflict do nothing`
  // Read back: whoever says the same mark with other words does not change the first.
  const kept = await sql<MarkRow & { undone: boolean }>`
    select m.mark_id, m.session_id, m.learner_id, m.marked_at, m.device_id, u.mark_id is not null as undone
      from attendance_marks m left join attendance_undos u using (city, mark_id)
     where m.city = ${city} and m.mark_id = any(${rows.map((row) => row.mark_id)})`
  for (const row of kept) projectMark({ ...recordOf(row), undone: row.undone }, context)
  return concerns.map((concern) => accepted(null, concern))
}

async function insertLearners(
  batch: readonly Received<'attendance.walkIn'>[],
  { sql, city, now }: ApplyContext,
): Promise<void> {
  const people = batch.map(({ operation: { payload } }) => ({
    learner_id: payload.learnerId,
    name: payload.name,
    name_kana: payload.nameKana,
    age_band: payload.ageBand,
  }))
  await sql`
    insert into learners (city, learner_id, name, name_kana, age_band, created_at)
    select ${city}, learner_id, name, name_kana, age_band, ${now}
      from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as t(learner_id uuid, name text, name_kana text, age_band text)
    on conflict do nothing`
}

/** Those of them who were erased before this arrived. */
async function readErased(
  batch: readonly Received<'attendance.walkIn'>[],
  { sql, city }: ApplyContext,
): Promise<ReadonlySet<LearnerId>> {
  const rows = await sql<{ learner_id: LearnerId }>`
    select learner_id from learners
     where city = ${city} and learner_id = any(${batch.map(({ operation }) => operation.payload.learnerId)})
       and erased_at is not null`
  return new Set(rows.map((row) => row.learner_id))
}

function concernOf(tap: Tap, session: SessionFacts | undefined, { now }: ApplyContext): CheckInConcern | null {
  if (tap.actor.isRevoked) return PHONE_REVOKED
  const clock = assessClock(tap.operation.at, now)
  if (clock !== null) return clock
  const entry = session?.entries.get(tap.operation.payload.learnerId) ?? null
  const facts = { startsAt: session?.startsAt ?? null, sessionCancelled: session?.cancelled ?? false, entry }
  return assessCheckIn(facts, tap.operation.at)
}

function projectMark(mark: MarkRecord, { project }: ApplyContext): void {
  project(bucketOf(mark.sessionId), 'mark', mark.markId, mark)
}

function rowOf({ operation, actor }: Tap): MarkRow {
  const { markId, sessionId, learnerId } = operation.payload
  return {
    mark_id: markId,
    session_id: sessionId,
    learner_id: learnerId,
    marked_at: operation.at,
    device_id: actor.deviceId,
  }
}

function recordOf(row: MarkRow): Omit<MarkRecord, 'undone'> {
  const {
    mark_id: markId,
    session_id: sessionId,
    learner_id: learnerId,
    marked_at: markedAt,
    device_id: deviceId,
  } = row
  return { markId, sessionId, learnerId, markedAt, deviceId }
}

function isWalkIn({ operation }: Tap): boolean {
  return operation.name === 'attendance.walkIn'
}

function payloadOf({ operation }: Tap): { sessionId: SessionId; learnerId: LearnerId } {
  return operation.payload
}
