import { formatInstant } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import { Section } from '#ui/heading.tsx'
import css from './phones.module.css'
import { QrCode } from './qr-code.tsx'
import type { ShownCode } from './use-phones-code.ts'

const GROUP = 4

/** The square, the digits and what to do with them, in the words of whoever holds the phone: on the screen, or to take home. */
export function PhonesCode({ made }: { readonly made: ShownCode }) {
  const t = useTranslation('phones')
  const language = useLanguage()
  const { host, origin } = location
  const digits = `${made.code.slice(0, GROUP)} ${made.code.slice(GROUP)}`
  return (
    <Section id="steps" heading={t('code.stepsHeading')}>
      <ol class={css.steps}>
        <li>{t('code.steps.camera')}</li>
        <li>{t('code.steps.digits', { address: `${host}/pair` })}</li>
        <li>{t('code.steps.pin')}</li>
      </ol>
      <div class={css.code}>
        <QrCode text={`${origin}/pair#${made.token}`} label={t('code.square')} />
        <div>
          <p>{t('code.digits')}</p>
          <p class={css.digits}>{digits}</p>
          <p>{t('code.until', { at: formatInstant(made.expiresAt, language) })}</p>
          {made.use === 'printed' && <p>{t('code.paperNote')}</p>}
        </div>
      </div>
    </Section>
  )
}
