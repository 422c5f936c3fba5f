import { formatInstant } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import type { OnlineAnswer } from '#client/use-online.ts'
import { Banner } from '#ui/banner.tsx'
import { Button } from '#ui/button.tsx'

/** Why the newest answer is not on the screen, and how to try again; while it comes, that it is coming. */
export function DevicesTrouble({ answer }: { readonly answer: OnlineAnswer<unknown> }) {
  const t = useTranslation('devices')
  const language = useLanguage()
  const { state, seenAt } = answer
  if (state === 'loading' && answer.data === null) return <p role="status">{t('loading')}</p>
  if (state === 'ready' || state === 'loading') return null
  return (
    <Banner kind="warning" kindWord={t('kind.check')} heading={t('trouble.heading')}>
      <p>{t(state === 'refused' ? 'trouble.not_permitted' : `trouble.${state}`)}</p>
      {seenAt && <p>{t('trouble.seen', { at: formatInstant(seenAt, language) })}</p>}
      {state !== 'refused' && (
        <Button kind="outline" size="small" onClick={answer.reload}>
          {t('trouble.retry')}
        </Button>
      )}
    </Banner>
  )
}
