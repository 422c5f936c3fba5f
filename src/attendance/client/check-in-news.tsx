import { useTranslation } from '#client/i18n.ts'
import { Banner, News } from '#ui/banner.tsx'
import type { DeskNews } from './use-check-in.ts'

/** Says aloud what the last tap did; shows a box only when somebody has to look. */
export function CheckInNews({ news }: { readonly news: DeskNews | null }) {
  const t = useTranslation('attendance')
  if (news?.did === 'failed') {
    return (
      <Banner kind="error" kindWord={t('trouble.kind')} heading={t('trouble.heading', { name: news.name })}>
        <p>{t('trouble.text')}</p>
      </Banner>
    )
  }
  return (
    <News>
      {news && <p>{t(`announce.${news.did}`, { name: news.name })}</p>}
      {news?.did === 'done' && news.concern && <p>{t(`concern.${news.concern.code}`, { ...news.concern })}</p>}
    </News>
  )
}
