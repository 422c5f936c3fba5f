import type { Cells, EventColumn } from './event-csv-columns.ts'
import type { ImportRemark } from './event-csv-remark.ts'
import { clean, shorten } from './event-csv-text.ts'

export const NOTE_MAX = 1000 // as SessionFields.note
const PART_MAX = 300
const DESCRIPTION_MIN = 60 // less of a description than this says nothing

// The labels are the words of the layout itself, in the language of the file.
const PARTS: readonly (readonly [label: string, ...columns: EventColumn[]])[] = [
  ['対象', '対象者'],
  ['料金', '料金(基本)', '料金(詳細)'],
  ['日時について', '日時備考'],
  ['集合場所', '集合場所'],
  ['申込方法', '申込方法'],
  ['申込期限時刻', '申込期限時刻'],
  ['連絡先', '連絡先名称', '連絡先電話番号', '連絡先内線番号', '連絡先メールアドレス'],
  ['行き方', 'アクセス方法'],
  ['駐車場', '駐車場情報'],
  ['外国語対応', '外国語対応'],
  ['備考', '備考'],
  ['URL', 'URL'],
]

/** 持ち物 and other words for those who come: the description first, then what else the row says to a reader.
 *  When all of it is more than a note can hold, the description gives way: it is the longest and the least urgent. */
export function collectNote(cells: Cells): { readonly note: string | null; readonly remarks: readonly ImportRemark[] } {
  const full = PARTS.map(([label, ...columns]) => part(cells, label, columns)).filter((text) => text !== '')
  const parts = shorten(full.map((text) => shorten(text, PART_MAX)).join('\n'), NOTE_MAX)
  const description = paragraphs(cells, ['サブタイトル', '概要', '説明'])
  const room = NOTE_MAX - parts.length - 1
  const shown = room < DESCRIPTION_MIN ? '' : shorten(description, room)
  const note = clean([shown, parts].filter((text) => text !== '').join('\n'))
  const cut = shown !== description || parts !== full.join('\n')
  return { note: note === '' ? null : note, remarks: cut ? [{ code: 'note_shortened', limitCount: NOTE_MAX }] : [] }
}

/** The line under which a note keeps the 集合場所. */
export function meetingPlaceLine(place: string): string {
  return `集合場所：${place}`
}

/** What the file says it costs, in its own words; empty when it is free or says nothing. */
export function statedFee(cells: Cells): string {
  const free = /^(?:0+(?:\.0+)?円?|無料|なし|-)?$/
  const basic = cells('料金(基本)').normalize('NFKC').replaceAll(',', '')
  const detail = clean(cells('料金(詳細)'))
  const amount = /^\d+$/.test(basic) ? `${basic}円` : clean(basic)
  return [free.test(basic) ? '' : amount, free.test(detail.normalize('NFKC')) ? '' : detail]
    .filter((text) => text !== '')
    .join(' ')
}

function part(cells: Cells, label: string, columns: readonly EventColumn[]): string {
  const text =
    label === '料金'
      ? statedFee(cells)
      : columns
          .map((column) => tidy(cells(column)))
          .filter(Boolean)
          .join(' ')
  return text === '' ? '' : `${label}：${text}`
}

function paragraphs(cells: Cells, columns: readonly EventColumn[]): string {
  return [...new Set(columns.map((column) => tidy(cells(column))))].filter(Boolean).join('\n')
}

/** Lines without outer blanks and without empty lines between them. */
function tidy(text: string): string {
  return clean(text)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join('\n')
}
