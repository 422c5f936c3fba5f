import type { Instant } from '#kernel/time.ts'
import type { Role } from '#login/domain/roles.ts'
import type { Actor } from '#server/apply.ts'
import type { Database } from '#server/database.ts'
import type { ServerKit } from '#server/kit.ts'
import { deriveKeys, type KeyFor } from '#server/server-key.ts'
import type { ChangedRecord } from '#sync/domain/device-record.ts'
import type { Operation, Outcome, SyncAnswer, SyncRequest } from '#sync/domain/protocol.ts'
import { exchange as exchangeText } from '#sync/server/sync-route.ts'
import { CITY } from './city.ts'
import { type Device, makeDevice, makeIdentity } from './device.ts'

/** What the real server works with, standing at `now`; whoever asks has `role`. */
export function makeKit({
  database,
  now,
  role = 'resident',
  city = CITY.code,
}: {
  database: Database
  now: string
  role?: Role
  city?: string
}): ServerKit {
  return { database, city, now: () => now as Instant, keyFor: makeKeys(), whoIs: async () => makeIdentity(role) }
}

/** Keys as the server derives them, from a key that every test shares. */
export function makeKeys(): KeyFor {
  return deriveKeys(Buffer.alloc(32, 7))
}

/** One round trip with the real server in process, as the device reads it. */
export async function exchange(
  kit: ServerKit,
  actor: Actor,
  request: Pick<SyncRequest, 'push' | 'cursors' | 'place'>,
): Promise<SyncAnswer> {
  const { changes, ...answer } = await exchangeText(kit, actor, request)
  return { ...answer, changes: JSON.parse(changes) as ChangedRecord[] }
}

/** A device that talks to the real server in process. */
export interface TestDevice extends Device {
  /** Sends what the server has to accept: anything else is an error of the test. */
  push(...operations: readonly Operation[]): Promise<readonly Outcome[]>
  /** Sends anything, and tells what the server answered. */
  ask(...operations: readonly unknown[]): Promise<readonly Outcome[]>
  /** Everything the device may hold now. */
  pull(): Promise<readonly ChangedRecord[]>
}

export function makeTestDevice(kit: ServerKit, { role, seed }: { role: Role; seed?: string }): TestDevice {
  const device = makeDevice({ role, ...(seed !== undefined && { seed }) })
  const ask: TestDevice['ask'] = async (...operations) =>
    (await exchange(kit, device.actor, { push: [...operations], cursors: {} })).outcomes
  return {
    ...device,
    ask,
    async push(...operations) {
      const outcomes = await ask(...operations)
      assertAccepted(outcomes)
      return outcomes
    },
    async pull() {
      const changes: ChangedRecord[] = []
      for (let cursors = {}, more = true; more;) {
        const answer = await exchange(kit, device.actor, { push: [], cursors })
        changes.push(...answer.changes)
        ;({ cursors, more } = answer)
      }
      return changes
    },
  }
}

/** Throws with the first outcome that is not accepted. */
export function assertAccepted(outcomes: readonly Outcome[]): void {
  const bad = outcomes.find((outcome) => outcome.status !== 'accepted')
  if (bad !== undefined) throw new Error(`Not accepted: ${JSON.stringify(bad)}`)
}
