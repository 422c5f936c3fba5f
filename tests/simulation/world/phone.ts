import { createKeyring } from '#client/keyring.ts'
import { openLocalDb } from '#client/local-db.ts'
import { type Device, type SentEntry, type Upgrade, UPGRADES } from '#client/local-schema.ts'
import type { Recorder } from '#client/recorder.ts'
import { createSealedDb, type SealedDb } from '#client/sealed-db.ts'
import { type Instant, instantOf } from '#kernel/time.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import { createRecorder, ensureDevice } from '#sync/client/outbox.ts'
import { type Send, syncOnce, type SyncResult } from '#sync/client/sync-once.ts'
import { tidyUp } from '#sync/client/tidy-up.ts'
import type { Operation } from '#sync/domain/protocol.ts'
import { type Chance, makeChance } from '../../make/chance.ts'
import { type Kept, readKept } from '../../make/phone.ts'

/** What a phone with a later version of the program does to its store. */
const LATER: Upgrade = (db) => void db.createObjectStore('later' as never)
/** Longer than any run: who gives up waiting, and when, is decided by the run and not by a timer. */
const NEVER_MS = 2 ** 31 - 1

/** One open page: the real client. */
export interface Page {
  readonly db: SealedDb
  /** Remembers what it kept. */
  readonly recorder: Recorder
  sync(send: Send): Promise<SyncResult | { readonly kind: 'failed' }>
  close(): void
}

/** Everything a phone keeps at the end. */
export interface KeptAll extends Kept {
  readonly sent: readonly SentEntry[]
  readonly cursors: Readonly<Record<string, number>>
}

/** One phone in somebody's hand. Its pages come and go, its storage stays. */
export interface SimPhone {
  readonly name: string
  /** The name of its storage. */
  readonly storage: string
  /** Whose paired phone it is; the office and residents have none. */
  readonly instructorId: InstructorId | null
  /** Of the office's login. */
  readonly cookie: string | null
  readonly device: () => Promise<Device>
  /** What was said to be kept on this phone, in this order. */
  readonly recorded: Operation[]
  page: Page
  /** How far the clock of this phone is off. */
  skewMs: number
  /** The office has ended its pairing. */
  isRevoked: boolean
  /** The last number it had given when it handed in everything, after its pairing had ended. */
  wipedAtSeq: number | null
  /** How far it had come when it was last looked at, per bucket. */
  cursors: Readonly<Record<string, number>>
  readCursors(): Promise<SimPhone['cursors']>
  /** Opens one more page, of a later version of the program perhaps. */
  open(isLater?: boolean): Page
  /** The pages are gone, all of them. */
  closeAll(): void
  readKept(): Promise<KeptAll>
}

export interface PhoneWanted {
  readonly name: string
  readonly run: string
  readonly seed: string
  /** What time it is in the city. */
  readonly now: () => Instant
  readonly instructorId?: InstructorId
  readonly cookie?: string
}

export function makeSimPhone(wanted: PhoneWanted): SimPhone {
  const chance = makeChance(`${wanted.seed} ${wanted.name}`)
  let upgrades = UPGRADES
  let ticks = 0
  const pages: Page[] = []
  const now = (): Instant => instantOf(Date.parse(wanted.now()) + phone.skewMs + ++ticks)

  const phone: SimPhone = {
    name: wanted.name,
    storage: `${wanted.run} ${wanted.name}`,
    instructorId: wanted.instructorId ?? null,
    cookie: wanted.cookie ?? null,
    device: () => ensureDevice(phone.page.db, { now, random: randomOf(chance) }),
    recorded: [],
    page: undefined as never, // opened below
    skewMs: 0,
    isRevoked: false,
    wipedAtSeq: null,
    cursors: {},
    readCursors: () =>
      phone.page.db.read(
        ['meta'],
        async (tx) => ((await tx.objectStore('meta').get('cursors')) ?? {}) as KeptAll['cursors'],
      ),
    open(isLater = false) {
      if (isLater) upgrades = [...UPGRADES, LATER]
      phone.page = openPage(phone, { upgrades, now, chance })
      pages.push(phone.page)
      return phone.page
    },
    closeAll: () => pages.splice(0).forEach((page) => page.close()),
    async readKept() {
      const { db } = phone.page
      const [kept, sent, cursors] = await Promise.all([
        readKept(db),
        db.read(['sent'], (tx) => tx.objectStore('sent').getAll()),
        phone.readCursors(),
      ])
      return { ...kept, sent, cursors }
    },
  }
  phone.open()
  return phone
}

interface Program {
  readonly upgrades: readonly Upgrade[]
  readonly now: () => Instant
  readonly chance: Chance
}

function openPage(phone: SimPhone, { upgrades, now, chance }: Program): Page {
  const disk = openLocalDb({ name: phone.storage, upgrades })
  const db = createSealedDb(disk, createKeyring(disk))
  const surroundings = { now, random: randomOf(chance) }
  const recorder = createRecorder({ db, ...surroundings })
  return {
    db,
    recorder: {
      ...recorder,
      async record(name, payload) {
        const operation = await recorder.record(name, payload)
        phone.recorded.push(operation)
        return operation
      },
    },
    sync: (send) =>
      syncOnce({ db, send, ...surroundings, answerLimitMs: NEVER_MS }).catch(() => ({ kind: 'failed' as const })),
    close: () => disk.close(),
  }
}

/** The program begins anew, and gives everything held back another chance, as each start does. */
export function startAnew(phone: SimPhone, now: Instant): Promise<void> {
  phone.closeAll()
  phone.open()
  return tidyUp(phone.page.db, now)
}

function randomOf(chance: Chance): (count: number) => Uint8Array {
  return (count) => Uint8Array.from({ length: count }, () => chance.int(0, 255))
}
