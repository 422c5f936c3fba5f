import { expect, test } from 'vitest'
import * as v from 'valibot'
import { uuidv7 } from '#kernel/uuid.ts'
import {
  EMPTY_SESSION_FORM,
  readSessionForm,
  type SessionFormField,
  type TypedSession,
  typedSession,
} from './session-form.ts'
import { SessionFields, type SessionState } from './session.ts'

const id = (n: number): string => uuidv7(Date.parse('2026-04-01T00:00:00Z'), new Uint8Array(10).fill(n))

const WHOLE: TypedSession = {
  kind: 'class',
  title: 'はじめてのスマホ教室',
  venueId: id(1),
  heldOn: '2026-05-12',
  startTime: '13:30',
  endTime: '15:00',
  capacity: '20',
  teachers: `${id(2)}:instructor,${id(3)}:assistant`,
  enrollUntilOn: '2026-05-11',
  note: '持ち物：スマートフォン',
}

function read(typed: Partial<TypedSession>, state: SessionState = 'draft') {
  return readSessionForm({ ...WHOLE, ...typed }, state)
}

function fieldOf(field: SessionFormField, text: string) {
  const result = read({ [field]: text })
  return result.ok ? result.value[field] : result.error[field]?.code
}

test('a form as it should be is read into fields that the wire accepts', () => {
  const result = read({})
  expect(result.ok && v.parse(SessionFields, result.value)).toEqual({
    kind: 'class',
    title: 'はじめてのスマホ教室',
    venueId: id(1),
    heldOn: '2026-05-12',
    startTime: '13:30',
    endTime: '15:00',
    capacity: 20,
    teachers: [
      { instructorId: id(2), role: 'instructor' },
      { instructorId: id(3), role: 'assistant' },
    ],
    enrollUntilOn: '2026-05-11',
    note: '持ち物：スマートフォン',
  })
})

test.each([
  '2026-05-12',
  '２０２６／５／１２',
  '令和8年5月12日',
  '令和８年５月１２日（火）',
  'R8.5.12',
  '2026年5月12日',
])('the day %s is May 12, 2026', (text) => expect(fieldOf('heldOn', text)).toBe('2026-05-12'))

test.each(['13:30', '１３：３０', '13時30分', '１３時３０分', '午後1時30分', '午後１時半'])(
  'the time %s is 13:30',
  (text) => expect(fieldOf('startTime', text)).toBe('13:30'),
)

test.each(['20', '２０', '20名', '２０人', ' 20 '])('the capacity %s is 20', (text) =>
  expect(fieldOf('capacity', text)).toBe(20),
)

test.each([
  ['heldOn', '5月12日', 'unclear'],
  ['heldOn', '来週の火曜', 'unclear'],
  ['heldOn', '令和8年5月12日（月）', 'unclear'],
  ['heldOn', '2026-02-30', 'impossible'],
  ['startTime', '1時30分', 'unclear'],
  ['startTime', '25:00', 'unclear'],
  ['capacity', '0', 'not_a_count'],
  ['capacity', '501', 'not_a_count'],
  ['capacity', '20名程度', 'not_a_count'],
  ['kind', 'party', 'not_chosen'],
  ['title', '', 'empty'],
  ['title', ' \u3000\u200B ', 'empty'],
  ['title', 'あ'.repeat(101), 'too_long'],
  ['title', 'スマホ教室😀', 'emoji'],
  ['title', 'スマホ\u0000教室', 'unprintable'],
  ['title', 'スマホ\n教室', 'unprintable'],
  ['title', 'スマホ\uE000教室', 'unprintable'],
  ['note', 'あ'.repeat(1001), 'too_long'],
  ['note', '🎉 来てね', 'emoji'],
  ['note', '\u202Eabc', 'unprintable'],
  ['enrollUntilOn', '2026-05-13', 'deadline_after_day'],
  ['endTime', '13:30', 'ends_before_start'],
  ['teachers', Array.from({ length: 21 }, (_, n) => `${id(n)}:instructor`).join(','), 'too_many'],
] as const)('in the field %s, %j is answered with %s', (field, text, code) => {
  expect(fieldOf(field, text)).toBe(code)
})

test.each(["Robert'); drop table sessions;--", '☎0996-00-0000', '※要予約', '髙橋さんの教室', '𠮷野教室'])(
  'the title %s is kept as it was typed',
  (text) => expect(fieldOf('title', text)).toBe(text),
)

test('a draft may leave everything open but its title and kind', () => {
  const result = readSessionForm({ ...EMPTY_SESSION_FORM, title: '相談会' }, 'draft')
  expect(result.ok && result.value).toMatchObject({
    venueId: null,
    heldOn: null,
    capacity: null,
    teachers: [],
    note: null,
  })
})

test('an announced session may leave nothing open that residents rely on', () => {
  const result = readSessionForm({ ...EMPTY_SESSION_FORM, title: '相談会' }, 'published')
  expect(result.ok ? [] : Object.keys(result.error).sort()).toEqual(
    ['capacity', 'endTime', 'heldOn', 'startTime', 'teachers', 'venueId'].sort(),
  )
})

test('all problems of a form are told at once', () => {
  const result = read({ title: '', heldOn: 'あした', capacity: 'たくさん' })
  expect(result.ok ? [] : Object.keys(result.error).sort()).toEqual(['capacity', 'heldOn', 'title'])
})

test('a session opened and saved without a change stays what it was', () => {
  const first = read({})
  if (!first.ok) throw new Error('The form was refused')
  expect(readSessionForm(typedSession(first.value), 'published')).toEqual(first)
})

test('nobody teaches twice in one session', () => {
  const result = read({ teachers: `${id(2)}:instructor,${id(2)}:assistant` })
  expect(result.ok && result.value.teachers).toEqual([{ instructorId: id(2), role: 'instructor' }])
})
