import { useTranslation } from '#client/i18n.ts'
import type { LocalDb } from '#client/local-db.ts'
import type { Observable } from '#client/observable.ts'
import { useObservable } from '#client/use-live.ts'
import type { SyncStatus } from './sync-status.ts'

interface Props {
  readonly db: Pick<LocalDb, 'trouble'>
  readonly status: Observable<SyncStatus>
}

/** Whether everything has arrived, in words, with the way to the details. Put into `PageFrame`'s `status`, which reads changes aloud. */
export function SyncStatusLine({ db, status }: Props) {
  const t = useTranslation('sync')
  const now = useObservable(status)
  const isAway = useObservable(db.trouble) !== null || now.state === 'storageUnavailable'
  if (isAway) return <a href="/device">{t('status.storage')}</a>
  const isQuiet = now.waiting + now.attention === 0 && now.state !== 'stopped'
  if (isQuiet) return now.lastContactAt === null ? null : <a href="/device">{t('status.allSent')}</a>
  return (
    <a href="/device">
      {now.state === 'stopped' && <span>{t('status.stopped')} </span>}
      {now.attention > 0 && <strong>{t('status.attention', { count: now.attention })} </strong>}
      {now.waiting > 0 && <span>{t(waitingKey(now.state), { count: now.waiting })}</span>}
    </a>
  )
}

function waitingKey(state: SyncStatus['state']): 'status.sending' | 'status.unreachable' | 'status.waiting' {
  if (state === 'sending') return 'status.sending'
  return state === 'unreachable' ? 'status.unreachable' : 'status.waiting'
}
