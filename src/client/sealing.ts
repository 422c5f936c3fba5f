import type { Keyring } from './keyring.ts'
import type { Ahead, LocalChange, LocalDb } from './local-db.ts'
import type { Meta } from './local-schema.ts'
import { mend } from './mend.ts'
import { takeApart } from './seal.ts'
import { sealLeftovers } from './seal-leftovers.ts'
import { createRound } from './sealed-round.ts'
import { runBetween } from './sealed-tx.ts'
import { createSecrets } from './secrets.ts'
import { troubleOf } from './storage-trouble.ts'

/** More than any work has kinds of things to read: each round opens all of one kind. */
const ROUNDS_MAX = 64

interface SealingOptions {
  readonly raw: LocalDb
  readonly keyring: Keyring
  /** Is told when records come or go because this device was unlocked or locked. */
  readonly tell: (change: LocalChange) => void
}

/** Runs a transaction as often as it needs until everything it meets is opened or sealed. */
type InRounds = <Value>(attempt: (inside: Inside) => Promise<Value>, ahead?: readonly Ahead[]) => Promise<Value>

/** How a work is run inside a transaction. */
export type Inside = <Tx extends object, Value>(tx: Tx, work: (tx: Tx) => Promise<Value>) => Promise<Value>

export interface Sealing {
  readonly inRounds: InRounds
  readonly sealLeftovers: (db: LocalDb) => Promise<void>
}

/** The browser's cryptography makes one wait, and a transaction does not: it runs until it meets what is not opened or sealed yet,
 *  nothing of that run is kept, the missing is opened or sealed outside, and it runs again. */
export function createSealing({ raw, keyring, tell }: SealingOptions): Sealing {
  const secrets = createSecrets(keyring, (broken) => void mend(raw, broken).catch(() => {}))

  async function tellOfLock(): Promise<void> {
    await secrets.look()
    const cursors = await raw.read(['meta'], (tx) => tx.objectStore('meta').get('cursors'))
    const buckets = Object.keys((cursors as Meta['cursors'] | undefined) ?? {})
    tell({ stores: ['records'], buckets, elsewhere: false, bySync: false })
  }
  keyring.state.subscribe(() => void tellOfLock().catch(() => {}))

  const inRounds: InRounds = async (attempt, ahead = []) => {
    await secrets.look()
    secrets.trim()
    await secrets.seal(ahead.flatMap(({ store, value, key }) => takeApart(store, value, key) ?? []))
    for (let count = 0; count < ROUNDS_MAX; count += 1) {
      const round = createRound(secrets)
      try {
        return await attempt((tx, work) => runBetween(tx, round, work))
      } catch (error) {
        if (!round.isDoomed || troubleOf(error) !== null) throw error
      }
      await secrets.look()
      await Promise.all([secrets.open(round.toOpen.values()), secrets.seal(round.toSeal.values())])
    }
    throw new Error('What is sealed does not come to rest')
  }

  return { inRounds, sealLeftovers: (db) => sealLeftovers(raw, keyring, db) }
}
