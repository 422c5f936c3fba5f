import { useTranslation } from '#client/i18n.ts'
import { Arrival } from '#ui/arrival.tsx'
import { Banner } from '#ui/banner.tsx'
import type { PairTrouble } from './pair-phone.ts'

/** Why a phone could not be handed over. Nothing is lost by it. */
export function LeaveTrouble({ trouble }: { readonly trouble: PairTrouble }) {
  const t = useTranslation('lock')
  const words =
    trouble.code === 'unsent'
      ? t('owner.trouble.unsent', { count: trouble.count })
      : t(`owner.trouble.${trouble.code === 'offline' ? 'offline' : 'fault'}`)
  return (
    <Arrival>
      <Banner kind="error" kindWord={t('kind.check')} heading={t('owner.trouble.heading')}>
        <p>{words}</p>
      </Banner>
    </Arrival>
  )
}
