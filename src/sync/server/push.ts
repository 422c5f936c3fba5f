import * as v from 'valibot'
import { applySeats } from '#enrollment/server/apply-seats.ts'
import { invariant } from '#kernel/invariant.ts'
import { uuid } from '#kernel/schema.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { Actor, Answer, Apply, ApplyContext, Received } from '#server/apply.ts'
import { savepoint, type Sql } from '#server/database.ts'
import { type Contact, noteContacts } from '#server/devices.ts'
import { logFault } from '#server/faults.ts'
import type { ServerKit } from '#server/kit.ts'
import { applyPublicRecords } from '#sessions/server/apply-public-records.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { type HeldReason, Operation, type OperationName, type Outcome } from '#sync/domain/protocol.ts'
import { APPLIERS } from './appliers.ts'
import { auditOperations } from './audit-sync.ts'
import { endTurn, takeTurn } from './city-turn.ts'
import { createProjection, type Projection, writeFeed } from './feed.ts'
import { inTurn } from './in-turn.ts'
import { type Said, sortByPermission } from './phones.ts'

/** An operation applied in this transaction, with what was answered. */
interface Applied {
  readonly received: Said
  readonly answer: Answer
}
type Answers = Map<Uuid, Outcome>

/** Pushes of so many devices share a transaction at most: `PUSH_MAX` operations each. */
const TOGETHER_MAX = 20

/** What a device that pushes says of itself. */
export type PushContact = Omit<Contact, 'answered'>

interface Push {
  readonly said: readonly Said[]
  /** `null` where the server speaks for the device. */
  readonly contact: PushContact | null
}

const queues = new WeakMap<ServerKit, (push: Push) => Promise<Answers>>()

/** Applies what a device pushed under the city's row lock, in one transaction with what other devices push in the same moment.
 *  Each operation gets its own outcome; one that was answered before gets the same answer again, and changes nothing. */
export async function applyPush(
  kit: ServerKit,
  actor: Actor,
  push: readonly unknown[],
  contact: PushContact | null = null,
): Promise<readonly Outcome[]> {
  const held: Answers = new Map()
  const operations = readOperations(push, held)
  if (operations.length === 0 && (contact === null || push.length === 0)) return [...held.values()]
  const answers = await queueOf(kit)({ said: operations.map((operation) => ({ operation, actor })), contact })
  return [...held.values(), ...operations.flatMap(({ id }) => answers.get(id) ?? [])]
}

function queueOf(kit: ServerKit): (push: Push) => Promise<Answers> {
  const known = queues.get(kit)
  if (known !== undefined) return known
  const queue = inTurn<Push, Answers>(
    (pushes) => kit.database.transaction((sql) => applyAll(kit, sql, pushes)),
    TOGETHER_MAX,
  )
  queues.set(kit, queue)
  return queue
}

/** Reads each operation by itself, so that one unreadable never blocks the rest. */
function readOperations(push: readonly unknown[], answers: Answers): readonly Operation[] {
  const operations = new Map<Uuid, Operation>()
  for (const raw of push) {
    const read = v.safeParse(Operation, raw)
    if (read.success) operations.set(read.output.id, read.output)
    else holdUnreadable(raw, answers)
  }
  return [...operations.values()]
}

function holdUnreadable(raw: unknown, answers: Answers): void {
  const named = v.safeParse(v.looseObject({ id: uuid }), raw)
  if (named.success) hold(named.output.id, 'unreadable', answers)
}

function hold(id: Uuid, reason: HeldReason, answers: Answers): void {
  answers.set(id, { id, status: 'held', reason })
}

async function applyAll(kit: ServerKit, sql: Sql, pushes: readonly Push[]): Promise<Answers> {
  const answers = await applyInOrder(
    kit,
    sql,
    pushes.flatMap(({ said }) => said),
  )
  const contacts = pushes.flatMap(({ said, contact }): Contact[] => {
    const answered = said.filter(({ operation }) => answers.get(operation.id)?.status !== 'held').length
    return contact === null ? [] : [{ ...contact, answered }]
  })
  if (contacts.length > 0) await noteContacts(sql, kit.city, kit.now(), contacts)
  return answers
}

