import { useTranslation } from '#client/i18n.ts'
import { Banner, News } from '#ui/banner.tsx'
import css from './roster.module.css'
import type { DeskNews } from './use-check-in.ts'

/** Says aloud what the last tap did. It stands at the lower edge of the screen: the list must not move under the next tap. */
export function CheckInNews({ news }: { readonly news: DeskNews | null }) {
  return (
    <div class={news === null ? undefined : css.news}>
      <News>{news && <Said news={news} />}</News>
    </div>
  )
}

function Said({ news }: { readonly news: DeskNews }) {
  const t = useTranslation('attendance')
  const name = news.name || t('erased')
  return (
    <>
      {news.did === 'failed' && (
        <Banner kind="error" kindWord={t('trouble.kind')} heading={t('trouble.heading', { name })}>
          <p>{t('trouble.text')}</p>
        </Banner>
      )}
      {news.did !== 'failed' && <p>{t(`announce.${news.did}`, { name })}</p>}
      {news.did === 'done' && news.concern && <p>{t(`concern.${news.concern.code}`, { ...news.concern })}</p>}
    </>
  )
}
