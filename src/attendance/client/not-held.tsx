import { useTranslation } from '#client/i18n.ts'
import { ButtonLink } from '#ui/button.tsx'
import { Heading } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'

/** Said when somebody opens a session whose list this phone does not hold. */
export function NotHeld() {
  const t = useTranslation('attendance')
  return (
    <Stack>
      <Heading level={1} lead={t('notHeld.text')}>
        {t('notHeld.heading')}
      </Heading>
      <ButtonLink href="/hall">{t('notHeld.back')}</ButtonLink>
    </Stack>
  )
}
