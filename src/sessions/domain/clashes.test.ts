import { expect, test } from 'vitest'
import { uuidv7 } from '#kernel/uuid.ts'
import { findClashes } from './clashes.ts'
import type { Session } from './session.ts'

const id = <Id>(n: number): Id => uuidv7(Date.parse('2026-04-01T00:00:00Z'), new Uint8Array(10).fill(n)) as Id

function makeSession(changed: Partial<Record<keyof Session, unknown>> = {}): Session {
  return {
    sessionId: id(1),
    kind: 'class',
    title: 'スマホ教室',
    venueId: id(10),
    heldOn: '2026-05-12',
    startTime: '13:30',
    endTime: '15:00',
    capacity: 20,
    teachers: [{ instructorId: id(20), role: 'instructor' }],
    enrollUntilOn: null,
    note: null,
    state: 'draft',
    source: null,
    cancelReason: null,
    ...changed,
  } as Session
}
const other = (changed: Partial<Record<keyof Session, unknown>>): Session =>
  makeSession({ sessionId: id(2), venueId: id(11), teachers: [], ...changed })

test('the same hall at overlapping times is a clash', () => {
  const found = findClashes(makeSession(), [other({ venueId: id(10), startTime: '14:59', endTime: '16:00' })])
  expect(found).toMatchObject([{ sameVenue: true, sameTeachers: [] }])
})

test('the same person at overlapping times is a clash, whatever their role', () => {
  const teachers = [{ instructorId: id(20), role: 'assistant' }]
  expect(findClashes(makeSession(), [other({ teachers })])).toMatchObject([
    { sameVenue: false, sameTeachers: [id(20)] },
  ])
})

test.each([
  ['one that begins when the other ends', { venueId: id(10), startTime: '15:00', endTime: '16:00' }],
  ['one on another day', { venueId: id(10), heldOn: '2026-05-13' }],
  ['one that was cancelled', { venueId: id(10), state: 'cancelled' }],
  ['one whose times are open', { venueId: id(10), startTime: null, endTime: null }],
  ['one whose day is open', { venueId: id(10), heldOn: null }],
  ['another hall with other people', {}],
])('%s is no clash', (_, changed) => {
  expect(findClashes(makeSession(), [other(changed)])).toEqual([])
})

test('two sessions without a hall do not share one', () => {
  expect(findClashes(makeSession({ venueId: null }), [other({ venueId: null })])).toEqual([])
})

test('a session does not clash with itself', () => {
  expect(findClashes(makeSession(), [makeSession()])).toEqual([])
})

test('a session without a day clashes with nothing', () => {
  expect(findClashes(makeSession({ heldOn: null }), [other({ venueId: id(10), heldOn: null })])).toEqual([])
})
