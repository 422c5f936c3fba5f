import { foldWidth } from '#kernel/width.ts'
import { type Cells, EVENT_COLUMNS } from './event-csv-columns.ts'
import type { EventDraft } from './event-draft.ts'

const SEPARATOR = '\u001F'

/** Names one row of one city, so that it is recognized when the file comes again, also after a spreadsheet has dropped
 *  leading zeros or rewritten its dates. NO alone is not enough: it repeats across cities and within a series. */
export function sourceKeyOf(cells: Cells, draft: Omit<EventDraft, 'sourceKey'>): string {
  const code = plain(cells('都道府県コード又は市区町村コード'), 12)
  const no = plain(cells('NO').replace(/^[0０]+(?=.)/, ''), 20)
  const day = draft.heldOn ?? plain(cells('開始日'), 12)
  const start = draft.startTime ?? plain(cells('開始時刻'), 8)
  const exact = [cells('NO').replace(/^[0０]+(?=.)/, ''), cells('名称'), draft.heldOn ?? cells('開始日'), start]
  return [code, no, day, start, shortHash(exact.join(SEPARATOR))].join('/')
}

/** All that a row says, for telling a repeated row from one that merely has the same key. */
export function fingerprint(cells: Cells): string {
  return EVENT_COLUMNS.map(cells).join(SEPARATOR)
}

/** 64 bits of a text in 16 hexadecimal digits: two FNV-1a sums. To tell rows apart, not to keep secrets. */
export function shortHash(text: string): string {
  let [low, high] = [0x811c9dc5, 0x9747b28c]
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    low = Math.imul(low ^ unit, 0x01000193)
    high = Math.imul(high ^ unit ^ (low >>> 15), 0x5bd1e995)
  }
  return [low, high].map((sum) => (sum >>> 0).toString(16).padStart(8, '0')).join('')
}

function plain(text: string, limit: number): string {
  return (
    foldWidth(text)
      .replace(/[^0-9A-Za-z:_-]/g, '')
      .slice(0, limit) || '-'
  )
}
