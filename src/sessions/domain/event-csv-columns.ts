import { foldWidth } from '#kernel/width.ts'
import type { ImportFileRefusal } from './event-csv-remark.ts'

/** デジタル庁 ベース・レジストリ イベント: the 50 columns in their own order. */
export const EVENT_COLUMNS = [
  'NO',
  '都道府県コード又は市区町村コード',
  '名称',
  '名称(カナ)',
  '名称(英字)',
  '名称(通称)',
  'サブタイトル',
  '概要',
  '説明',
  'サブイベント',
  'イベント種類',
  'URL',
  '画像URL',
  '状態',
  '対象となる産業',
  'ステージ',
  '開始日',
  '終了日',
  '開始時刻',
  '終了時刻',
  '日時備考',
  '場所名称',
  '集合場所',
  '郵便番号',
  '住所都道府県',
  '住所市区町村',
  '住所町名',
  '住所丁目以下',
  '建物名等',
  '緯度',
  '経度',
  '主催団体',
  '共催団体',
  'その他関係団体',
  '対象者',
  '定員',
  '料金(基本)',
  '料金(詳細)',
  '外国語対応',
  '申込期限日',
  '申込期限時刻',
  '申込方法',
  'アクセス方法',
  '駐車場情報',
  '駐輪場情報',
  '連絡先名称',
  '連絡先電話番号',
  '連絡先内線番号',
  '連絡先メールアドレス',
  '備考',
] as const
export type EventColumn = (typeof EVENT_COLUMNS)[number]

// Without these a file may be of another layout, where the same words mean something else. The others may be left out.
const NEEDED: readonly EventColumn[] = [
  '都道府県コード又は市区町村コード',
  'NO',
  '名称',
  '開始日',
  '終了日',
  '開始時刻',
  '終了時刻',
  '日時備考',
  '場所名称',
  '集合場所',
  '定員',
]

/** The text of one cell without outer blanks; empty when the file has no such column. */
export type Cells = (column: EventColumn) => string

/** Where each column stands: found by name, so another order and extra columns do no harm. */
export type Layout = ReadonlyMap<EventColumn, number>

/** Reads the first row of a file, or says why it is not this layout. */
export function readLayout(header: readonly string[]): Layout | ImportFileRefusal {
  const names = header.map((name) => foldWidth(name).replace('\uFEFF', '').trim())
  const missing = NEEDED.filter((column) => !names.includes(column))
  if (missing.length > 0) return { code: 'not_this_layout', missing }
  const twice = EVENT_COLUMNS.filter((column) => names.indexOf(column) !== names.lastIndexOf(column))
  if (twice.length > 0) return { code: 'column_twice', columns: twice }
  return new Map(EVENT_COLUMNS.map((column) => [column, names.indexOf(column)] as const).filter(([, at]) => at >= 0))
}

/** Gives the cells of one row by name. */
export function cellsOf(layout: Layout, row: readonly string[]): Cells {
  return (column) => row[layout.get(column) ?? -1]?.trim() ?? ''
}
