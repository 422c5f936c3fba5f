import { type DateLanguage, formatInstant, formatShortDay } from '#client/format-date.ts'
import { type Translate, useLanguage, useTranslation } from '#client/i18n.ts'
import { usePage } from '#client/page-context.tsx'
import { OFFICE } from '#login/domain/roles.ts'
import type { DeviceConcern, LedgerDevice } from '#sync/domain/device-ledger.ts'
import { Banner } from '#ui/banner.tsx'
import { ButtonLink } from '#ui/button.tsx'
import { deviceName } from './device-name.ts'

/** One device that needs a look: whose it is, what is the matter, and what to do about it. */
export function DeviceLook({ device }: { readonly device: LedgerDevice }) {
  const t = useTranslation('devices')
  const language = useLanguage()
  const { role } = usePage()
  const { endedAt, lastContactAt } = device
  const concerns = withoutDouble(device.concerns)
  const who = deviceName({ ...device, isStopped: endedAt !== null }, t)
  const what = concerns.map((concern) => concernWords(concern, { t, language })).join(t('and'))
  const waiting = concerns.find((concern) => concern.code === 'unsent')
  return (
    <Banner kind="warning" kindWord={t('kind.check')} heading={t('look', { who, what })} announce={false}>
      <p>{t('lastContact', { at: formatInstant(lastContactAt, language) })}</p>
      {waiting && <p>{t('since', { at: formatInstant(waiting.sinceAt, language) })}</p>}
      {endedAt !== null && <p>{t('stoppedAt', { at: formatInstant(endedAt, language) })}</p>}
      {concerns
        .filter(({ code }) => endedAt === null || code === 'gap')
        .map(({ code }) => (
          <p key={code}>{t(`advice.${code}`)}</p>
        ))}
      {endedAt !== null && <p>{t('stoppedAdvice')}</p>}
      {waiting && OFFICE.includes(role) && (
        <ButtonLink kind="outline" size="small" href="/office/devices/file" label={t('fileOf', { who })}>
          {t('file')}
        </ButtonLink>
      )}
    </Banner>
  )
}

interface Words {
  readonly t: Translate<'devices'>
  readonly language: DateLanguage
}

function concernWords(concern: DeviceConcern, { t, language }: Words): string {
  if (concern.code === 'oldProgram') return t('concern.oldProgram')
  if (concern.code !== 'silent') return t(`concern.${concern.code}`, { count: concern.count })
  return t('concern.silent', { title: concern.title, day: formatShortDay(concern.heldOn, language) })
}

/** Something waits there, so it has not been in contact: said once. */
function withoutDouble(concerns: readonly DeviceConcern[]): readonly DeviceConcern[] {
  const isWaiting = concerns.some(({ code }) => code === 'unsent')
  return concerns.filter(({ code }) => code !== 'silent' || !isWaiting)
}
