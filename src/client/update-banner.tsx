import { Banner } from '#ui/banner.tsx'
import { Button } from '#ui/button.tsx'
import { useTranslation } from './i18n.ts'
import type { Updates } from './updates.ts'
import { useObservable } from './use-live.ts'

/** Says that a new version is there. It comes by a tap, never by itself. */
export function UpdateBanner({ updates }: { readonly updates: Updates }) {
  const t = useTranslation('shell')
  const state = useObservable(updates.state)
  if (state === 'none') return null
  return (
    <Banner kind="info" kindWord={t('update.kind')} heading={t('update.heading')}>
      <p>{t(state === 'ready' ? 'update.text' : `update.${state}`)}</p>
      <Button kind="outline" size="small" onClick={() => void updates.activate()}>
        {t('update.button')}
      </Button>
    </Banner>
  )
}
