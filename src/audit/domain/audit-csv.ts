import { toCsv } from '#kernel/csv.ts'
import { localDateOf, localTimeOf } from '#kernel/time.ts'
import { actionWord } from './action-words.ts'
import type { AuditObject, AuditRow } from './audit-page.ts'

const ACTORS = {
  staff: '職員',
  instructor: '講師・補助員',
  resident: '住民',
  demo: 'お試しの人',
  system: 'プログラム',
} as const
const OUTCOMES = { accepted: 'できた', refused: '断った' } as const

/** The lines as a file for spreadsheets, newest first; when there were too many for one file, the last line says so. */
export function auditCsv(rows: readonly AuditRow[], more: boolean): string {
  return toCsv([
    ['番号', '日', '時刻', 'だれが', '名前', 'したこと', '操作の名前', '結果', '対象', '理由', '件数', '端末'],
    ...rows.map((row) => [
      String(row.seq),
      localDateOf(row.at),
      localTimeOf(row.at),
      ACTORS[row.actorKind],
      row.actorName ?? '',
      actionWord(row.action),
      row.action,
      OUTCOMES[row.outcome],
      row.objects.map(textOf).join(' / '),
      row.reason ?? '',
      row.count === null ? '' : String(row.count),
      row.deviceId ?? '',
    ]),
    ...(more ? [['これより古い行は、期間を分けて書き出してください。']] : []),
  ])
}

function textOf({ kind, id, name }: AuditObject): string {
  return name === null ? `${kind}:${id}` : `${name}（${kind}:${id}）`
}
