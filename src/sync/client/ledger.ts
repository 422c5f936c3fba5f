import type { LocalDb } from '#client/local-db.ts'
import type { AnswerEntry, HeldRecord, OutboxEntry, SentEntry } from '#client/local-schema.ts'
import type { RosterEntry } from '#attendance/domain/mark.ts'
import { isErased } from '#people/domain/is-erased.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { bucketOf } from '#sessions/domain/session-bucket.ts'
import type { Operation, OperationName, Outcome, PayloadOf } from '#sync/domain/protocol.ts'

/** One thing that was said on this device, in what a person needs to recognize it. */
export interface LedgerLine {
  readonly operation: Operation
  /** Whom or what it was about, as far as this device knows. */
  readonly subject: string | null
  readonly outcome: Outcome | null
}

/** 端末の記録: what this device has said, and what became of it. */
export interface Ledger {
  /** 確認が必要: not taken, or refused and not put aside yet; oldest first. */
  readonly attention: readonly LedgerLine[]
  /** 送信待ち, oldest first. */
  readonly waiting: readonly LedgerLine[]
  /** 送った, newest first. Says what kind of thing it was, but no longer about whom. */
  readonly sent: readonly SentEntry[]
}

interface Entries {
  readonly outbox: readonly OutboxEntry[]
  readonly answers: readonly AnswerEntry[]
  readonly names: Names
}

export function readLedger(db: Pick<LocalDb, 'read'>): Promise<Ledger> {
  return db.read(['outbox', 'answers', 'sent', 'records'], async (tx) => {
    const outbox = await tx.objectStore('outbox').getAll()
    const answers = await tx.objectStore('answers').getAll()
    const sent = await tx.objectStore('sent').getAll()
    const names = new Map<string, string>()
    for (const key of outbox.flatMap(({ operation }) => rosterKeyOf(operation))) {
      const record = (await tx.objectStore('records').get(key)) as HeldRecord<'rosterEntry'> | undefined
      const name = record && shownName(record.body)
      if (name) names.set(key[2], name)
    }
    return toLedger({ outbox, answers, names }, sent)
  })
}

function toLedger(entries: Entries, sent: readonly SentEntry[]): Ledger {
  const lineOf = ({ operation, outcome }: Pick<OutboxEntry, 'operation' | 'outcome'>): LedgerLine => ({
    operation,
    subject: subjectOf(operation, entries.names),
    outcome: outcome ?? null,
  })
  const refused = entries.answers.filter((answer) => answer.outcome.status === 'refused' && !answer.seen)
  const held = entries.outbox.filter((entry) => entry.state === 'attention')
  return {
    attention: [...held, ...refused].map(lineOf).sort((a, b) => a.operation.seq - b.operation.seq),
    waiting: entries.outbox.filter((entry) => entry.state === 'waiting').map(lineOf),
    sent: [...sent].reverse(),
  }
}

function rosterKeyOf({ name, payload }: Operation): readonly [string, string, string][] {
  if (name !== 'attendance.mark' && name !== 'attendance.undo') return []
  return [[bucketOf(payload.sessionId as SessionId), 'rosterEntry', payload.learnerId]]
}

function shownName(person: Pick<RosterEntry, 'name' | 'nameKana'>): string | null {
  return isErased(person) ? null : (person.name ?? person.nameKana)
}

type Names = ReadonlyMap<string, string>
type Subjects = { readonly [Name in OperationName]: (payload: PayloadOf<Name>, names: Names) => string | null }

const nameOf = (payload: { readonly name: string }): string => payload.name
const titleOf = (payload: { readonly fields: { readonly title: string } }): string => payload.fields.title
const learnerOf = (payload: { readonly learnerId: string }, names: Names): string | null =>
  names.get(payload.learnerId) ?? null
const unnamed = (): null => null

const SUBJECTS: Subjects = {
  'attendance.mark': learnerOf,
  'attendance.undo': learnerOf,
  'attendance.walkIn': shownName,
  'session.create': titleOf,
  'session.edit': titleOf,
  'session.publish': unnamed,
  'session.cancel': unnamed,
  'enrollment.request': nameOf,
  'enrollment.cancel': unnamed,
  'enrollment.withdraw': unnamed,
  'venue.save': nameOf,
  'instructor.save': nameOf,
  'training.certify': ({ number }) => number,
  'plan.setIndicator': nameOf,
  'plan.recordItem': nameOf,
  'plan.closeYear': unnamed,
  'person.correct': unnamed,
  'person.stop': unnamed,
  'person.resume': unnamed,
  'person.erase': unnamed,
  'person.merge': unnamed,
  'person.separate': unnamed,
}

/** Whom or what an operation is about, in the words of the person who recorded it. */
export function subjectOf({ name, payload }: Operation, names: Names = new Map()): string | null {
  const subject = SUBJECTS[name] as ((payload: Operation['payload'], names: Names) => string | null) | undefined
  return subject?.(payload, names) ?? null // a newer page may have left a name that this one does not know
}
