import type { ComponentChildren } from 'preact'
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
import { type PhoneState, readPhone } from './phone-store.ts'
import { useLockState } from './use-lock-state.ts'

interface Props {
  readonly parts: PairingParts
  readonly onDone: () => void
}

/** /pair — a volunteer's phone becomes theirs: the number or the QR code, the name, a PIN. Three steps, no hurry in any. */
export function PairPage(props: Props) {
  const t = useTranslation('lock')
  if (props.parts.keyring.canSeal) return <Steps {...props} />
  return (
    <Stack>
      <Heading level={1} lead={t('pair.noSeal')}>
        {t('pair.title')}
      </Heading>
    </Stack>
  )
}

function Steps({ parts, onDone }: Props) {
  const t = useTranslation('lock')
  const token = useToken()
  const lock = useLockState(parts.keyring)
  const phone = useLive(parts.db, readPhone, [])
  const [paired, setPaired] = useState<PairAnswer | null>(null)
  const [isRight, setRight] = useState(false)
  const [wasOther, setOther] = useState(false)

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
  const isPaired = phone.holder?.paired === true
  const hasNoPin = isPaired && lock === 'open' // also of who closed the page before one was chosen
  if (isRight || hasNoPin) {
    return (
      <Arrival key="choose">
        <ChoosePin parts={parts} onDone={onDone} />
      </Arrival>
    )
  }
  return (
    <AskFirst phone={phone}>
      <PairCode parts={parts} token={wasOther ? null : token} wasOther={wasOther} onPaired={setPaired} />
    </AskFirst>
  )
}

/** What the QR code brought behind the `#`. It leaves the address at once, so that nobody passes it on or prints it. */
function useToken(): string | null {
  const [token] = useState(() => readPairingToken(location.hash))
  useEffect(() => {
    if (location.hash !== '') history.replaceState(history.state, '', location.pathname + location.search)
  }, [])
  return token
}

/** A phone that is somebody's already says so, before it becomes somebody else's. */
function AskFirst({ phone, children }: { readonly phone: PhoneState; readonly children: ComponentChildren }) {
  const t = useTranslation('lock')
  const [isAnew, setAnew] = useState(false)
  const name = phone.holder?.name
  if (isAnew || !phone.holder?.paired) return <>{children}</>
  return (
    <Stack>
      <Heading level={1} lead={t('ask.lead')}>
        {name ? t('ask.title', { name }) : t('ask.unnamed')}
      </Heading>
      <ButtonRow>
        <Button id="pair-anew" onClick={() => setAnew(true)}>
          {t('ask.again')}
        </Button>
        <ButtonLink kind="outline" href="/hall">
          {t('ask.keep')}
        </ButtonLink>
      </ButtonRow>
    </Stack>
  )
}
