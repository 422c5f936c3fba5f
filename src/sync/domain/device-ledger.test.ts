import { expect, test } from 'vitest'
import { type Instant, type LocalDate, plusMinutes } from '#kernel/time.ts'
import { assessDevice, type DeviceFacts, hasHandedIn, OLD_PROGRAM_DAYS, UNSENT_LOOK_MIN } from './device-ledger.ts'

const NOW = '2026-05-12T09:00:00.000Z' as Instant
const ago = (minutes: number): Instant => plusMinutes(NOW, -minutes)
const OWN = { name: 'app-new.js', builtAt: ago(30 * 24 * 60) }
const CLASS = { title: 'スマホ教室', heldOn: '2026-05-12' as LocalDate }

/** A device with nothing to say about. */
function facts(given: Partial<DeviceFacts> = {}): DeviceFacts {
  const nothing = { unsentCount: 0, oldestUnsentAt: null, gapCount: 0, silent: null }
  return { lastContactAt: ago(5), program: OWN.name, ...nothing, ...given }
}
const codes = (given: Partial<DeviceFacts>, own: typeof OWN | null = OWN) =>
  assessDevice(facts(given), NOW, own).map(({ code }) => code)

test('a device with everything in needs no look', () => {
  expect(codes({})).toEqual([])
})

test.each([
  ['the oldest of it is an hour old', { oldestUnsentAt: ago(UNSENT_LOOK_MIN) }, []],
  ['the oldest of it is older', { oldestUnsentAt: ago(UNSENT_LOOK_MIN + 1) }, ['unsent']],
  [
    'its clock runs ahead, and its last contact is older',
    { oldestUnsentAt: plusMinutes(NOW, 999), lastContactAt: ago(61) },
    ['unsent'],
  ],
  [
    'its program cannot say, and its last contact is older',
    { oldestUnsentAt: null, lastContactAt: ago(61) },
    ['unsent'],
  ],
  ['its program cannot say, and it was in contact', { oldestUnsentAt: null }, []],
] as const)('of what waits on it: %s', (_what, given, wanted) => {
  expect(codes({ unsentCount: 3, ...given })).toEqual(wanted)
})

test.each([
  [UNSENT_LOOK_MIN, []],
  [UNSENT_LOOK_MIN + 1, ['silent']],
] as const)('silent since a session that ended %i minutes ago', (minutes, wanted) => {
  expect(codes({ silent: { ...CLASS, overAt: ago(minutes) } })).toEqual(wanted)
})

test.each([
  ['another build, and a contact a week after the new one', 'app-old.js', OLD_PROGRAM_DAYS + 1, ['oldProgram']],
  ['another build, and no contact since', 'app-old.js', OLD_PROGRAM_DAYS, []],
  ['a program too old to name itself', null, OLD_PROGRAM_DAYS + 1, ['oldProgram']],
  ['the same build', 'app-new.js', OLD_PROGRAM_DAYS + 1, []],
] as const)('an old program: %s', (_what, program, days, wanted) => {
  const lastContactAt = plusMinutes(OWN.builtAt, days * 24 * 60)
  expect(codes({ program, lastContactAt })).toEqual(wanted)
  expect(codes({ program, lastContactAt }, null)).toEqual([])
})

test('what is lost comes before what waits, and that before what may be missing', () => {
  const all = {
    gapCount: 2,
    unsentCount: 1,
    lastContactAt: ago(200),
    silent: { ...CLASS, overAt: ago(100) },
    program: 'app-old.js',
  }
  expect(codes(all)).toEqual(['gap', 'unsent', 'silent', 'oldProgram'])
})

test.each([
  [0, 0, true],
  [-1, 0, false],
  [30, 1, false],
] as const)('a contact %i minutes after the end with %i left', (minutes, unsentCount, wanted) => {
  const overAt = ago(60)
  expect(hasHandedIn({ lastContactAt: plusMinutes(overAt, minutes), unsentCount }, overAt)).toBe(wanted)
})
