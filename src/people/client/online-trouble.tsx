import { useTranslation } from '#client/i18n.ts'
import { Banner } from '#ui/banner.tsx'
import { Button } from '#ui/button.tsx'

interface Props {
  /** `offline`, or what the server said. */
  readonly code: string
  readonly onRetry?: () => void
}

const SAID = ['offline', 'not_permitted', 'learner_unknown'] as const

/** Why there is nothing to see, and how to try again. */
export function OnlineTrouble({ code, onRetry }: Props) {
  const t = useTranslation('people')
  const known = SAID.find((one) => one === code) ?? 'fault'
  return (
    <Banner kind="warning" kindWord={t('kind.check')} heading={t('trouble.heading')}>
      <p>{t(`trouble.${known}`)}</p>
      {onRetry && (
        <Button kind="outline" size="small" onClick={onRetry}>
          {t('trouble.retry')}
        </Button>
      )}
    </Banner>
  )
}
