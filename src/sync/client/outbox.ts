import type { LocalDb } from '#client/local-db.ts'
import type { Device, OutboxEntry, WriteTx } from '#client/local-schema.ts'
import type { Draft, Recorder } from '#client/recorder.ts'
import { type Uuid, uuidv7 } from '#kernel/uuid.ts'
import type { Operation, OperationOf } from '#sync/domain/protocol.ts'
import type { Surroundings } from './surroundings.ts'

/** The one way in: everything a page changes goes through here, online or not. */
export function createRecorder({ db, now, random }: Surroundings & { readonly db: LocalDb }): Recorder {
  const newId = (): Uuid => uuidv7(Date.parse(now()), random(10))

  async function recordAll(drafts: readonly Draft[]): Promise<readonly Operation[]> {
    const at = now()
    // The ids are made before the transaction: run again after a lost connection, it finds what it has kept already.
    const numbered = drafts.map((draft) => ({ ...draft, id: newId() }))
    const ahead = numbered.map(
      (operation) => ({ store: 'outbox', value: { operation: { ...operation, at } } }) as const,
    )
    const work = async (tx: OutboxTx): Promise<readonly Operation[]> => {
      const kept = await findKept(tx, numbered)
      if (kept.length > 0) return kept
      const first = ((await tx.objectStore('meta').get('nextSeq')) as number | undefined) ?? 1
      const operations = numbered.map(
        ({ id, name, payload }, index) => ({ id, seq: first + index, at, name, payload }) as Operation,
      )
      await tx.objectStore('meta').put(first + operations.length, 'nextSeq')
      await Promise.all(operations.map((operation) => keep(tx, { operation, state: 'waiting', queuedAt: at })))
      return operations
    }
    return db.write(['outbox', 'meta'], work, { ahead })
  }

  return {
    newId,
    recordAll,
    async record(name, payload) {
      const [operation] = await recordAll([{ name, payload } as Draft])
      return operation as OperationOf<typeof name>
    },
  }
}

type OutboxTx = WriteTx<['outbox', 'meta']>

async function keep(tx: OutboxTx, entry: OutboxEntry): Promise<void> {
  await tx.objectStore('outbox').add(entry)
}

async function findKept(tx: OutboxTx, numbered: readonly { readonly id: string }[]): Promise<readonly Operation[]> {
  const byId = tx.objectStore('outbox').index('byId')
  const entries = await Promise.all(numbered.map(({ id }) => byId.get(id)))
  return entries.flatMap((entry) => (entry === undefined ? [] : [entry.operation]))
}

/** Who this device is. Made on first use: 256 random bits prove later that it is the same one. */
export async function ensureDevice(db: LocalDb, { now, random }: Surroundings): Promise<Device> {
  const known = await db.read(['meta'], (tx) => tx.objectStore('meta').get('device'))
  if (known !== undefined) return known as Device
  const secret = Array.from(random(32), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const made: Device = { id: uuidv7(Date.parse(now()), random(10)), secret }
  return db.write(['meta'], async (tx) => {
    const meta = tx.objectStore('meta')
    const first = (await meta.get('device')) as Device | undefined // another tab may have been faster
    if (first === undefined) await meta.put(made, 'device')
    return first ?? made
  })
}
