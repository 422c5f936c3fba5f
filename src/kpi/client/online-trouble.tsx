import { formatInstant } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import type { OnlineAnswer } from '#client/use-online.ts'
import type { KpiRefusal } from '#kpi/domain/kpi-page.ts'
import { Banner } from '#ui/banner.tsx'
import { Button } from '#ui/button.tsx'

const REFUSALS = ['not_permitted', 'year_unknown', 'indicator_unknown'] as const satisfies KpiRefusal['code'][]

/** Why the newest numbers are not on the screen, which ones are instead, and how to try again. */
export function OnlineTrouble({ answer }: { readonly answer: OnlineAnswer<unknown> }) {
  const t = useTranslation('kpi')
  const language = useLanguage()
  if (answer.state === 'ready' || answer.state === 'loading') return null
  const refusal = answer.state === 'refused' ? REFUSALS.find((code) => code === answer.code) : undefined
  const why = answer.state === 'offline' ? t('trouble.offline') : t('trouble.fault')
  return (
    <Banner kind="warning" kindWord={t('kind.check')} heading={t('trouble.heading')}>
      <p>{refusal ? t(`trouble.refusal.${refusal}`) : why}</p>
      {answer.seenAt && <p>{t('trouble.seen', { at: formatInstant(answer.seenAt, language) })}</p>}
      {!refusal && (
        <Button kind="outline" size="small" onClick={answer.reload}>
          {t('trouble.retry')}
        </Button>
      )}
    </Banner>
  )
}
