import i18next from 'i18next'
import { expect, test } from 'vitest'
import type { LocalDate, LocalTime } from '#kernel/time.ts'
import { importEn } from '#sessions/client/import-messages.en.ts'
import { importJaEasy } from '#sessions/client/import-messages.ja-easy.ts'
import { importJa, type ImportMessages } from '#sessions/client/import-messages.ja.ts'
import { importWords } from '#sessions/client/import-words.ts'
import type { ImportFileRefusal, ImportRemark, ImportRowRefusal } from '#sessions/domain/event-csv-remark.ts'
import type { CsvFileProblem } from '#sessions/client/read-csv-file.ts'

type Said = ImportRemark | ImportRowRefusal | ImportFileRefusal | CsvFileProblem

const sentences = (messages: ImportMessages) =>
  Object.values(messages).flatMap((group: Record<string, string>) => Object.entries(group))
const placeholders = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g))].toSorted()

test.each([
  ['English', importEn],
  ['やさしい日本語', importJaEasy],
])('%s says everything that the Japanese says, with the same values', (_, messages) => {
  const other = new Map(sentences(messages))
  for (const [code, text] of sentences(importJa)) {
    expect([code, placeholders(other.get(code) ?? '')]).toEqual([code, placeholders(text)])
  }
})

test.each([
  ['日本語', importJa],
  ['やさしい日本語', importJaEasy],
])('%s has short sentences, no waves, and no dates or times in figures', (_, messages) => {
  for (const [, text] of sentences(messages)) {
    for (const sentence of text.split('。')) expect(sentence.length).toBeLessThanOrEqual(50)
    expect(text).not.toMatch(/[〜～]|\d:\d|\d\/\d/)
  }
})

const SAID: readonly (readonly [Said, keyof ImportMessages, string])[] = [
  [
    { code: 'period_not_a_day', firstOn: '2026-05-12' as LocalDate, lastOn: '2026-05-14' as LocalDate },
    'remark',
    '令和8年（2026年）5月12日（火）から令和8年（2026年）5月14日（木）までの期間です。開催日を1日ずつ入れてください。',
  ],
  [
    { code: 'times_reversed', startTime: '13:30' as LocalTime, endTime: '12:00' as LocalTime },
    'remark',
    '午後1時30分に始まり、正午に終わると書いてあります。時刻を入れ直してください。',
  ],
  [
    { code: 'capacity_unclear', text: '20名程度' },
    'remark',
    '定員「20名程度」が1から500までの数ではありません。定員を入れてください。',
  ],
  [{ code: 'same_row_twice', otherRow: 3 }, 'row', '3行目と同じ内容です。この行は取り込みません。'],
  [
    { code: 'not_this_layout', missing: ['名称', '開始時刻'] },
    'file',
    'イベントの表ではないようです。次の列が見つかりません。名称、開始時刻',
  ],
  [{ code: 'broken_quotes', row: 3 }, 'file', '3行目の引用符（"）が閉じていません。元の表を確かめてください。'],
]
test.each(SAID)('%o is put into words', async (said, group, words) => {
  const i18n = i18next.createInstance()
  await i18n.init({ lng: 'ja', resources: { ja: { import: importJa } }, interpolation: { escapeValue: false } })
  expect(i18n.t(`import:${group}.${said.code}`, importWords(said, 'ja'))).toBe(words)
})

test('text quoted from a file that looks like a day stays as the file has it', () => {
  const said: Said = { code: 'day_unclear', text: '2026-05-12' }
  expect(importWords(said, 'ja')).toEqual({ text: '2026-05-12' })
})
