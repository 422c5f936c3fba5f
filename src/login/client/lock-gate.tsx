import type { ComponentChildren } from 'preact'
import { useTranslation } from '#client/i18n.ts'
import { usePage } from '#client/page-context.tsx'
import { useLive } from '#client/use-live.ts'
import { Stack } from '#ui/page.tsx'
import { ChoosePin } from './choose-pin.tsx'
import { LockScreen } from './lock-screen.tsx'
import { PhoneNewsBanner } from './phone-news-banner.tsx'
import { PhoneOwner } from './phone-owner.tsx'
import type { PairingParts } from './pair-phone.ts'
import { type PhoneState, readPhone } from './phone-store.ts'
import { StoppedPage } from './stopped-page.tsx'
import { useLockState } from './use-lock-state.ts'

interface Props {
  readonly parts: PairingParts
  readonly showsOwner: boolean
  /** Goes to /pair. */
  readonly onLeft: () => void
  readonly children: ComponentChildren
}

/** Stands before every page with names of others. Locked, the page behind it does not exist. */
export function LockGate(props: Props) {
  const { parts } = props
  const t = useTranslation('lock')
  const lock = useLockState(parts.keyring)
  const phone = useLive(parts.db, readPhone, [])
  if (lock === undefined || phone === undefined) return <p role="status">{t('loading')}</p>
  if (lock === 'locked') return <LockScreen parts={parts} phone={phone} />
  const hasNoLockYet = lock === 'open' && parts.keyring.canSeal && phone.holder?.paired === true
  return hasNoLockYet ? <ChoosePin parts={parts} onDone={() => {}} /> : <Opened {...props} phone={phone} />
}

function Opened({ parts, showsOwner, onLeft, phone, children }: Props & { readonly phone: PhoneState }) {
  const { role, path } = usePage()
  const { holder, news } = phone
  const isStopped = news?.why === 'stopped'
  if (isStopped && role === 'resident' && path.startsWith('/hall')) return <StoppedPage />
  return (
    <Stack>
      {!isStopped && <PhoneNewsBanner phone={phone} />}
      {showsOwner && holder?.paired && <PhoneOwner parts={parts} name={holder.name} onLeft={onLeft} />}
      {children}
    </Stack>
  )
}
