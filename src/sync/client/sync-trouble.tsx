import { useTranslation } from '#client/i18n.ts'
import type { LocalDb } from '#client/local-db.ts'
import type { Observable } from '#client/observable.ts'
import { useObservable } from '#client/use-live.ts'
import { Banner } from '#ui/banner.tsx'
import type { SyncStatus } from './sync-status.ts'

interface Props {
  readonly db: LocalDb
  readonly status: Observable<SyncStatus>
}

/** What keeps this device from storing or sending, and what to do about it. Nothing while all is well or only the network is away. */
export function SyncTrouble({ db, status }: Props) {
  const t = useTranslation('sync')
  const trouble = useObservable(db.trouble)
  const { stoppedBy } = useObservable(status)
  if (trouble !== null) {
    return (
      <Banner kind="error" kindWord={t('kind.check')} heading={t('storage.heading')}>
        <p>{t(`storage.${trouble}`)}</p>
      </Banner>
    )
  }
  if (stoppedBy === null) return null
  return (
    <Banner kind="warning" kindWord={t('kind.check')} heading={t('stopped.heading')}>
      <p>{t(`stopped.${stoppedBy}`)}</p>
    </Banner>
  )
}
