import { useTranslation } from '#client/i18n.ts'
import { Banner } from '#ui/banner.tsx'
import type { PhoneState } from './phone-store.ts'

/** Why the lists are gone. It stays until something is different: a new contact, or a new pairing. */
export function PhoneNewsBanner({ phone: { news, lastContactAt, heldCount } }: { readonly phone: PhoneState }) {
  const t = useTranslation('lock')
  if (news === null) return null
  const isOld = news.why !== 'stopped' && lastContactAt !== null && lastContactAt > news.at
  if (isOld) return null
  return (
    <Banner
      kind={news.why === 'stopped' ? 'warning' : 'info'}
      kindWord={t('kind.done')}
      heading={t(`news.${news.why}`)}
    >
      <p>{t(`news.${news.why}Text`)}</p>
      {news.why === 'stopped' && (heldCount === 0 ? <p>{t('news.stoppedSent')}</p> : <Held count={heldCount} />)}
      {news.why === 'stopped' && (
        <p>
          <a href="/pair">{t('news.stoppedLink')}</a>
        </p>
      )}
    </Banner>
  )
}

function Held({ count }: { readonly count: number }) {
  const t = useTranslation('lock')
  return (
    <p>
      {t('news.stoppedHeld', { count })} <a href="/device">{t('news.stoppedLook')}</a>
    </p>
  )
}
