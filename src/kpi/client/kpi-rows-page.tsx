import { formatFiscalYear } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import { useDevice } from '#client/page-context.tsx'
import { useOnline } from '#client/use-online.ts'
import type { KpiRows } from '#kpi/domain/kpi-page.ts'
import { ButtonLink } from '#ui/button.tsx'
import { Heading, Section } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { KpiRowsTable } from './kpi-rows-table.tsx'
import { LateRows } from './late-rows.tsx'
import { OnlineTrouble } from './online-trouble.tsx'
import { RecordItemForm } from './record-item-form.tsx'
import { ReviewTable } from './review-table.tsx'

interface Props {
  readonly year: string
  readonly indicatorId: string
}

/** /office/kpi/:year/:indicatorId — the rows behind one number, which add up to it. */
export function KpiRowsPage({ year, indicatorId }: Props) {
  const t = useTranslation('kpi')
  const language = useLanguage()
  const answer = useOnline<KpiRows>(`/api/kpi/${encodeURIComponent(year)}/${encodeURIComponent(indicatorId)}`)
  const { data } = answer
  const yearWords = data ? formatFiscalYear(data.year, language) : year
  return (
    <Stack>
      {data ? (
        <Heading level={1} lead={t('rows.lead', { year: yearWords })}>
          {t('rows.title', { name: data.counted.indicator.name })}
        </Heading>
      ) : (
        <Heading level={1}>{t('head.rows')}</Heading>
      )}
      <OnlineTrouble answer={answer} />
      {answer.state === 'loading' && data === null && <p role="status">{t('loading')}</p>}
      {data && <Rows page={data} onRecorded={answer.reload} />}
      <div>
        <ButtonLink kind="text" href={`/office/kpi/${encodeURIComponent(year)}`}>
          {t('rows.back', { year: yearWords })}
        </ButtonLink>
      </div>
    </Stack>
  )
}

interface RowsProps {
  readonly page: KpiRows
  readonly onRecorded: () => void
}

function Rows({ page, onRecorded }: RowsProps) {
  const t = useTranslation('kpi')
  const device = useDevice()
  const { measure, kind } = page.counted.indicator
  const people = page.counted.actual?.uniqueLearners ?? null
  return (
    <>
      <KpiRowsTable page={page} />
      {kind === 'flow' && people !== null && <p>{t('rows.unique', { people })}</p>}
      <LateRows page={page} />
      {page.insideBaselineCount > 0 && <p>{t('rows.insideBaseline', { count: page.insideBaselineCount })}</p>}
      {page.reviewRows.length > 0 && (
        <Section id="review" heading={t('review.sectionHeading')}>
          <ReviewTable rows={page.reviewRows} />
        </Section>
      )}
      {device && (measure === 'procedures' || measure === 'facilities') && (
        <RecordItemForm measure={measure} today={page.today} {...device} onRecorded={onRecorded} />
      )}
    </>
  )
}
