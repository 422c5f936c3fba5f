import type { ComponentChildren } from 'preact'
import { useTranslation } from '#client/i18n.ts'
import { useOnlyLooks } from '#client/only-looks.ts'
import { Banner } from '#ui/banner.tsx'

/** A form that 閲覧 cannot send: whoever comes here by its address reads why, instead of typing in vain. */
export function OrganizersOnly({ children }: { readonly children: ComponentChildren }) {
  const t = useTranslation('office')
  if (!useOnlyLooks()) return <>{children}</>
  return (
    <Banner kind="info" kindWord={t('kindWord.notice')} heading={t('onlyLooks.heading')}>
      <p>{t('onlyLooks.text')}</p>
    </Banner>
  )
}
