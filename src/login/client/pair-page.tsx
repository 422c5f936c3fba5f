import { useEffect, useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import { useLive } from '#client/use-live.ts'
import type { PairAnswer } from '#login/domain/pairing.ts'
import { readPairingToken } from '#login/domain/pairing-text.ts'
import { Arrival } from '#ui/arrival.tsx'
import { Button, ButtonLink, ButtonRow } from '#ui/button.tsx'
import { Heading } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { ChoosePin } from './choose-pin.tsx'
import { PairCode } from './pair-code.tsx'
import { PairName } from './pair-name.tsx'
import type { PairingParts } from './pair-phone.ts'
import { readPhone } from './phone-store.ts'
import { useLockState } from './use-lock-state.ts'

interface Props {
  readonly parts: PairingParts
  readonly onDone: () => void
}

/** /pair — a volunteer's phone becomes theirs: the number or the QR code, the name, a PIN. Three steps, no hurry in any. */
export function PairPage({ parts, onDone }: Props) {
  const t = useTranslation('lock')
  const token = useToken()
  const lock = useLockState(parts.keyring)
  const phone = useLive(parts.db, readPhone, [])
  const [isAnew, setAnew] = useState(false)
  const [paired, setPaired] = useState<PairAnswer | null>(null)
  const [isRight, setRight] = useState(false)
  const [wasOther, setOther] = useState(false)

  if (!parts.keyring.canSeal) return <Step heading={t('pair.title')} lead={t('pair.noSeal')} />
  if (lock === undefined || phone === undefined) return <p role="status">{t('loading')}</p>
  if (paired !== null && !isRight) {
    const leave = (): void => {
      setPaired(null)
      setOther(true)
    }
    return (
      <Arrival key="name">
        <PairName parts={parts} name={paired.name} onRight={() => setRight(true)} onLeft={leave} />
      </Arrival>
    )
  }
  // Also for who closed the page before a PIN was chosen.
  if (isRight || (lock === 'open' && phone.holder?.paired)) {
    return (
      <Arrival key="choose">
        <ChoosePin parts={parts} onDone={onDone} />
      </Arrival>
    )
  }
  if (phone.holder?.paired && !isAnew) {
    return <AlreadyPaired name={phone.holder.name} onAgain={() => setAnew(true)} />
  }
  return <PairCode parts={parts} token={wasOther ? null : token} wasOther={wasOther} onPaired={setPaired} />
}

/** What the QR code brought behind the `#`. It leaves the address at once, so that nobody passes it on or prints it. */
function useToken(): string | null {
  const [token] = useState(() => readPairingToken(location.hash))
  useEffect(() => {
    if (location.hash !== '') history.replaceState(history.state, '', location.pathname + location.search)
  }, [])
  return token
}

function Step({ heading, lead }: { readonly heading: string; readonly lead: string }) {
  return (
    <Stack>
      <Heading level={1} lead={lead}>
        {heading}
      </Heading>
    </Stack>
  )
}

function AlreadyPaired({ name, onAgain }: { readonly name: string | null; readonly onAgain: () => void }) {
  const t = useTranslation('lock')
  return (
    <Stack>
      <Heading level={1} lead={t('ask.lead')}>
        {name === null ? t('ask.unnamed') : t('ask.title', { name })}
      </Heading>
      <ButtonRow>
        <Button id="pair-anew" onClick={onAgain}>
          {t('ask.again')}
        </Button>
        <ButtonLink kind="outline" href="/hall">
          {t('ask.keep')}
        </ButtonLink>
      </ButtonRow>
    </Stack>
  )
}
