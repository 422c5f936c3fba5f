import { useTranslation } from '#client/i18n.ts'
import { fiscalYearOf } from '#kernel/fiscal-year.ts'
import type { KpiPage } from '#kpi/domain/kpi-page.ts'
import { Banner } from '#ui/banner.tsx'
import { ButtonLink } from '#ui/button.tsx'

/** 未着: what the numbers of the shown year may still lack, and where to see from whom. Nothing for a year that has not begun. */
export function UnreportedFacts({
  page,
}: {
  readonly page: Pick<KpiPage, 'year' | 'today' | 'unreported' | 'closing'>
}) {
  const t = useTranslation('kpi')
  const { factCount: facts, deviceCount: devices } = page.unreported
  if (page.year > fiscalYearOf(page.today)) return null
  if (devices === 0) return <p>{t('unreported.none')}</p>
  return (
    <Banner
      kind="warning"
      kindWord={t('kind.check')}
      heading={t('unreported.heading', { facts, devices })}
      announce={false}
    >
      <p>{t(page.closing === null ? 'unreported.text' : 'unreported.textClosed')}</p>
      <ButtonLink kind="outline" size="small" href="/office/devices">
        {t('unreported.link')}
      </ButtonLink>
    </Banner>
  )
}
