import { EVENT_COLUMNS, type EventColumn } from '#sessions/domain/event-csv-columns.ts'
import { type ImportDraft, type ImportRow, previewEventCsv } from '#sessions/domain/event-csv.ts'

export type EventCells = Partial<Record<EventColumn, string>>

const COMPLETE: EventCells = {
  NO: '0000000001',
  都道府県コード又は市区町村コード: '462195',
  名称: 'はじめてのスマホ教室',
  開始日: '2026-05-12',
  終了日: '2026-05-12',
  開始時刻: '13:30',
  終了時刻: '15:00',
  場所名称: '中央公民館',
  定員: '20',
}

/** The cells of one row in the order of the layout; complete except for what is said here. */
export function makeEventCells(cells: EventCells = {}): string[] {
  const said = { ...COMPLETE, ...cells }
  return EVENT_COLUMNS.map((column) => said[column] ?? '')
}

/** The preview of a file of these rows. */
export function previewRows(...rows: readonly EventCells[]): readonly ImportRow[] {
  const preview = previewEventCsv([EVENT_COLUMNS, ...rows.map((row) => makeEventCells(row))])
  if (!preview.ok) throw new Error(`The file was refused: ${preview.error.code}`)
  return preview.value
}

/** The preview of one row that gives a draft. */
export function previewDraft(cells: EventCells = {}): ImportDraft {
  const [row] = previewRows(cells)
  if (row === undefined || 'refused' in row) throw new Error('The row gave no draft')
  return row
}
