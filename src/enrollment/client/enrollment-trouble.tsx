import { formatInstant } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import type { OnlineAnswer } from '#client/use-online.ts'
import { Banner } from '#ui/banner.tsx'
import { Button } from '#ui/button.tsx'

/** Why the newest list is not on the screen, which one is instead, and how to try again. */
export function EnrollmentTrouble({ answer }: { readonly answer: OnlineAnswer<unknown> }) {
  const t = useTranslation('enrollmentOffice')
  const language = useLanguage()
  const { state, seenAt } = answer
  if (state === 'ready' || state === 'loading') return null
  const isRefused = state === 'refused'
  return (
    <Banner kind="warning" kindWord={t('kindWord.check')} heading={t('trouble.heading')}>
      <p>{t(`trouble.${state}`)}</p>
      {seenAt && <p>{t('trouble.seen', { at: formatInstant(seenAt, language) })}</p>}
      {!isRefused && (
        <Button kind="outline" size="small" onClick={answer.reload}>
          {t('trouble.retry')}
        </Button>
      )}
    </Banner>
  )
}
