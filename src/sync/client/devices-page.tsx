import { useTranslation } from '#client/i18n.ts'
import { usePage } from '#client/page-context.tsx'
import { useOnline } from '#client/use-online.ts'
import { OFFICE } from '#login/domain/roles.ts'
import type { DeviceLedger, DeviceSum } from '#sync/domain/device-ledger.ts'
import { Banner } from '#ui/banner.tsx'
import { ButtonLink, ButtonRow } from '#ui/button.tsx'
import { DescriptionList } from '#ui/description-list.tsx'
import { Heading, Section } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { DeviceLook } from './device-look.tsx'
import { DevicesTable } from './devices-table.tsx'
import { DevicesTrouble } from './devices-trouble.tsx'

/** /office/devices — which phones have not brought everything yet, whose they are, and what to do about it. */
export function DevicesPage() {
  const t = useTranslation('devices')
  const { role } = usePage()
  const answer = useOnline<DeviceLedger>('/api/office/devices')
  return (
    <Stack>
      <Heading level={1} lead={t('lead')}>
        {t('title')}
      </Heading>
      <DevicesTrouble answer={answer} />
      {answer.data && <Ledger ledger={answer.data} />}
      <ButtonRow>
        {OFFICE.includes(role) && (
          <ButtonLink kind="outline" size="small" href="/admin/phones">
            {t('phones')}
          </ButtonLink>
        )}
        {OFFICE.includes(role) && (
          <ButtonLink kind="outline" size="small" href="/office/devices/file">
            {t('file')}
          </ButtonLink>
        )}
        <ButtonLink kind="text" href="/office">
          {t('back')}
        </ButtonLink>
      </ButtonRow>
    </Stack>
  )
}

function Ledger({ ledger: { devices, demo, residents } }: { readonly ledger: DeviceLedger }) {
  const t = useTranslation('devices')
  const looks = devices.filter(({ concerns }) => concerns.length > 0)
  const sums = { demo, residents }
  const shown = (['demo', 'residents'] as const).filter((kind) => sums[kind].deviceCount > 0)
  return (
    <>
      {looks.length > 0 && (
        <Section id="looks" heading={t('looks')}>
          {looks.map((device) => (
            <DeviceLook key={device.deviceId} device={device} />
          ))}
        </Section>
      )}
      {looks.length === 0 && devices.length > 0 && (
        <Banner kind="success" kindWord={t('kind.done')} heading={t('allIn')} announce={false}>
          <p>{t('allInText')}</p>
        </Banner>
      )}
      {devices.length === 0 ? (
        <p>{t('empty')}</p>
      ) : (
        <Section id="all" heading={t('all')}>
          <DevicesTable devices={devices} />
        </Section>
      )}
      {shown.length > 0 && (
        <Section id="others" heading={t('others')}>
          <DescriptionList items={shown.map((kind) => ({ term: t(kind), detail: <Sum sum={sums[kind]} /> }))} />
        </Section>
      )}
    </>
  )
}

function Sum({ sum: { deviceCount, unsentCount } }: { readonly sum: DeviceSum }) {
  const t = useTranslation('devices')
  return <>{t('sum', { devices: deviceCount, unsent: unsentCount })}</>
}
