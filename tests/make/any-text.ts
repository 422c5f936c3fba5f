import fc from 'fast-check'

const NASTY = [
  '',
  ' ',
  '　',
  '\u0000',
  'a\u0007b',
  '\u202Eさとう',
  '\uD83D',
  '\uFEFF',
  '👍🏽',
  '👩‍👩‍👧',
  '🇯🇵',
  '1️⃣',
  '＃０９０',
  "'); drop table learners; --",
  '=HYPERLINK("http://example.com")',
  '<script>alert(1)</script>',
  '{{name}} $t(key)',
  '髙橋　﨑子',
  '𠮷野',
  '\uFA19\uFA10',
  'ｻﾞｻﾞ ｳﾞ',
  'か\u3099',
  '0'.repeat(5000),
  'あ'.repeat(5000),
  '𠮷'.repeat(600),
  '\n'.repeat(50),
  '2022-02-30',
  '令和4年1月24日',
  '20名程度',
] as const

/** What people, scripts and broken programs put into a field: empty, over-long, full-width, emoji, control, SQL-like, half characters. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
  fc.tuple(fc.constantFrom(...NASTY), fc.constantFrom(...NASTY)).map(([a, b]) => a + b),
)

/** Kana as people type it: hiragana, katakana, half-width, with blanks, dashes and small letters. */
export const anyKana: fc.Arbitrary<string> = fc.string({
  unit: fc.constantFrom(
    ...'あいうかがきぎさざただつっはばぱやゃゆゅよょらわをんゔアカガサタッパヤャーワンヴｱｶｻﾀﾊﾟﾞｰ・ 　',
  ),
  maxLength: 30,
})
