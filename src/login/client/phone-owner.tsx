import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/dialog.tsx'
import { LeaveTrouble } from './leave-trouble.tsx'
import css from './lock.module.css'
import { leavePhone, type PairingParts, type PairTrouble } from './pair-phone.ts'

interface Props {
  readonly parts: PairingParts
  readonly name: string | null
  /** This phone is nobody's now. */
  readonly onLeft: () => void
}

/** Whose phone it is, and how the next person gets it. */
export function PhoneOwner({ parts, name, onLeft }: Props) {
  const t = useTranslation('lock')
  const [isAsked, setAsked] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<PairTrouble | null>(null)

  async function leave(): Promise<void> {
    setAsked(false)
    setBusy(true)
    setTrouble(null)
    const ended = await leavePhone(parts)
    setBusy(false)
    if (ended === null) onLeft()
    else setTrouble(ended)
  }

  return (
    <div>
      {trouble && <LeaveTrouble trouble={trouble} />}
      <div class={css.owner}>
        {name !== null && <p>{t('owner.whose', { name })}</p>}
        <Button
          kind="outline"
          size="small"
          busyWord={isBusy ? t('owner.changing') : undefined}
          onClick={() => setAsked(true)}
        >
          {t('owner.change')}
        </Button>
      </div>
      <ConfirmDialog
        id="hand-over"
        open={isAsked}
        heading={t('owner.askHeading')}
        confirmWord={t('owner.change')}
        cancelWord={t('owner.cancel')}
        onConfirm={() => void leave()}
        onCancel={() => setAsked(false)}
      >
        <p>{t('owner.askText')}</p>
      </ConfirmDialog>
    </div>
  )
}
