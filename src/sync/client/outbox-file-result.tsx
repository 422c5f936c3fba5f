import { formatInstant } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import type { OutboxFileTaken, TakenRow } from '#sync/domain/outbox-file.ts'
import type { Refusal } from '#sync/domain/protocol.ts'
import { Banner } from '#ui/banner.tsx'
import { Stack } from '#ui/page.tsx'
import { Table } from '#ui/table.tsx'
import { useWhat } from './use-what.ts'

const COLUMNS = ['row', 'what', 'at', 'result'] as const
const RESULTS = ['taken', 'known', 'refused', 'held', 'unreadable'] as const satisfies readonly TakenRow['result'][]

/** What became of a file: how many of each kind, then every record with its row. */
export function OutboxFileResult({ taken: { madeAt, rows } }: { readonly taken: OutboxFileTaken }) {
  const t = useTranslation('outboxFile')
  const language = useLanguage()
  const sums = RESULTS.map((result) => ({ result, count: rows.filter((row) => row.result === result).length }))
  const isWhole = rows.every(({ result }) => result === 'taken' || result === 'known')
  return (
    <Stack>
      <Banner
        kind={isWhole ? 'success' : 'warning'}
        kindWord={t(isWhole ? 'kind.done' : 'kind.check')}
        heading={t('take.result')}
      >
        {sums
          .filter(({ result, count }) => count > 0 || result === 'taken')
          .map(({ result, count }) => (
            <p key={result}>{t(`take.sum.${result}`, { count })}</p>
          ))}
        <p>{t('take.made', { at: formatInstant(madeAt, language) })}</p>
      </Banner>
      <Rows rows={rows} />
    </Stack>
  )
}

function Rows({ rows }: { readonly rows: readonly TakenRow[] }) {
  const t = useTranslation('outboxFile')
  const language = useLanguage()
  const what = useWhat()
  const words = useResultWords()
  return (
    <Table
      caption={t('take.caption', { count: rows.length })}
      columns={COLUMNS.map((column) => ({ head: t(`take.column.${column}`) }))}
      rows={rows.map((row) => ({
        key: String(row.row),
        cells: [
          row.row,
          row.name === null ? t('take.noName') : what.kind(row.name),
          row.at === null ? t('take.noTime') : formatInstant(row.at, language),
          words(row),
        ],
      }))}
    />
  )
}

function useResultWords(): (row: TakenRow) => string {
  const t = useTranslation('outboxFile')
  const sync = useTranslation('sync')
  return ({ result, code }) => {
    if (code === null) return t(`result.${result}`)
    const why =
      result === 'held'
        ? t(code === 'not_permitted' ? 'heldWhy.not_permitted' : 'heldWhy.fault')
        : sync(`refusal.${code as Refusal['code']}`)
    return t('why', { result: t(`result.${result}`), why })
  }
}
