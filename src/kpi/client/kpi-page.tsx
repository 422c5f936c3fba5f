import { type DateLanguage, formatDay, formatFiscalYear } from '#client/format-date.ts'
import { type Translate, useLanguage, useTranslation } from '#client/i18n.ts'
import { useOnlyLooks } from '#client/only-looks.ts'
import { usePage } from '#client/page-context.tsx'
import { useOnline } from '#client/use-online.ts'
import { type FiscalYear, fiscalYearOf } from '#kernel/fiscal-year.ts'
import { localDateOf } from '#kernel/time.ts'
import type { KpiPage as Answer } from '#kpi/domain/kpi-page.ts'
import { Banner } from '#ui/banner.tsx'
import { ButtonLink } from '#ui/button.tsx'
import { Heading } from '#ui/heading.tsx'
import { LinkList } from '#ui/link-list.tsx'
import { Stack } from '#ui/page.tsx'
import css from './kpi-page.module.css'
import { KpiLineSection } from './kpi-line-section.tsx'
import { OnlineTrouble } from './online-trouble.tsx'
import { UnreportedFacts } from './unreported.tsx'
import { YearClosing } from './year-closing.tsx'

interface Props {
  /** From the address; the running 年度 when it has none. */
  readonly year?: string | undefined
}

/** /office/kpi/:year — this year's numbers on one screen, each of them a link to its rows. */
export function KpiPage({ year }: Props) {
  const t = useTranslation('kpi')
  const language = useLanguage()
  const thisYear = fiscalYearOf(localDateOf(usePage().now))
  const shown = year ?? `${thisYear}`
  const answer = useOnline<Answer>(`/api/kpi/${encodeURIComponent(shown)}`)
  const { data } = answer
  const heading = t('title', {
    year: /^\d{4}$/.test(shown) ? formatFiscalYear(Number(shown) as FiscalYear, language) : shown,
  })
  return (
    <Stack>
      <Heading level={1} lead={data && leadOf(data, t, language)}>
        {heading}
      </Heading>
      <LinkList label={t('years')} links={yearLinks(Number(shown), thisYear, language)} />
      <OnlineTrouble answer={answer} />
      {answer.state === 'loading' && data === null && <p role="status">{t('loading')}</p>}
      {data && <Numbers page={data} onChanged={answer.reload} />}
    </Stack>
  )
}

function leadOf({ closing, today }: Answer, t: Translate<'kpi'>, language: DateLanguage): string {
  if (closing === null) return t('lead', { day: formatDay(today, language) })
  return t('leadClosed', { day: formatDay(localDateOf(closing.closedAt), language) })
}

function Numbers({ page, onChanged }: { readonly page: Answer; readonly onChanged: () => void }) {
  const t = useTranslation('kpi')
  const onlyLooks = useOnlyLooks()
  const classes = page.lines.find((line) => line.indicator.kind === 'flow')
  return (
    <>
      {page.reviewCount > 0 && (
        <Banner
          kind="warning"
          kindWord={t('kind.check')}
          heading={t('review.heading', { count: page.reviewCount })}
          announce={false}
        >
          <p>{t('review.text')}</p>
          {classes && !onlyLooks && (
            <ButtonLink
              kind="outline"
              size="small"
              href={`/office/kpi/${page.year}/${classes.indicator.indicatorId}#review`}
            >
              {t('review.link')}
            </ButtonLink>
          )}
        </Banner>
      )}
      <UnreportedFacts page={page} />
      <YearClosing page={page} onChanged={onChanged} />
      {page.lines.length === 0 && <p>{t('empty')}</p>}
      <div class={css.lines}>
        {page.lines.map((line) => (
          <KpiLineSection key={line.indicator.indicatorId} line={line} year={page.year} />
        ))}
      </div>
    </>
  )
}

/** The year before, the one shown, the next, and always the running one. */
function yearLinks(shown: number, thisYear: FiscalYear, language: DateLanguage) {
  const near = Number.isInteger(shown) && shown >= 2000 && shown <= 2100 ? [shown - 1, shown, shown + 1] : []
  const years = [...new Set([...near, thisYear])].filter((year) => year >= 2000 && year <= 2100).sort((a, b) => a - b)
  return years.map((year) => ({
    href: `/office/kpi/${year}`,
    text: formatFiscalYear(year as FiscalYear, language),
    current: year === shown,
  }))
}
