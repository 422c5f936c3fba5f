import * as v from 'valibot'
import { applySeats } from '#enrollment/server/apply-seats.ts'
import { invariant } from '#kernel/invariant.ts'
import { uuid } from '#kernel/schema.ts'
import type { Uuid } from '#kernel/uuid.ts'
import { MAY } from '#login/domain/roles.ts'
import type { Actor, Answer, Apply, ApplyContext } from '#server/apply.ts'
import { savepoint, type Sql } from '#server/database.ts'
import { logFault } from '#server/faults.ts'
import type { ServerKit } from '#server/kit.ts'
import { applyPublicRecords } from '#sessions/server/apply-public-records.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { Operation, type OperationName, type Outcome } from '#sync/domain/protocol.ts'
import { APPLIERS } from './appliers.ts'
import { createProjection, type Projection, writeFeed } from './feed.ts'

/** An operation applied in this transaction, with what was answered. */
interface Applied {
  readonly operation: Operation
  readonly answer: Answer
}
type Answers = Map<Uuid, Outcome>

/** Applies what a device pushed, in one transaction under the city's row lock. Each operation gets its own outcome;
 *  one that was answered before gets the same answer again, and changes nothing. */
export async function applyPush(kit: ServerKit, actor: Actor, push: readonly unknown[]): Promise<readonly Outcome[]> {
  const answers: Answers = new Map()
  const permitted = readOperations(push, actor, answers)
  if (permitted.length > 0) {
    await kit.database.transaction((sql) => applyInOrder(kit, actor, { sql, permitted, answers }))
  }
  return [...answers.values()]
}

/** Reads each operation by itself, so that one unreadable never blocks the rest. */
function readOperations(push: readonly unknown[], actor: Actor, answers: Answers): readonly Operation[] {
  const permitted = new Map<Uuid, Operation>()
  for (const raw of push) {
    const read = v.safeParse(Operation, raw)
    if (!read.success) holdUnreadable(raw, answers)
    else if (MAY[read.output.name].includes(actor.role)) permitted.set(read.output.id, read.output)
    else answers.set(read.output.id, { id: read.output.id, status: 'held', reason: 'not_permitted' })
  }
  return [...permitted.values()]
}

function holdUnreadable(raw: unknown, answers: Answers): void {
  const named = v.safeParse(v.looseObject({ id: uuid }), raw)
  if (named.success) answers.set(named.output.id, { id: named.output.id, status: 'held', reason: 'unreadable' })
}

async function applyInOrder(
  { city, now }: ServerKit,
  actor: Actor,
  { sql, permitted, answers }: { sql: Sql; permitted: readonly Operation[]; answers: Answers },
): Promise<void> {
  const [locked] = await sql<{ version: number; learners_per_teacher: number }>`
    select version, learners_per_teacher from cities where city = ${city} for update`
  if (locked === undefined) throw new Error(`No city ${city} in this database`)
  await recall(sql, city, permitted, answers)
  const fresh = permitted.filter((operation) => !answers.has(operation.id))
  if (fresh.length === 0) return
  const version = locked.version + 1
  const touched = new Set<SessionId>()
  const projection = createProjection()
  const context: ApplyContext = {
    sql,
    city,
    version,
    now: now(),
    settings: { learnersPerTeacher: locked.learners_per_teacher },
    project: projection.project,
    touchSession: (sessionId) => touched.add(sessionId),
  }
  const applied: Applied[] = []
  for (const batch of batchesOf(fresh)) await applyBatch({ batch, actor, context, projection, applied, answers })
  if (touched.size > 0) {
    await applySeats([...touched], context)
    await applyPublicRecords([...touched], context)
  }
  await sql`update cities set version = ${version} where city = ${city}`
  await keepOperations(actor, applied, context)
  await writeFeed(sql, city, version, projection.all())
}

/** Repeats the outcome of each operation that was answered before. */
async function recall(sql: Sql, city: string, operations: readonly Operation[], answers: Answers): Promise<void> {
  const known = await sql<{ id: Uuid; outcome: Answer }>`
    select id, outcome from operations where city = ${city} and id = any(${operations.map(({ id }) => id)})`
  for (const { id, outcome } of known) answers.set(id, { id, ...outcome })
}

/** Runs of operations with one name: they are applied together. */
function batchesOf(operations: readonly Operation[]): readonly (readonly Operation[])[] {
  const batches: Operation[][] = []
  for (const operation of operations) {
    const last = batches.at(-1)
    if (last?.[0]?.name === operation.name) last.push(operation)
    else batches.push([operation])
  }
  return batches
}

interface BatchRun {
  readonly batch: readonly Operation[]
  readonly actor: Actor
  readonly context: ApplyContext
  readonly projection: Projection
  readonly applied: Applied[]
  readonly answers: Answers
}

/** Applies one batch behind a savepoint. When it fails, each of its operations is tried alone, so that only the guilty one is held. */
async function applyBatch(run: BatchRun): Promise<void> {
  const { batch, actor, context, projection, applied, answers } = run
  const [first] = batch
  if (first === undefined) return
  const before = projection.save()
  try {
    const apply = applierOf(first.name)
    const received = batch.map((operation) => ({ operation, actor }))
    const done = await savepoint(context.sql, () => apply(received, context))
    for (const [index, operation] of batch.entries()) {
      const answer = done[index]
      invariant(answer !== undefined, `${operation.name} is answered`)
      applied.push({ operation, answer })
      answers.set(operation.id, { id: operation.id, ...answer })
    }
  } catch (error) {
    projection.restore(before)
    if (batch.length > 1) {
      for (const operation of batch) await applyBatch({ ...run, batch: [operation] })
      return
    }
    logFault(error)
    answers.set(first.id, { id: first.id, status: 'held', reason: 'fault' })
  }
}

/** The compiler checks that each name has its own applier; only here, where names meet at run time, are they treated alike. */
function applierOf(name: OperationName): Apply<OperationName> {
  return APPLIERS[name] as Apply<OperationName>
}

async function keepOperations(actor: Actor, applied: readonly Applied[], context: ApplyContext): Promise<void> {
  const rows = applied.map(({ operation, answer }) => ({ ...operation, outcome: answer }))
  await context.sql`
    insert into operations (city, id, device_id, seq, name, payload, role, device_at, received_at, version, outcome)
    select ${context.city}, id, ${actor.deviceId}, seq, name, payload, ${actor.role}, at, ${context.now}, ${context.version}, outcome
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, seq int, name text, payload jsonb, at timestamptz, outcome jsonb)`
}