async function applyInOrder({ city, now }: ServerKit, sql: Sql, said: readonly Said[]): Promise<Answers> {
  const answers: Answers = new Map()
  const turn = await takeTurn(sql, city)
  const once = new Map<Uuid, Said>() // a device that waited in vain may have sent the same again meanwhile
  for (const one of said) if (!once.has(one.operation.id)) once.set(one.operation.id, one)
  if (once.size === 0) return answers
  await recall(sql, city, [...once.keys()], answers)
  const unanswered = [...once.values()].filter(({ operation }) => !answers.has(operation.id))
  // Only now: what was answered once has its answer, also when the device has lost its role since.
  const { permitted: fresh, barred } = await sortByPermission(sql, city, unanswered)
  for (const { operation } of barred) hold(operation.id, 'not_permitted', answers)
  if (fresh.length === 0) return answers
  const touched = new Set<SessionId>()
  const projection = createProjection()
  const context: ApplyContext = {
    sql,
    city,
    version: turn.version,
    now: now(),
    settings: turn,
    project: projection.project,
    touchSession: (sessionId) => touched.add(sessionId),
  }
  const applied: Applied[] = []
  for (const batch of batchesOf(fresh)) await applyBatch({ batch, context, touched, projection, applied, answers })
  await endTurn(sql, city, turn)
  await keepOperations(applied, context)
  await writeFeed(sql, city, turn.version, projection.all())
  const done = applied.map(({ received, answer }) => ({ ...received, answer }))
  await auditOperations(sql, city, context.now, done)
  return answers
}

/** Repeats the outcome of each operation that was answered before. */
async function recall(sql: Sql, city: string, ids: readonly Uuid[], answers: Answers): Promise<void> {
  const known = await sql<{ id: Uuid; outcome: Answer }>`
    select id, outcome from operations where city = ${city} and id = any(${ids})`
  for (const { id, outcome } of known) answers.set(id, { id, ...outcome })
}

/** Runs of operations with one name: they are applied together. */
function batchesOf(said: readonly Said[]): readonly (readonly Said[])[] {
  const batches: Said[][] = []
  for (const one of said) {
    const last = batches.at(-1)
    if (last?.[0]?.operation.name === one.operation.name) last.push(one)
    else batches.push([one])
  }
  return batches
}

interface BatchRun {
  readonly batch: readonly Said[]
  readonly context: ApplyContext
  /** The sessions that the batch under way touches. */
  readonly touched: Set<SessionId>
  readonly projection: Projection
  readonly applied: Applied[]
  readonly answers: Answers
}

/** Applies one batch behind a savepoint. When it fails, each of its operations is tried alone, so that only the guilty one is held. */
async function applyBatch(run: BatchRun): Promise<void> {
  const { batch, context, touched, projection, applied, answers } = run
  const [first] = batch
  if (first === undefined) return
  const before = projection.save()
  touched.clear()
  try {
    const done = await savepoint(context.sql, () => applyWhole(first.operation.name, run))
    for (const [index, received] of batch.entries()) {
      const answer = done[index]
      invariant(answer !== undefined, `${received.operation.name} is answered`)
      applied.push({ received, answer })
      answers.set(received.operation.id, { id: received.operation.id, ...answer })
    }
  } catch (error) {
    projection.restore(before)
    if (batch.length > 1) {
      for (const one of batch) await applyBatch({ ...run, batch: [one] })
      return
    }
    logFault(error)
    hold(first.operation.id, 'fault', answers)
  }
}

/** A batch with all that follows from it: free seats go to those who wait, public records are made anew. */
async function applyWhole(name: OperationName, { batch, context, touched }: BatchRun): Promise<readonly Answer[]> {
  // One name, one applier: the compiler cannot see that they belong together.
  const answers = await applierOf(name)(batch as readonly Received<OperationName>[], context)
  if (touched.size > 0) {
    await applySeats([...touched], context)
    await applyPublicRecords([...touched], context)
  }
  return answers
}

/** The compiler checks that each name has its own applier; only here, where names meet at run time, are they treated alike. */
function applierOf(name: OperationName): Apply<OperationName> {
  return APPLIERS[name] as Apply<OperationName>
}

async function keepOperations(applied: readonly Applied[], context: ApplyContext): Promise<void> {
  const rows = applied.map(({ received: { operation, actor }, answer }) => ({
    ...operation,
    device_id: actor.deviceId,
    role: actor.role,
    outcome: answer,
  }))
  await context.sql`
    insert into operations (city, id, device_id, seq, name, payload, role, device_at, received_at, version, outcome)
    select ${context.city}, id, device_id, seq, name, payload, role, at, ${context.now}, ${context.version}, outcome
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, device_id uuid, seq int, name text, payload jsonb,
           role text, at timestamptz, outcome jsonb)`
}
