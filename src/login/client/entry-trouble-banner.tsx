import { useTranslation } from '#client/i18n.ts'
import { Banner } from '#ui/banner.tsx'
import type { EntryTrouble } from './passkeys.ts'

/** Why it did not work, and what to do now. */
export function EntryTroubleBanner({ trouble }: { readonly trouble: EntryTrouble }) {
  const t = useTranslation('signIn')
  return (
    <Banner kind="warning" kindWord={t('kind.check')} heading={t(`trouble.${trouble}.heading`)}>
      <p>{t(`trouble.${trouble}.text`)}</p>
    </Banner>
  )
}
