import { instantOf, type Instant } from '#kernel/time.ts'
import { uuidv7 } from '#kernel/uuid.ts'
import { LEARNERS_PER_TEACHER } from '#enrollment/domain/seats.ts'
import type { Answer, Apply, Received } from '#server/apply.ts'
import type { Database } from '#server/database.ts'
import type { OperationName, PayloadOf } from '#sync/domain/protocol.ts'

interface Town {
  readonly database: Database
  readonly city: string
  readonly now: Instant
}

/** Applies payloads as one batch of the office, in one transaction, straight into the tables. */
export function apply<Name extends OperationName>(
  { database, city, now }: Town,
  applyBatch: Apply<Name>,
  name: Name,
  payloads: readonly PayloadOf<Name>[],
): Promise<readonly Answer[]> {
  const newId = () => uuidv7(Date.parse(now), crypto.getRandomValues(new Uint8Array(10)))
  const deviceId = newId()
  const batch = payloads.map((payload, index) => {
    const operation = { id: newId(), seq: index + 1, at: instantOf(Date.parse(now)), name, payload }
    return { operation, actor: { role: 'organizer', deviceId } } as unknown as Received<Name>
  })
  const settings = { learnersPerTeacher: LEARNERS_PER_TEACHER }
  const silent = { project: () => undefined, touchSession: () => undefined }
  return database.transaction((sql) => applyBatch(batch, { sql, city, now, version: 1, settings, ...silent }))
}
