import { useTranslation } from '#client/i18n.ts'
import type { LocalDb } from '#client/local-db.ts'
import { Banner } from '#ui/banner.tsx'
import { useLateCount } from './use-late-count.ts'

interface Props {
  readonly db: LocalDb
}

/** On /device: what has waited for an hour or longer, and what to do about it. Nothing while nothing has. */
export function LateUnsent({ db }: Props) {
  const t = useTranslation('sync')
  const count = useLateCount(db)
  if (count === 0) return null
  return (
    <Banner kind="warning" kindWord={t('kind.check')} heading={t('late.heading', { count })}>
      <p>{t('late.keepOpen')}</p>
      <p>{t('late.stays')}</p>
    </Banner>
  )
}

/** The same in one line, for the status of every page: at the desk it leaves the list where it is. */
export function LateLine({ db }: Props) {
  const t = useTranslation('sync')
  const count = useLateCount(db)
  if (count === 0) return null
  return (
    <p>
      <strong>
        {t('late.line', { count })} {t('late.keepOpen')}
      </strong>
    </p>
  )
}
