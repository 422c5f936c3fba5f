import { useEffect, useState } from 'preact/hooks'
import { formatDay } from '#client/format-date.ts'
import { focusHeading } from '#client/focus-heading.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import { useOnlyLooks } from '#client/only-looks.ts'
import { useDevice } from '#client/page-context.tsx'
import { localDateOf } from '#kernel/time.ts'
import type { KpiPage } from '#kpi/domain/kpi-page.ts'
import { isOver, type YearClosing as Closing } from '#kpi/domain/year-closing.ts'
import { Banner, News } from '#ui/banner.tsx'
import { Chip } from '#ui/chip.tsx'
import { Section } from '#ui/heading.tsx'
import { CloseYear } from './close-year.tsx'

interface Props {
  readonly page: KpiPage
  readonly onChanged: () => void
}

/** 年度の締め: since when a year's numbers stand; of a year that is over and still open, that they are 暫定, and the way to close it. */
export function YearClosing({ page, onChanged }: Props) {
  const t = useTranslation('kpi')
  const device = useDevice()
  const onlyLooks = useOnlyLooks()
  const [closed, setClosed] = useState<number | null>(null)
  const isClosed = page.closing !== null
  const isNews = isClosed && closed === page.year

  useEffect(() => {
    if (isNews) focusHeading('closing') // the button it was asked with is gone
  }, [isNews])

  if (!isClosed && !isOver(page.year, page.today)) return null
  return (
    <Section id="closing" heading={t('closing.heading')}>
      <News>
        {isNews && <Banner kind="success" kindWord={t('kind.done')} heading={t('closing.done')} announce={false} />}
      </News>
      {page.closing && <Closed closing={page.closing} />}
      {!isClosed && (
        <p>
          <Chip tone="care">{t('closing.provisional')}</Chip> {t('closing.provisionalText')}
        </p>
      )}
      {!isClosed && device && !onlyLooks && (
        <CloseYear
          {...device}
          page={page}
          onAnswer={(isTaken) => {
            if (isTaken) setClosed(page.year)
            onChanged()
          }}
        />
      )}
    </Section>
  )
}

function Closed({ closing: { closedAt, closedBy } }: { readonly closing: Closing }) {
  const t = useTranslation('kpi')
  const day = formatDay(localDateOf(closedAt), useLanguage())
  return (
    <>
      <p>{closedBy === null ? t('closing.closed', { day }) : t('closing.closedBy', { day, name: closedBy })}</p>
      <p>{t('closing.closedText')}</p>
    </>
  )
}
