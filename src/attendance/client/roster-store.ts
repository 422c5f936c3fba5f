import type { LocalDb } from '#client/local-db.ts'
import type { Device } from '#client/local-schema.ts'
import { recordsIn } from '#client/records.ts'
import type { Recorder } from '#client/recorder.ts'
import { type WaitingEntry, waitingIn } from '#client/waiting.ts'
import type { MarkId, MarkRecord, RosterEntry } from '#attendance/domain/mark.ts'
import type { RosterFacts, RosterLine } from '#attendance/domain/roster.ts'
import type { Instant } from '#kernel/time.ts'
import type { AgeBand, LearnerId } from '#people/domain/learner.ts'
import type { Venue } from '#people/domain/venue.ts'
import type { Session, SessionId } from '#sessions/domain/session.ts'
import { bucketOf } from '#sessions/domain/session-bucket.ts'

const DESK = ['attendance.mark', 'attendance.walkIn', 'attendance.undo'] as const
type DeskEntry = WaitingEntry<(typeof DESK)[number]>

/** One session as this phone holds it, its own unsent facts included. */
export interface HeldRoster {
  readonly session: Session
  readonly venue: Venue | null
  readonly facts: RosterFacts
  /** When the server was last reached; `null` = never. */
  readonly lastContactAt: Instant | null
}

/** The roster of one session: what the server sent, and laid over it what was tapped here and is still on its way.
 *  `null` when this phone does not hold the session. */
export function readHeldRoster(db: Pick<LocalDb, 'read'>, sessionId: SessionId): Promise<HeldRoster | null> {
  const bucket = bucketOf(sessionId)
  return db.read(['records', 'outbox', 'meta'], async (tx) => {
    const store = tx.objectStore('records')
    const [sessions, venues, entries, marks, said, device, lastContactAt] = await Promise.all([
      recordsIn(store, bucket, 'session'),
      recordsIn(store, bucket, 'venue'),
      recordsIn(store, bucket, 'rosterEntry'),
      recordsIn(store, bucket, 'mark'),
      waitingIn(tx.objectStore('outbox'), DESK),
      tx.objectStore('meta').get('device'),
      tx.objectStore('meta').get('lastContactAt'),
    ])
    const session = sessions[0]?.body
    if (session === undefined) return null
    const here = said.filter(({ operation }) => operation.payload.sessionId === sessionId)
    return {
      session,
      venue: venueOf(session, venues),
      facts: layOver(bodies(entries), bodies(marks), here, device as Device | undefined),
      lastContactAt: (lastContactAt as Instant | undefined) ?? null,
    }
  })
}

function bodies<Body>(records: readonly { readonly body: Body }[]): readonly Body[] {
  return records.map((record) => record.body)
}

function layOver(
  entries: readonly RosterEntry[],
  marks: readonly MarkRecord[],
  said: readonly DeskEntry[],
  device: Device | undefined,
): RosterFacts {
  const known = new Set(entries.map((entry) => entry.learnerId))
  const undone = new Set<MarkId>()
  const newEntries: RosterEntry[] = []
  const newMarks: MarkRecord[] = []
  for (const { operation } of said) {
    if (operation.name === 'attendance.undo') {
      for (const markId of operation.payload.markIds) undone.add(markId)
      continue
    }
    const { markId, sessionId, learnerId } = operation.payload
    const deviceId = device?.id ?? operation.id
    newMarks.push({ markId, sessionId, learnerId, markedAt: operation.at, deviceId, undone: false })
    if (operation.name === 'attendance.walkIn' && !known.has(learnerId)) {
      const { name, nameKana } = operation.payload
      newEntries.push({ learnerId, name, nameKana, receiptNumber: null, state: 'walkIn' })
    }
  }
  return {
    entries: [...entries, ...newEntries],
    marks: [...marks, ...newMarks],
    undone,
    unsent: new Set(newMarks.map((mark) => mark.markId)),
  }
}

/** The sessions whose lists this phone holds, in the order of their days. */
export async function readHeldSessions(db: Pick<LocalDb, 'read'>): Promise<readonly HeldSession[]> {
  return db.read(['records', 'meta'], async (tx) => {
    const granted = Object.keys(((await tx.objectStore('meta').get('cursors')) ?? {}) as object)
    const store = tx.objectStore('records')
    const held = await Promise.all(
      granted
        .filter((bucket) => bucket.startsWith('session:'))
        .map(async (bucket) => {
          const [sessions, venues] = await Promise.all([
            recordsIn(store, bucket, 'session'),
            recordsIn(store, bucket, 'venue'),
          ])
          const session = sessions[0]?.body
          return session === undefined ? [] : [{ session, venue: venueOf(session, venues) }]
        }),
    )
    return held.flat().sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1))
  })
}

export interface HeldSession {
  readonly session: Session
  readonly venue: Venue | null
}

function venueOf(session: Session, venues: readonly { readonly id: string; readonly body: Venue }[]): Venue | null {
  return venues.find((venue) => venue.id === session.venueId)?.body ?? null
}

function orderOf({ session }: HeldSession): string {
  return `${session.heldOn ?? ''} ${session.startTime ?? ''} ${session.sessionId}`
}

/** 受け付ける: keeps that a person came. Resolves once it is on the disk; no network is asked. */
export async function checkIn(recorder: Recorder, sessionId: SessionId, learnerId: LearnerId): Promise<void> {
  await recorder.record('attendance.mark', { markId: recorder.newId() as MarkId, sessionId, learnerId })
}

/** 取り消す: takes back the marks that this phone sees, and no others. */
export async function undoCheckIn(recorder: Recorder, sessionId: SessionId, line: RosterLine): Promise<void> {
  await recorder.record('attendance.undo', { sessionId, learnerId: line.learnerId, markIds: [...line.standing] })
}

/** 飛び込み: keeps a person who came without signing up, and that they came. */
export async function addWalkIn(
  recorder: Recorder,
  sessionId: SessionId,
  person: { readonly name: string | null; readonly nameKana: string; readonly ageBand: AgeBand | null },
): Promise<void> {
  const learnerId = recorder.newId() as LearnerId
  await recorder.record('attendance.walkIn', { markId: recorder.newId() as MarkId, sessionId, learnerId, ...person })
}
