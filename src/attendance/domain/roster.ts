import { compareKana, kanaKey } from '#kernel/kana.ts'
import { foldWidth } from '#kernel/width.ts'
import type { Instant } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import type { MarkId, MarkRecord, RosterEntry } from './mark.ts'

/** What a phone knows about one session: records from the server and its own facts that are still on the way. */
export interface RosterFacts {
  readonly entries: readonly RosterEntry[]
  readonly marks: readonly MarkRecord[]
  /** Marks taken back on this phone. */
  readonly undone: ReadonlySet<MarkId>
  /** Marks of this phone that the server has not answered for yet. */
  readonly unsent: ReadonlySet<MarkId>
}

/** One person as the desk sees them. */
export interface RosterLine extends RosterEntry {
  /** The marks that stand: what an undo has to name. Empty = not here. */
  readonly standing: readonly MarkId[]
  readonly firstMarkedAt: Instant | null
  /** How many devices recorded this person: 2 → 「2台で記録」. */
  readonly deviceCount: number
  readonly unsent: boolean
}

/** The list of a session in the order of ふりがな. Those who cancelled are shown only if they came all the same. */
export function readRoster({ entries, marks, undone, unsent }: RosterFacts): readonly RosterLine[] {
  const standing = new Map<LearnerId, MarkRecord[]>()
  for (const mark of marks) {
    if (mark.undone || undone.has(mark.markId)) continue
    standing.set(mark.learnerId, [...(standing.get(mark.learnerId) ?? []), mark])
  }
  return entries
    .map((entry) => lineOf(entry, standing.get(entry.learnerId) ?? [], unsent))
    .filter((line) => line.state !== 'cancelled' || line.standing.length > 0)
    .sort((one, other) => compareKana(one.nameKana, other.nameKana))
}

function lineOf(entry: RosterEntry, marks: readonly MarkRecord[], unsent: ReadonlySet<MarkId>): RosterLine {
  const times = marks.map((mark) => mark.markedAt).sort()
  return {
    ...entry,
    standing: marks.map((mark) => mark.markId),
    firstMarkedAt: times[0] ?? null,
    deviceCount: new Set<Uuid>(marks.map((mark) => mark.deviceId)).size,
    unsent: marks.some((mark) => unsent.has(mark.markId)),
  }
}

export interface RosterCounts {
  /** 来た人: everybody here, walk-ins included. */
  readonly present: number
  /** 申込: those with a seat. */
  readonly enrolled: number
  /** 飛び込み that are here. */
  readonly walkIns: number
}

export function countRoster(lines: readonly RosterLine[]): RosterCounts {
  const here = (line: RosterLine): boolean => line.standing.length > 0
  return {
    present: lines.filter(here).length,
    enrolled: lines.filter((line) => line.state === 'enrolled').length,
    walkIns: lines.filter((line) => line.state === 'walkIn' && here(line)).length,
  }
}

/** A list made ready for searching: the keys are worked out once, not at every keystroke. */
export interface RosterIndex {
  search(typed: string): readonly RosterLine[]
}

/** Finds by kana (さとう = サトウ = ｻﾄｳ = さどう; family or given name), by the written name, or by the last digits of the 受付番号. */
export function indexRoster(lines: readonly RosterLine[]): RosterIndex {
  const keyed = lines.map((line) => ({ line, kana: kanaKey(line.nameKana), name: line.name ?? '' }))
  return {
    search(typed) {
      const text = foldWidth(typed).trim()
      if (text === '') return lines
      if (/^[\d-]+$/.test(text)) {
        const digits = text.replaceAll('-', '')
        return lines.filter((line) => line.receiptNumber?.endsWith(digits) ?? false)
      }
      const key = kanaKey(text)
      return keyed
        .filter(({ kana, name }) => (key !== '' && kana.includes(key)) || name.includes(typed.trim()))
        .sort((one, other) => Number(other.kana.startsWith(key)) - Number(one.kana.startsWith(key)))
        .map(({ line }) => line)
    },
  }
}
