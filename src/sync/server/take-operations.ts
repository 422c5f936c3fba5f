import * as v from 'valibot'
import { invariant } from '#kernel/invariant.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { Actor } from '#server/apply.ts'
import type { ServerKit } from '#server/kit.ts'
import { PUSH_MAX } from '#sync/domain/limits.ts'
import type { TakenRow } from '#sync/domain/outbox-file.ts'
import { Operation, type Outcome } from '#sync/domain/protocol.ts'
import { applyPush } from './push.ts'

/** What became of each row, and of each operation that could be read. */
export interface Taken {
  readonly rows: readonly TakenRow[]
  readonly outcomes: readonly Outcome[]
}

/** Takes operations that somebody else brings, exactly as if the device had sent them: ids, numbers and times stay its own. */
export async function takeOperations(kit: ServerKit, actor: Actor, operations: readonly unknown[]): Promise<Taken> {
  const read = operations.map((raw) => {
    const operation = v.safeParse(Operation, raw)
    return operation.success ? operation.output : null
  })
  const once = new Map<Uuid, Operation>()
  for (const one of read) if (one !== null && !once.has(one.id)) once.set(one.id, one)
  const answered = await readAnswered(kit, [...once.keys()])
  const outcomes = await applyAll(kit, actor, [...once.values()])
  const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]))
  const rows = read.map((operation, index): TakenRow => {
    const row = index + 1
    if (operation === null) return { row, name: null, at: null, result: 'unreadable', code: null }
    const { id, name, at } = operation
    if (answered.has(id) || once.get(id) !== operation) return { row, name, at, result: 'known', code: null }
    const outcome = byId.get(id)
    invariant(outcome !== undefined, `${name} is answered`)
    return { row, name, at, ...resultOf(outcome) }
  })
  return { rows, outcomes }
}

async function applyAll(kit: ServerKit, actor: Actor, operations: readonly Operation[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for (let first = 0; first < operations.length; first += PUSH_MAX)
    outcomes.push(...(await applyPush(kit, actor, operations.slice(first, first + PUSH_MAX))))
  return outcomes
}

async function readAnswered({ database, city }: ServerKit, ids: readonly Uuid[]): Promise<ReadonlySet<Uuid>> {
  if (ids.length === 0) return new Set()
  const rows = await database.sql<{ id: Uuid }>`select id from operations where city = ${city} and id = any(${ids})`
  return new Set(rows.map(({ id }) => id))
}

function resultOf(outcome: Outcome): Pick<TakenRow, 'result' | 'code'> {
  if (outcome.status === 'accepted') return { result: 'taken', code: null }
  if (outcome.status === 'refused') return { result: 'refused', code: outcome.refusal.code }
  if (outcome.reason === 'unreadable') return { result: 'unreadable', code: null }
  return { result: 'held', code: outcome.reason }
}
