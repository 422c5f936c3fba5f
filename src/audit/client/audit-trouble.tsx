import { useTranslation } from '#client/i18n.ts'
import type { OnlineAnswer } from '#client/use-online.ts'
import { Banner } from '#ui/banner.tsx'
import { Button } from '#ui/button.tsx'

/** Why the newest lines are not on the screen, and how to try again. */
export function AuditTrouble({ answer }: { readonly answer: OnlineAnswer<unknown> }) {
  const t = useTranslation('audit')
  const { state, code, data } = answer
  if (state === 'ready') return null
  if (state === 'loading') return data === null ? <p role="status">{t('loading')}</p> : null
  const why = code === 'not_permitted' ? 'not_permitted' : state === 'offline' ? 'offline' : 'fault'
  return (
    <Banner kind="warning" kindWord={t('kind.check')} heading={t('trouble.heading')}>
      <p>{t(`trouble.${why}`)}</p>
      {why !== 'not_permitted' && (
        <Button kind="outline" size="small" onClick={answer.reload}>
          {t('trouble.retry')}
        </Button>
      )}
    </Banner>
  )
}
