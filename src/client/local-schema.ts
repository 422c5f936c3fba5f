import type { DBSchema, IDBPDatabase, IDBPTransaction } from 'idb'
import type { Instant } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { Bucket, RecordBodies, RecordKind } from '#sync/domain/device-record.ts'
import type { Holder, Operation, OperationName, Outcome } from '#sync/domain/protocol.ts'
import type { StoredLock } from './keyring.ts'

/** One record this device may hold, as the change feed sent it. */
export interface HeldRecord<Kind extends RecordKind = RecordKind> {
  readonly bucket: Bucket
  readonly kind: Kind
  readonly id: string
  readonly version: number
  readonly body: RecordBodies[Kind]
}

/** 送信待ち: something said on this device that the server has not answered yet. */
export interface OutboxEntry {
  readonly operation: Operation
  /** `attention`: the server did not take it, and says why in `outcome`. It stays here, for a person to look at. */
  readonly state: 'waiting' | 'attention'
  readonly outcome?: Outcome
  readonly queuedAt: Instant
}

/** Before the name of an operation that no key of this device opens any more. */
export const LOST = 'lost.'

/** What the server answered to a decision, kept until a person has put it aside. */
export interface AnswerEntry {
  readonly operation: Operation
  readonly outcome: Outcome
  readonly answeredAt: Instant
  readonly seen: boolean
}

/** 送った: that something was sent, without what it said, so that no personal data stays behind. */
export interface SentEntry {
  readonly seq: number
  readonly id: Uuid
  readonly name: OperationName
  readonly at: Instant
  readonly answeredAt: Instant
  readonly status: 'accepted' | 'refused'
}

/** Who this device is to the server. Made on first use, never changed. */
export interface Device {
  readonly id: Uuid
  readonly secret: string
}

export interface Meta {
  readonly device: Device
  readonly nextSeq: number
  /** Last version seen, per bucket. Its keys are the buckets granted to this device. */
  readonly cursors: Readonly<Record<string, number>>
  /** Where in the city's history this device stands, in the server's words. */
  readonly place: string | null
  readonly lastContactAt: Instant
  /** What time the server said it was at the last contact: a clock that was wrong may be right again. */
  readonly cityTime: Instant
  /** Who held this device at its last contact. */
  readonly holder: Holder
  /** Why the lists of people are gone from this phone. */
  readonly phoneNews: PhoneNews
}

/** `stopped`: the office has ended the pairing. `over`: the last session ended a day ago. `away`: nothing was heard for two weeks. */
export interface PhoneNews {
  readonly why: 'stopped' | 'over' | 'away'
  readonly at: Instant
}

export interface LocalSchema extends DBSchema {
  records: { key: [string, string, string]; value: HeldRecord }
  outbox: { key: number; value: OutboxEntry; indexes: { byId: string } }
  answers: { key: string; value: AnswerEntry }
  sent: { key: number; value: SentEntry }
  meta: { key: keyof Meta; value: Meta[keyof Meta] }
  /** What was typed into a form and not sent yet, by the form's name. */
  forms: { key: string; value: Readonly<Record<string, string>> }
  keys: { key: 'device' | 'lock'; value: CryptoKey | StoredLock }
}
export type StoreName = 'records' | 'outbox' | 'answers' | 'sent' | 'meta' | 'forms' | 'keys'

export type ReadTx<Names extends StoreName[]> = IDBPTransaction<LocalSchema, Names, 'readonly'>
export type WriteTx<Names extends StoreName[]> = IDBPTransaction<LocalSchema, Names, 'readwrite'>
type UpgradeTx = IDBPTransaction<LocalSchema, StoreName[], 'versionchange'>
export type Upgrade = (db: IDBPDatabase<LocalSchema>, tx: UpgradeTx) => void

/** Each line takes a phone one version further. Lines are added at the end and never changed: old phones come by years later. */
export const UPGRADES: readonly Upgrade[] = [
  (db) => {
    db.createObjectStore('records', { keyPath: ['bucket', 'kind', 'id'] })
    db.createObjectStore('outbox', { keyPath: 'operation.seq' }).createIndex('byId', 'operation.id', { unique: true })
    db.createObjectStore('answers', { keyPath: 'operation.id' })
    db.createObjectStore('sent', { keyPath: 'seq' })
    db.createObjectStore('meta')
    db.createObjectStore('forms')
  },
  (db) => void db.createObjectStore('keys'),
]
