import { useTranslation } from '#client/i18n.ts'
import { ButtonLink } from '#ui/button.tsx'

/** The way to the page of one's own booking. */
export function BookingLink() {
  const t = useTranslation('enrollment')
  return (
    <ButtonLink kind="text" size="small" href="/booking">
      {t('check')}
    </ButtonLink>
  )
}
