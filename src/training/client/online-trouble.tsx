import { formatInstant } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import type { OnlineAnswer } from '#client/use-online.ts'
import { Banner } from '#ui/banner.tsx'
import { Button } from '#ui/button.tsx'

/** Why the newest list is not on the screen, which one is instead, and how to try again. */
export function OnlineTrouble({ answer }: { readonly answer: OnlineAnswer<unknown> }) {
  const t = useTranslation('training')
  const language = useLanguage()
  if (answer.state === 'ready' || answer.state === 'loading') return null
  const isRefused = answer.state === 'refused' && answer.code === 'not_permitted'
  const why = answer.state === 'offline' ? t('trouble.offline') : t('trouble.fault')
  return (
    <Banner kind="warning" kindWord={t('kind.check')} heading={t('trouble.heading')}>
      <p>{isRefused ? t('trouble.not_permitted') : why}</p>
      {answer.seenAt && <p>{t('trouble.seen', { at: formatInstant(answer.seenAt, language) })}</p>}
      {!isRefused && (
        <Button kind="outline" size="small" onClick={answer.reload}>
          {t('trouble.retry')}
        </Button>
      )}
    </Banner>
  )
}
