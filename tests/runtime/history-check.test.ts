import { describe, expect, test } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import { checkHistory, type Judged, type Rule, RULES } from '../make/history-check.ts'
import type { HistoryEvent } from '../make/history.ts'
import { answered, asked, makeRecord, makeSoundHistory } from '../make/sound-history.ts'

type World = ReturnType<typeof makeSoundHistory>
const rulesBroken = (
  world: Pick<Judged, 'state' | 'devices'> & { readonly events: readonly HistoryEvent[] },
): Rule[] => [...new Set(checkHistory({ ...world, history: world }).map(({ rule }) => rule))]

/** What could go wrong, planted into a history in which all is well. */
const PLANTED: Readonly<Record<Rule, readonly [what: string, (world: World) => void][]>> = {
  lost: [
    ['an acknowledged operation is not written down', ({ state }) => void state.operations.shift()],
    ['a mark is written down as an operation only', ({ state }) => void state.marks.pop()],
    ['a seat that was promised was not given', (world) => grant(world, 0, null)],
    ['somebody has read more than there is', ({ state }) => void (state.version = 2)],
    [
      'a booking has another receipt number',
      ({ state }) => void (state.enrollments[0] = { ...at(state.enrollments, 0), receiptNumber: '999999' }),
    ],
  ],
  unanswered: [['something said was never answered', ({ events }) => void events.pop()]],
  doubled: [
    [
      'one number of a device is there twice',
      ({ state }) => void (state.operations[2] = { ...at(state.operations, 2), seq: 1 }),
    ],
    [
      'one person has two bookings in a session',
      ({ state }) =>
        void (state.enrollments[1] = { ...at(state.enrollments, 1), learnerId: at(state.enrollments, 0).learnerId }),
    ],
  ],
  appeared: [
    [
      'a mark is there that nobody made',
      ({ state }) => void state.marks.push({ ...at(state.marks, 0), markId: 'x' as Uuid }),
    ],
    [
      'an operation is there that nobody said',
      ({ state }) => void state.operations.push({ ...at(state.operations, 0), id: 'x' as Uuid, seq: 9 }),
    ],
  ],
  unstable: [
    [
      'a retry is answered with another place',
      ({ events, first }) =>
        void events.splice(
          7,
          1,
          answered('person', 2, {
            at: 2,
            outcomes: [{ id: first.id, status: 'refused', refusal: { code: 'already_enrolled' } }],
          }),
        ),
    ],
    [
      'the book says something else',
      ({ state }) => void (state.operations[1] = { ...at(state.operations, 1), outcome: { status: 'refused' } }),
    ],
  ],
  oversold: [
    ['two people have the only seat', (world) => grant(world, 1, '2026-05-12T05:00:00.000Z')],
    [
      'two people had the only seat for a while',
      (world) => {
        grant(world, 1, '2026-05-12T05:00:00.000Z')
        world.state.enrollments[0] = {
          ...at(world.state.enrollments, 0),
          cancelledAt: '2026-05-12T06:00:00.000Z' as Instant,
        }
      },
    ],
  ],
  wentBack: [
    [
      'an answer is older than the one before',
      ({ events }) => void events.splice(10, 0, asked('person', 9), answered('person', 9, { at: 1 })),
    ],
    [
      'a cursor falls',
      ({ events }) =>
        void events.push(
          asked('volunteer', 2, { public: 5 }),
          answered('volunteer', 2, { at: 5, cursors: { public: 4 } }),
        ),
    ],
    [
      'a record is older than before',
      ({ events, record, sessionId, mark }) => {
        const newer = makeRecord(sessionId, mark.payload.markId, 4)
        events.push(asked('volunteer', 2), answered('volunteer', 2, { at: 4, changes: [newer] }))
        events.push(asked('volunteer', 3), answered('volunteer', 3, { at: 5, changes: [record] }))
      },
    ],
    [
      'what was granted is gone',
      ({ events }) => void events.push(asked('volunteer', 2), answered('volunteer', 2, { at: 9, cursors: {} })),
    ],
  ],
  stale: [
    [
      'somebody asks and does not see what was acknowledged before',
      ({ events }) => void events.push(asked('other', 1), answered('other', 1, { at: 2 })),
    ],
  ],
  unordered: [
    [
      'what was said later has the earlier version',
      ({ state }) => {
        state.operations[0] = { ...at(state.operations, 0), version: 2 }
        state.operations[1] = { ...at(state.operations, 1), version: 1 }
      },
    ],
  ],
  gap: [['a version is missing', ({ state }) => void state.versions.splice(1, 1)]],
  diverged: [
    ['a device lacks a record', ({ devices }) => void (devices[0] = { ...at(devices, 0), records: [] })],
    ['a device holds what is no more', ({ state }) => void state.records.pop()],
    [
      'a device holds an older state',
      ({ state, sessionId, mark }) => void (state.records[0] = makeRecord(sessionId, mark.payload.markId, 2)),
    ],
  ],
  fault: [
    ['the server fails', ({ events }) => void events.push({ kind: 'lost', client: 'person', asked: 9, status: 500 })],
    [
      'the server takes an operation for unreadable',
      ({ events, mark }) =>
        void events.push(
          answered('volunteer', 9, { at: 9, outcomes: [{ id: mark.id, status: 'held', reason: 'fault' }] }),
        ),
    ],
  ],
}

function grant({ state }: World, index: number, grantedAt: string | null): void {
  state.enrollments[index] = { ...at(state.enrollments, index), grantedAt: grantedAt as Instant | null }
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index]
  if (item === undefined) throw new Error(`Nothing at ${index}`)
  return item
}

test('a history in which all is well passes', () => {
  expect(rulesBroken(makeSoundHistory())).toEqual([])
})

test('after a kill, an answer of 500 is no fault; before, it is', () => {
  const world = makeSoundHistory()
  world.events.push({ kind: 'lost', client: 'person', asked: 9, status: 500 })
  expect(checkHistory({ ...world, history: world, wasKilled: true })).toEqual([])
})

describe.each(RULES.map((rule) => ({ rule })))('the rule «$rule»', ({ rule }) => {
  test.each(PLANTED[rule])('notices that %s', (_, plant) => {
    const world = makeSoundHistory()
    plant(world)
    expect(rulesBroken(world)).toContain(rule)
  })
})
