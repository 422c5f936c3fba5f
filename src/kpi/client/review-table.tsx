import { formatInstant } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import type { ReviewRow } from '#kpi/domain/kpi-page.ts'
import { Table } from '#ui/table.tsx'
import { personWords } from './person-words.ts'

/** 要確認: people who came and whom no year counts yet, each with the reason and what to do about it. */
export function ReviewTable({ rows }: { readonly rows: readonly ReviewRow[] }) {
  const t = useTranslation('kpi')
  const language = useLanguage()
  return (
    <Table
      caption={t('review.caption', { count: rows.length })}
      columns={[
        { head: t('rows.column.person') },
        { head: t('rows.column.title') },
        { head: t('rows.column.marked') },
        { head: t('rows.column.why') },
      ]}
      rows={rows.map((row) => ({
        key: `${row.sessionId} ${row.person.learnerId}`,
        cells: [
          personWords(row.person, t),
          row.title ?? t('rows.titleUnknown'),
          formatInstant(row.firstMarkedAt, language),
          t(`review.why.${row.why}`),
        ],
      }))}
    />
  )
}
