import { expect, test } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import { uuidv7 } from '#kernel/uuid.ts'
import {
  basisOf,
  groupOf,
  isPast,
  layOverSessions,
  type OfficeSession,
  orderSessions,
  type Said,
} from './office-session.ts'
import type { Session } from './session.ts'

const id = <Id>(n: number): Id => uuidv7(Date.parse('2026-04-01T00:00:00Z'), new Uint8Array(10).fill(n)) as Id
const NOW = '2026-05-12T04:30:00.000Z' as Instant // 13:30 in Japan

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

let seq = 0
function say(name: Said['operation']['name'], payload: object, state: Said['state'] = 'waiting'): Said {
  seq += 1
  return { operation: { id: id(100 + seq), seq, at: NOW, name, payload } as Said['operation'], state }
}
function fieldsOf(session: Session): object {
  const { kind, title, venueId, heldOn, startTime, endTime, capacity, teachers, enrollUntilOn, note } = session
  return { kind, title, venueId, heldOn, startTime, endTime, capacity, teachers, enrollUntilOn, note }
}

test('a draft made here is in the list before the server has heard of it', () => {
  const session = makeSession()
  const { sessionId } = session
  const made = layOverSessions([], [say('session.create', { sessionId, fields: fieldsOf(session), source: null })])
  expect(made).toMatchObject([{ session: { sessionId, state: 'draft' }, version: null, waiting: ['session.create'] }])
})

test('what was said here is laid over what the server sent, in the order it was said', () => {
  const session = makeSession()
  const [one] = layOverSessions(
    [{ session, version: 7 }],
    [
      say('session.edit', {
        sessionId: session.sessionId,
        fields: { ...fieldsOf(session), title: '相談会' },
        basedOn: 7,
      }),
      say('session.publish', { sessionId: session.sessionId }),
      say('session.cancel', { sessionId: session.sessionId, reason: '台風' }),
    ],
  )
  expect(one?.session).toMatchObject({ title: '相談会', state: 'cancelled', cancelReason: '台風' })
  expect(one?.waiting).toEqual(['session.edit', 'session.publish', 'session.cancel'])
})

test('what the rules will refuse changes nothing on the screen, but is seen to wait', () => {
  const session = makeSession({ venueId: null })
  const [one] = layOverSessions([{ session, version: 7 }], [say('session.publish', { sessionId: session.sessionId })])
  expect(one).toMatchObject({ session: { state: 'draft' }, waiting: ['session.publish'], isHeld: false })
})

test('what the server did not take is marked for a person to look at', () => {
  const session = makeSession()
  const said = say('session.publish', { sessionId: session.sessionId }, 'attention')
  expect(layOverSessions([{ session, version: 7 }], [said])).toMatchObject([{ isHeld: true }])
})

test('words about a session that this device does not hold add no line', () => {
  expect(layOverSessions([], [say('session.publish', { sessionId: id(9) })])).toEqual([])
})

const one = (changed: Partial<OfficeSession>): OfficeSession => ({
  session: makeSession(),
  version: 7,
  waiting: [],
  isHeld: false,
  ...changed,
})

test('an edit is based on what the server sent last', () => {
  expect(basisOf(one({}))).toBe(7)
})

test('a second edit waits for the answer to the first', () => {
  expect(basisOf(one({ waiting: ['session.edit'] }))).toBeNull()
})

test('a session that is only on this device can be edited: nobody else has seen it', () => {
  expect(basisOf(one({ version: null, waiting: ['session.create', 'session.edit'] }))).toBeGreaterThan(1e15)
})

test.each([
  ['2026-05-12', '13:30', false],
  ['2026-05-12', '13:29', true],
  ['2026-05-11', null, true],
  ['2026-05-12', null, false],
  [null, null, false],
] as const)('a session on %s until %s is past: %s', (heldOn, endTime, isOver) => {
  expect(
    isPast(
      makeSession({ heldOn, endTime, startTime: null }),
      endTime === '13:30' ? ('2026-05-12T04:29:59.000Z' as Instant) : NOW,
    ),
  ).toBe(isOver)
})

test('drafts and cancelled sessions keep their own group, whatever their day', () => {
  const heldOn = '2020-01-01'
  expect(
    (['draft', 'cancelled', 'published'] as const).map((state) => groupOf(makeSession({ state, heldOn }), NOW)),
  ).toEqual(['draft', 'cancelled', 'over'])
})

test('the next session comes first, the last one held comes first among the past, and those without a day stand apart', () => {
  const on = (n: number, heldOn: string | null) => one({ session: makeSession({ sessionId: id(n), heldOn }) })
  const order = orderSessions(
    [on(1, '2026-06-02'), on(2, '2026-05-20'), on(3, '2026-05-01'), on(4, '2026-05-10'), on(5, null)],
    NOW,
  )
  const ids = (group: readonly OfficeSession[]) => group.map(({ session }) => session.heldOn)
  expect([ids(order.next), ids(order.undated), ids(order.past)]).toEqual([
    ['2026-05-20', '2026-06-02'],
    [null],
    ['2026-05-10', '2026-05-01'],
  ])
})
