import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MarkId, MarkRecord, RosterEntry } from '#attendance/domain/mark.ts'
import { countRoster, indexRoster, readRoster, type RosterFacts } from '#attendance/domain/roster.ts'
import type { Instant } from '#kernel/time.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import { idOf } from '../make/facts.ts'

const learner = (n: number): LearnerId => idOf('person', n) as LearnerId
const markId = (n: number): MarkId => idOf('mark', n) as MarkId

const entry = (n: number, given: Partial<RosterEntry> = {}): RosterEntry => ({
  learnerId: learner(n),
  name: '佐藤 花子',
  nameKana: 'さとう はなこ',
  receiptNumber: `48291${n}`,
  state: 'enrolled',
  ...given,
})

const mark = (
  n: number,
  learnerN: number,
  given: { device?: number; undone?: boolean; at?: string } = {},
): MarkRecord => ({
  markId: markId(n),
  sessionId: idOf('sess', 1) as MarkRecord['sessionId'],
  learnerId: learner(learnerN),
  markedAt: (given.at ?? `2026-05-12T04:0${n % 10}:00.000Z`) as Instant,
  deviceId: idOf('device', given.device ?? 1),
  undone: given.undone ?? false,
})

const facts = (given: Partial<RosterFacts>): RosterFacts => ({
  entries: [],
  marks: [],
  undone: new Set(),
  unsent: new Set(),
  ...given,
})

describe('the list at the desk', () => {
  test('stands in the order of ふりがな, not of the written names', () => {
    const lines = readRoster(
      facts({
        entries: [
          entry(1, { name: '高橋', nameKana: 'たかはし' }),
          entry(2, { name: '青木', nameKana: 'あおき' }),
          entry(3, { name: '髙橋', nameKana: 'たかばし' }),
          entry(4, { name: null, nameKana: 'さとう' }),
        ],
      }),
    )
    expect(lines.map((line) => line.nameKana)).toEqual(['あおき', 'さとう', 'たかはし', 'たかばし'])
  })

  test('shows a person recorded by two phones once, with the earlier time and 「2台」', () => {
    const [line] = readRoster(facts({ entries: [entry(1)], marks: [mark(2, 1, { device: 2 }), mark(1, 1)] }))
    expect(line).toMatchObject({ deviceCount: 2, firstMarkedAt: '2026-05-12T04:01:00.000Z' })
    expect(line?.standing).toHaveLength(2)
  })

  test('keeps a mark of another phone when this one takes back its own', () => {
    const marks = [mark(1, 1, { device: 1 }), mark(2, 1, { device: 2 })]
    const [line] = readRoster(facts({ entries: [entry(1)], marks, undone: new Set([markId(1)]) }))
    expect(line?.standing).toEqual([markId(2)])
  })

  test('hides those who cancelled, unless they came all the same', () => {
    const entries = [entry(1, { state: 'cancelled' }), entry(2, { state: 'cancelled' })]
    expect(readRoster(facts({ entries, marks: [mark(1, 2)] })).map((line) => line.learnerId)).toEqual([learner(2)])
  })

  test('counts who came, who had signed up, and who walked in', () => {
    const entries = [entry(1), entry(2), entry(3, { state: 'walkIn' }), entry(4, { state: 'waitlisted' })]
    const marks = [mark(1, 1), mark(2, 3), mark(3, 4), mark(4, 2, { undone: true })]
    expect(countRoster(readRoster(facts({ entries, marks })))).toEqual({ present: 3, enrolled: 2, walkIns: 1 })
  })

  test('is the same whatever the order in which its facts arrived', () => {
    const entries = [1, 2, 3, 4].map((n) => entry(n))
    const marks = fc.array(
      fc.record({ n: fc.nat(20), who: fc.integer({ min: 1, max: 4 }), device: fc.integer({ min: 1, max: 3 }) }),
    )
    fc.assert(
      fc.property(marks, fc.array(fc.nat(20)), fc.infiniteStream(fc.nat()), (drawn, undone, chance) => {
        const made = new Map(drawn.map(({ n, who, device }) => [n, mark(n, who, { device })]))
        const given = { entries, undone: new Set(undone.map(markId)) }
        const shuffled = [...made.values()].sort(() => (Number(chance.next().value) % 2 === 0 ? 1 : -1))
        const here = (all: readonly MarkRecord[]) =>
          readRoster(facts({ ...given, marks: all })).map(({ learnerId, standing, deviceCount, firstMarkedAt }) => ({
            learnerId,
            standing: [...standing].sort(),
            deviceCount,
            firstMarkedAt,
          }))
        expect(here(shuffled)).toEqual(here([...made.values()]))
      }),
    )
  })
})

describe('finding a person at the desk', () => {
  const lines = readRoster(
    facts({
      entries: [
        entry(1, { name: '佐藤 花子', nameKana: 'さとう はなこ', receiptNumber: '482913' }),
        entry(2, { name: '佐渡 太郎', nameKana: 'さど たろう', receiptNumber: '100777' }),
        entry(3, { name: null, nameKana: 'はしもと', receiptNumber: null }),
      ],
    }),
  )
  const found = (typed: string) =>
    indexRoster(lines)
      .search(typed)
      .map((line) => line.nameKana)

  test.each(['さとう', 'サトウ', 'ｻﾄｳ', 'さどう', 'さと　う'])('%s finds さとう はなこ', (typed) => {
    expect(found(typed)).toContain('さとう はなこ')
  })

  test('a given name is found too, but a family name comes first', () => {
    expect(found('は')).toEqual(['はしもと', 'さとう はなこ'])
  })

  test('the last digits of the 受付番号 find one person, also in full width and with a dash', () => {
    expect(found('913')).toEqual(['さとう はなこ'])
    expect(found('４８２－９１３')).toEqual(['さとう はなこ'])
  })

  test('the written name is found', () => {
    expect(found('佐渡')).toEqual(['さど たろう'])
  })

  test('nothing typed shows everybody', () => {
    expect(found('　 ')).toHaveLength(3)
  })
})
