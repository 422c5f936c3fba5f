import { useTranslation } from '#client/i18n.ts'
import { formatPhone } from '#people/domain/person-text.ts'
import css from './enrollment-office.module.css'

interface Props {
  /** Digits. */
  readonly phone: string
  readonly name: string
}

/** A number to call with one tap, in groups that can be read aloud. */
export function PhoneLink({ phone, name }: Props) {
  const t = useTranslation('enrollmentOffice')
  const words = formatPhone(phone)
  return (
    <a class={css.phone} href={`tel:${phone}`} aria-label={t('list.call', { name, phone: words })}>
      {words}
    </a>
  )
}
