import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareKana, kanaKey, kanaRow, toHiragana } from '#kernel/kana.ts'
import { anyKana, anyText } from '../make/any-text.ts'

test.each([
  ['さとうはなこ', 'ｻﾄｳ ﾊﾅｺ'],
  ['さとうはなこ', 'サトウ　ハナコ'],
  ['さとうはなこ', 'さどう　ハナコ'],
  ['さとうはなこ', 'さとう・はなこ'],
  ['さと', 'サトー'],
  ['きよう', 'ぎょう'],
  ['はつとり', 'パッとり'],
  ['うい', 'ヴィ'],
  ['わか', 'ヷヵ'],
  ['かき', 'か\u3099き\u3099'],
  ['かき', 'か゛ぎ'],
])('the search key %s is found from %s', (key, typed) => {
  expect(kanaKey(typed)).toBe(key)
})

test('a key is its own key, whatever was typed', () => {
  fc.assert(fc.property(fc.oneof(anyText, anyKana), (text) => kanaKey(kanaKey(text)) === kanaKey(text)))
})

test.each([
  ['さどう はなこ', 'ｻﾄﾞｳ ﾊﾅｺ'],
  ['ゔぁいおりん', 'ヴァイオリン'],
  ['がぱ', 'カ\u3099ハ\u309A'],
  ['髙橋 ㈱①', '髙橋 ㈱①'],
])('%s is the hiragana of %s, and nothing but kana changes', (hiragana, text) => {
  expect(toHiragana(text)).toBe(hiragana)
})

test('a roster stands in 五十音 order: voicing and small letters decide only between equals', () => {
  const order = [
    'あおき',
    'いとう',
    'うえだ',
    'おおた',
    'かとう',
    'かどう',
    'がとう',
    'ぎょうだ',
    'きよた',
    'さとう あい',
    'さどう あい',
    'さとう はなこ',
    'はっとり',
    'はつとり',
    'ばば',
    'ぱぱ',
    'やまだ',
    'わだ',
    'ゐのうえ',
    'をがた',
    'んだ',
  ]
  expect(order.toReversed().toSorted(compareKana)).toEqual(order)
})

test('katakana stands where the same hiragana stands', () => {
  expect(['ワダ', 'さとう', 'アオキ', 'ｲﾄｳ', 'サトウ'].toSorted(compareKana)).toEqual([
    'アオキ',
    'ｲﾄｳ',
    'さとう',
    'サトウ',
    'ワダ',
  ])
})

test('voicing counts before the choice of hiragana or katakana', () => {
  expect(['さど', 'サド', 'さと', 'サト'].toSorted(compareKana)).toEqual(['さと', 'サト', 'さど', 'サド'])
})

test('the order is total, so that every device prints the same roster', () => {
  fc.assert(
    fc.property(anyKana, anyKana, anyKana, (a, b, c) => {
      expect(Math.sign(compareKana(a, b)) + Math.sign(compareKana(b, a))).toBe(0)
      if (compareKana(a, b) === 0) expect(a).toBe(b)
      if (compareKana(a, b) <= 0 && compareKana(b, c) <= 0) expect(compareKana(a, c)).toBeLessThanOrEqual(0)
    }),
  )
})

test.each([
  ['あ', 'ゔぁん'],
  ['あ', 'オオタ'],
  ['か', 'ｶﾞﾄｳ'],
  ['さ', 'ざいぜん'],
  ['た', 'っだ'],
  ['な', 'のだ'],
  ['は', 'ぱく'],
  ['ま', 'もり'],
  ['や', 'ょしだ'],
  ['ら', 'ろ'],
  ['わ', 'ん'],
  ['わ', 'ゑがわ'],
  ['他', 'Smith'],
  ['他', '佐藤'],
  ['他', ''],
  ['他', 'ー'],
])('the row %s holds %s', (row, name) => {
  expect(kanaRow(name)).toBe(row)
})
