import { randomInt } from 'node:crypto'
import type { OperationName } from '#sync/domain/protocol.ts'
import {
  makeCertification,
  makeCorrection,
  makeEnrollment,
  makeInstructor,
  makeItem,
  makeMark,
  makeMerge,
  makeSession,
  makeUndo,
  makeVenue,
  makeWalkIn,
} from './payloads.ts'
import { makeIndicator } from './plan.ts'
import { newId } from './signed-in.ts'

/** One readable payload for each operation there is: the compiler asks for a line here for each new one. */
export const SAID: Readonly<Record<OperationName, () => object>> = {
  'venue.save': makeVenue,
  'instructor.save': makeInstructor,
  'session.create': () =>
    makeSession({
      note: '持ち物',
      enrollUntilOn: '2026-05-01',
      source: { profile: 'br-event-50', key: newId(), remarks: ['a'] },
    }),
  'session.edit': () => ({ sessionId: newId(), fields: makeSession().fields, basedOn: 1 }),
  'session.publish': () => ({ sessionId: newId() }),
  'session.cancel': () => ({ sessionId: newId(), reason: '台風' }),
  'enrollment.request': makeEnrollment,
  'enrollment.cancel': () => ({ enrollmentId: newId() }),
  // Another number each time: a few wrong tries at one are answered, then nobody may try it for an hour.
  'enrollment.withdraw': () => ({ receiptNumber: String(randomInt(100_000, 999_999)), phoneLast4: '0123' }),
  'attendance.mark': makeMark,
  'attendance.undo': () => makeUndo(makeMark()),
  'attendance.walkIn': () => makeWalkIn({ ageBand: '70' }),
  'training.certify': makeCertification,
  'plan.setIndicator': () => makeIndicator('facilities'),
  'plan.recordItem': makeItem,
  'plan.closeYear': () => ({ fiscalYear: 2024 }),
  'person.correct': makeCorrection,
  'person.stop': () => ({ learnerId: newId(), reason: 'self' }),
  'person.resume': () => ({ learnerId: newId(), reason: 'self' }),
  'person.erase': () => ({ learnerId: newId(), reason: 'self' }),
  'person.merge': makeMerge,
  'person.separate': () => ({ mergeIds: [newId()] }),
}
export const NAMES = Object.keys(SAID) as OperationName[]

/** What no field of ours can take: nothing, too much, what nobody can print, and what is no text at all. */
export const UNFIT: readonly unknown[] = [
  '',
  ' \u3000\t',
  '\n'.repeat(50),
  'あ'.repeat(5000),
  '𠮷'.repeat(1001),
  '0'.repeat(1_001),
  '\u0000',
  'a\u0007b',
  '\u202Eさとう',
  '\uD83D',
  'さと\u200Bう',
  7.5,
  -1,
  1e300,
  true,
  [],
  ['さとう'],
  {},
  { toString: 'さとう' },
]
/** What some fields may take as words, and none as a command. */
export const ODD: readonly unknown[] = [
  "'); drop table learners; --",
  "' or 1=1 --",
  '$1; select pg_sleep(9)',
  '👍🏽 👩‍👩‍👧',
  '＃０９０－１２３４',
  '<script>alert(1)</script>',
  '{{name}} $t(key) ${name}',
  '=HYPERLINK("http://example.com")',
  '\\u0000 %00 \\x00',
  '0000-01-01',
  '9999-12-31',
  '24:00',
  0,
  1,
  2_147_483_648,
  9_007_199_254_740_991,
  null,
]

export type Path = readonly (string | number)[]

/** The way to each text and number of a payload. */
export function fieldsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return value === null ? [] : [path]
  return Object.entries(value).flatMap(([key, inner]) =>
    fieldsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  )
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce((inner, key) => (inner as Record<string | number, unknown>)[key], value)
}

export function withValue(value: unknown, [key, ...rest]: Path, wanted: unknown): unknown {
  if (key === undefined) return wanted
  const inner = withValue((value as Record<string | number, unknown>)[key], rest, wanted)
  return Array.isArray(value) ? value.with(Number(key), inner) : { ...(value as object), [key]: inner }
}
