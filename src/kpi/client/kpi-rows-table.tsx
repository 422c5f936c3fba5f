import { type DateLanguage, formatDay, formatFiscalYear, formatTime } from '#client/format-date.ts'
import { type Translate, useLanguage, useTranslation } from '#client/i18n.ts'
import { localTimeOf } from '#kernel/time.ts'
import type { Measure } from '#kpi/domain/indicator.ts'
import type { AttendanceRow, KpiRow, KpiRows } from '#kpi/domain/kpi-page.ts'
import { DescriptionList } from '#ui/description-list.tsx'
import { type Row, Table } from '#ui/table.tsx'
import { figure } from './figure.ts'
import { personWords } from './person-words.ts'

type T = Translate<'kpi'>
interface Words {
  readonly t: T
  readonly language: DateLanguage
}

const COLUMNS = {
  attendance: ['person', 'heldOn', 'title', 'venue', 'marked', 'remarks'],
  certification: ['person', 'certifiedOn', 'number'],
  item: ['item', 'startedOn'],
} as const satisfies Record<KpiRow['of'], readonly string[]>

/** The sum first, then what it is made of: the baseline and one row for each thing counted. */
export function KpiRowsTable({ page }: { readonly page: KpiRows }) {
  const t = useTranslation('kpi')
  const language = useLanguage()
  const { indicator, actual } = page.counted
  if (actual === null) return <p>{t('figure.unknownNote')}</p>
  return (
    <>
      <Sum page={page} />
      {page.rows.length === 0 && <p>{t('rows.none')}</p>}
      {page.rows.length > 0 && (
        <RowsTable
          caption={t('rows.caption', { name: indicator.name, year: formatFiscalYear(page.year, language) })}
          measure={indicator.measure}
          rows={page.rows}
        />
      )}
    </>
  )
}

interface RowsTableProps {
  readonly caption: string
  readonly measure: Measure
  readonly rows: readonly KpiRow[]
}

/** Rows of one measure. */
export function RowsTable({ caption, measure, rows }: RowsTableProps) {
  const t = useTranslation('kpi')
  const language = useLanguage()
  const columns = COLUMNS[rowsOf(measure)]
  return (
    <Table
      caption={caption}
      columns={columns.map((column) => ({ head: t(`rows.column.${column}`) }))}
      rows={rows.map((row): Row => ({ key: keyOf(row), cells: cellsOf(row, { t, language }) }))}
    />
  )
}

/** Baseline + rows = the number of the KPI page, added up here from what is listed, so that a gap could not hide. */
function Sum({ page: { counted, baseline, rows } }: { readonly page: KpiRows }) {
  const t = useTranslation('kpi')
  const language = useLanguage()
  const { unit } = counted.indicator
  const start =
    baseline === null
      ? []
      : [
          {
            term: t('rows.baseline', { year: formatFiscalYear(baseline.year, language) }),
            detail: `${figure(baseline.value)}${unit}`,
          },
        ]
  return (
    <DescriptionList
      items={[
        ...start,
        { term: t('rows.rowCount'), detail: t('rows.rowCountWords', { count: figure(rows.length) }) },
        { term: t('rows.total'), detail: `${figure((baseline?.value ?? 0) + rows.length)}${unit}`, strong: true },
      ]}
    />
  )
}

function rowsOf(measure: Measure): KpiRow['of'] {
  if (measure === 'certifications') return 'certification'
  return measure === 'procedures' || measure === 'facilities' ? 'item' : 'attendance'
}

function keyOf(row: KpiRow): string {
  if (row.of === 'attendance') return `${row.sessionId} ${row.person.learnerId}`
  return row.of === 'certification' ? row.person.learnerId : row.itemId
}

function cellsOf(row: KpiRow, { t, language }: Words): readonly string[] {
  if (row.of === 'item') return [row.name, formatDay(row.startedOn, language)]
  const person = personWords(row.person, t)
  if (row.of === 'certification') return [person, formatDay(row.certifiedOn, language), row.number]
  return [
    person,
    formatDay(row.heldOn, language),
    row.title,
    row.venueName ?? t('rows.venueUnknown'),
    formatTime(localTimeOf(row.firstMarkedAt), language),
    remarks(row, t).join(language === 'en' ? ', ' : '、'),
  ]
}

function remarks(row: AttendanceRow, t: T): readonly string[] {
  return [
    row.walkIn ? t('rows.walkIn') : null,
    row.deviceCount > 1 ? t('rows.devices', { count: row.deviceCount }) : null,
    row.sessionCancelled ? t('rows.cancelled') : null,
  ].filter((remark) => remark !== null)
}
