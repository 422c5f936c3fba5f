import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import { Button, ButtonRow } from '#ui/button.tsx'
import { Heading } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { LeaveTrouble } from './leave-trouble.tsx'
import { leavePhone, type PairingParts, type PairTrouble } from './pair-phone.ts'

interface Props {
  readonly parts: PairingParts
  readonly name: string
  readonly onRight: () => void
  /** It was another person's number, and this phone is nobody's again. */
  readonly onLeft: () => void
}

/** The second step: whoever got the wrong sheet of paper says so here. */
export function PairName({ parts, name, onRight, onLeft }: Props) {
  const t = useTranslation('lock')
  const [isBusy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<PairTrouble | null>(null)

  async function leave(): Promise<void> {
    setBusy(true)
    setTrouble(null)
    const ended = await leavePhone(parts)
    setBusy(false)
    if (ended === null) onLeft()
    else setTrouble(ended)
  }

  return (
    <Stack>
      <Heading level={1} lead={t('name.lead')}>
        {t('name.title', { name })}
      </Heading>
      {trouble && <LeaveTrouble trouble={trouble} />}
      <ButtonRow>
        <Button id="name-right" onClick={onRight}>
          {t('name.yes', { name })}
        </Button>
        <Button kind="outline" busyWord={isBusy ? t('name.leaving') : undefined} onClick={() => void leave()}>
          {t('name.no')}
        </Button>
      </ButtonRow>
    </Stack>
  )
}
