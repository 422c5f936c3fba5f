import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { kanaKey } from '#kernel/kana.ts'
import { personKana, personName, phone } from '#people/domain/learner.ts'
import { formatPhone, parseKana, parseName, parsePhone } from '#people/domain/person-text.ts'
import { learnerKey } from '#people/domain/same-learner.ts'
import { anyKana, anyText } from '../make/any-text.ts'

const valueOf = (read: ReturnType<typeof parseName>) => (read.ok ? read.value : read.error.code)

test.each([
  '髙橋 花子',
  '山﨑　太郎',
  '𠮷野',
  '\uFA19谷',
  '葛\u{E0100}城',
  '神\uFE00田',
  "O'Brien",
  'Nguyễn Thị',
  'か\u3099',
  '〆木',
])('the name %s is kept byte for byte', (name) => {
  expect(parseName(`　${name} \n`)).toEqual({ ok: true, value: name })
})

test.each([
  ['', 'empty'],
  [' 　\n', 'empty'],
  ['\u2060\u200D', 'empty'],
  ['佐藤👍', 'unreadable_character'],
  ['佐藤🇯🇵', 'unreadable_character'],
  ['佐藤1️⃣', 'unreadable_character'],
  ['佐藤\u0007', 'unreadable_character'],
  ['佐藤\n花子', 'unreadable_character'],
  ['\u202E佐藤', 'unreadable_character'],
  ['佐藤\uE000', 'unreadable_character'],
  ['佐藤\uD842', 'unreadable_character'],
  ['佐'.repeat(61), 'too_long'],
])('the name 「%s」 is answered with %s', (text, code) => {
  expect(valueOf(parseName(text))).toBe(code)
})

test('digits and ＃ are no emoji: a name may hold them', () => {
  expect(valueOf(parseName('佐藤 2世 ＃*'))).toBe('佐藤 2世 ＃*')
})

test.each([
  ['さとう　はなこ', 'さとう はなこ'],
  ['サトウ ハナコ', 'さとう はなこ'],
  [' ｻﾄﾞｳ   ﾊﾅｺ ', 'さどう はなこ'],
  ['サト－', 'さとー'],
  ['メアリー・スミス', 'めありー・すみす'],
  ['か\u3099とう', 'がとう'],
  ['ヴィ', 'ゔぃ'],
])('the ふりがな %s is stored as %s', (typed, stored) => {
  expect(valueOf(parseKana(typed))).toBe(stored)
})

test.each([
  ['', 'empty'],
  ['　', 'empty'],
  ['佐藤', 'not_kana'],
  ['sato', 'not_kana'],
  ['さとう1', 'not_kana'],
  ['さとう👍', 'not_kana'],
  ['・ー', 'not_kana'],
  ['さ\u0000とう', 'unreadable_character'],
  ['あ'.repeat(81), 'too_long'],
])('the ふりがな 「%s」 is answered with %s', (typed, code) => {
  expect(valueOf(parseKana(typed))).toBe(code)
})

test.each([
  ['090-1234-5678', '09012345678', '090-1234-5678'],
  ['０９０ー１２３４ー５６７８', '09012345678', '090-1234-5678'],
  ['０９９６（３３）５６７８', '0996335678', '0996-33-5678'],
  ['(0996)33−5678', '0996335678', '0996-33-5678'],
  ['0996‐33–5678', '0996335678', '0996-33-5678'],
  ['+81 90 1234 5678', '09012345678', '090-1234-5678'],
  ['＋81-(0)996-33-5678', '0996335678', '0996-33-5678'],
  ['03—1234—5678', '0312345678', '03-1234-5678'],
  ['06 6123 4567', '0661234567', '06-6123-4567'],
  ['0992251111', '0992251111', '099-225-1111'],
  ['0120-123-456', '0120123456', '0120-123-456'],
  ['0570.012.345', '0570012345', '0570-012-345'],
  ['0800-123-4567', '08001234567', '0800-123-4567'],
  ['050 1234 5678', '05012345678', '050-1234-5678'],
])('the phone number %s is stored as %s and shown as %s', (typed, digits, shown) => {
  expect(valueOf(parsePhone(typed))).toBe(digits)
  expect(formatPhone(digits)).toBe(shown)
})

test.each([
  ['', 'empty'],
  ['　', 'empty'],
  ['33-5678', 'not_a_phone'],
  ['090-1234-567', 'not_a_phone'],
  ['0996-33-56789', 'not_a_phone'],
  ['1234567890', 'not_a_phone'],
  ['0000000000', 'not_a_phone'],
  ['090-1234-5678 内線2', 'not_a_phone'],
  ['〇九〇', 'not_a_phone'],
  ['+1 212 555 0100', 'not_a_phone'],
  ["0' or '1'='1", 'not_a_phone'],
])('the phone number 「%s」 is answered with %s', (typed, code) => {
  expect(valueOf(parsePhone(typed))).toBe(code)
})

test('grouping a phone number only adds dashes', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 12 }), (digits) => {
      expect(formatPhone(digits).replaceAll('-', '')).toBe(digits)
    }),
  )
})

test('whatever the form accepts, the wire accepts unchanged; whatever it refuses, it refuses without an error', () => {
  const anyPhone = fc.string({ unit: fc.constantFrom(...'0123456789０９-ー−‐ ()（）+'), maxLength: 18 })
  fc.assert(
    fc.property(fc.oneof(anyText, anyKana, anyPhone), (text) => {
      const pairs = [
        [parseName(text), personName],
        [parseKana(text), personKana],
        [parsePhone(text), phone],
      ] as const
      for (const [read, schema] of pairs) if (read.ok) expect(v.parse(schema, read.value)).toBe(read.value)
    }),
    { numRuns: 2000 },
  )
})

test('kana that was accepted can always be searched for', () => {
  fc.assert(
    fc.property(anyKana, (text) => {
      const read = parseKana(text)
      if (read.ok) expect(kanaKey(read.value)).not.toBe('')
    }),
  )
})

test('the same person asking again has the same key, two people on one phone do not', () => {
  const asked = learnerKey('さとう はなこ', '0996335678')
  expect(learnerKey('サトウハナコ', '0996335678')).toBe(asked)
  expect(learnerKey('さどう はなこ', '0996335678')).not.toBe(asked)
  expect(learnerKey('さとう いちろう', '0996335678')).not.toBe(asked)
  expect(learnerKey('さとう はなこ', '0996335679')).not.toBe(asked)
})
