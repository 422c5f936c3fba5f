import 'fake-indexeddb/auto'
import { deleteDB } from 'idb'
import { createKeyring, type Keyring } from '#client/keyring.ts'
import { type LocalDb, openLocalDb } from '#client/local-db.ts'
import type { HeldRecord, OutboxEntry } from '#client/local-schema.ts'
import type { Mark } from '#attendance/domain/mark.ts'
import type { Recorder } from '#client/recorder.ts'
import { createSealedDb, type SealedDb } from '#client/sealed-db.ts'
import type { Instant } from '#kernel/time.ts'
import { createRecorder } from '#sync/client/outbox.ts'
import { browserSurroundings } from '#sync/client/surroundings.ts'
import { type Send, syncOnce, type SyncOptions, type SyncResult } from '#sync/client/sync-once.ts'
import { makeClock } from './memory-server.ts'

/** One open page on a phone. Several of them share the phone's storage. */
export interface Page {
  readonly db: SealedDb
  /** The store itself, as it lies on the disk. */
  readonly disk: LocalDb
  readonly keyring: Keyring
  readonly recorder: Recorder
  sync(send: Send, options?: Partial<SyncOptions>): Promise<SyncResult>
}

export interface Phone {
  open(): Page
  /** While no page is open: nothing on this phone can be opened any more. */
  loseKey(): Promise<void>
  /** The browser throws away what it keeps for us: somebody cleared it, or another tab signed out. */
  clear(): Promise<void>
}

/** A phone with nothing on it yet: a clock, storage and a channel of its own. Or with what lies under this name. */
export function makePhone(now: () => Instant = makeClock(), name = `yorozu-${crypto.randomUUID()}`): Phone {
  return {
    async loseKey() {
      const disk = openLocalDb({ name })
      await disk.write(['keys'], (tx) => tx.objectStore('keys').delete('device'))
      disk.close()
    },
    clear: () => deleteDB(name),
    open() {
      const disk = openLocalDb({ name })
      const keyring = createKeyring(disk)
      const db = createSealedDb(disk, keyring)
      const surroundings = { ...browserSurroundings, now }
      return {
        db,
        disk,
        keyring,
        recorder: createRecorder({ db, ...surroundings }),
        sync: (send, options = {}) => syncOnce({ db, send, ...surroundings, ...options }),
      }
    },
  }
}

/** Somebody came. */
export function makeTap(fields: Partial<Record<keyof Mark, string>> = {}): Mark {
  const { newId } = createRecorder({ db: {} as LocalDb, ...browserSurroundings })
  return { markId: newId(), sessionId: newId(), learnerId: newId(), ...fields } as Mark
}

export interface Kept {
  readonly outbox: readonly OutboxEntry[]
  readonly records: readonly HeldRecord[]
  readonly nextSeq: number
  readonly answers: readonly unknown[]
}

/** Everything a phone keeps, as the next page to be opened will find it. */
export function readKept(db: LocalDb): Promise<Kept> {
  return db.read(['outbox', 'records', 'meta', 'answers'], async (tx) => ({
    outbox: await tx.objectStore('outbox').getAll(),
    records: await tx.objectStore('records').getAll(),
    nextSeq: ((await tx.objectStore('meta').get('nextSeq')) as number | undefined) ?? 1,
    answers: await tx.objectStore('answers').getAll(),
  }))
}
