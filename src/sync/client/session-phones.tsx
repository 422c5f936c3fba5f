import { formatInstant } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import { useOnline } from '#client/use-online.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import type { SessionPhone, SessionPhones as Answer } from '#sync/domain/device-ledger.ts'
import { Banner } from '#ui/banner.tsx'
import { Button, ButtonLink, ButtonRow } from '#ui/button.tsx'
import { Section } from '#ui/heading.tsx'
import { deviceName } from './device-name.ts'
import { DevicesTrouble } from './devices-trouble.tsx'

/** On the office's page of one session: on its day which phones have its list, afterwards which of them have not come in yet, by name. */
export function SessionPhones({ sessionId }: { readonly sessionId: SessionId }) {
  const t = useTranslation('devices')
  const answer = useOnline<Answer>(`/api/office/sessions/${sessionId}/phones`)
  const { data } = answer
  if (data === null || data.state === 'before') return null
  const { state, phones } = data
  if (state === 'over' && phones.length === 0) return null
  return (
    <Section id="phones" heading={t('session.heading')}>
      <DevicesTrouble answer={answer} />
      {state === 'today' ? <Ready phones={phones} /> : <Handed phones={phones} onLook={answer.reload} />}
    </Section>
  )
}

function useNames(phones: readonly SessionPhone[]): string {
  const t = useTranslation('devices')
  const nameOf = (phone: SessionPhone): string =>
    phone.name === null ? deviceName(phone, t) : t('who.person', { name: phone.name })
  return [...new Set(phones.map(nameOf))].join(t('and'))
}

function Ready({ phones }: { readonly phones: readonly SessionPhone[] }) {
  const t = useTranslation('devices')
  const names = useNames(phones)
  return <p>{phones.length === 0 ? t('session.todayNone') : t('session.today', { names })}</p>
}

interface HandedProps {
  readonly phones: readonly SessionPhone[]
  readonly onLook: () => void
}

function Handed({ phones, onLook }: HandedProps) {
  const t = useTranslation('devices')
  const language = useLanguage()
  const missing = phones.filter(({ isIn }) => !isIn)
  const names = useNames(missing)
  if (missing.length === 0) {
    const heading = t('session.allIn', { count: phones.length })
    return <Banner kind="success" kindWord={t('kind.done')} heading={heading} announce={false} />
  }
  return (
    <>
      <Banner kind="warning" kindWord={t('kind.check')} heading={t('session.missing', { names })} announce={false}>
        <ul>
          {missing.map((phone) => (
            <li key={phone.deviceId}>
              {t('session.line', {
                who: deviceName(phone, t),
                at: formatInstant(phone.lastContactAt, language),
                count: phone.unsentCount,
              })}
            </li>
          ))}
        </ul>
        <p>{t('advice.silent')}</p>
      </Banner>
      <ButtonRow>
        <Button kind="outline" size="small" onClick={onLook}>
          {t('session.again')}
        </Button>
        <ButtonLink kind="text" size="small" href="/office/devices">
          {t('session.ledger')}
        </ButtonLink>
      </ButtonRow>
    </>
  )
}
