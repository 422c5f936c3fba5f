import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import { postJson } from '#client/post-json.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { EndPairing } from '#login/domain/pairing-list.ts'
import { ChoiceField } from '#ui/choice-field.tsx'
import { ConfirmDialog } from '#ui/dialog.tsx'
import { PhonesProblem } from './phones-problem.tsx'

/** Whose phone is about to be stopped. */
export interface Ending {
  readonly pairingId: Uuid
  readonly name: string
}

interface Props {
  readonly ending: Ending | null
  readonly onClose: () => void
  readonly onEnded: (pairingId: Uuid) => void
}

const REASONS = ['lost', 'left'] as const satisfies readonly EndPairing['reason'][]

/** Asks why before a phone is stopped, and says what that does. */
export function PhonesEnd({ ending, onClose, onEnded }: Props) {
  const t = useTranslation('phones')
  const [reason, setReason] = useState<EndPairing['reason'] | null>(null)
  const [error, setError] = useState<string>()
  const [code, setCode] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  function close(): void {
    setReason(null)
    setError(undefined)
    setCode(null)
    onClose()
  }

  async function confirm(): Promise<void> {
    if (ending === null) return
    if (reason === null) {
      setError(t('ask.reasonMissing'))
      document.getElementById('endReason')?.focus()
      return
    }
    setBusy(true)
    const posted = await postJson('/api/admin/phones/end', { pairingId: ending.pairingId, reason } satisfies EndPairing)
    setBusy(false)
    if (posted.ok) onEnded(ending.pairingId)
    else setCode(posted.code)
  }

  return (
    <ConfirmDialog
      id="end-phone"
      open={ending !== null}
      heading={t('ask.heading', { name: ending?.name ?? '' })}
      confirmWord={t('ask.confirm')}
      cancelWord={t('ask.back')}
      busyWord={isBusy ? t('ask.busy') : undefined}
      onConfirm={() => void confirm()}
      onCancel={close}
    >
      <p>{t('ask.text')}</p>
      <ChoiceField
        name="endReason"
        label={t('ask.reason')}
        choices={REASONS.map((value) => ({ value, label: t(`reason.${value}`), note: t(`ask.reasonNote.${value}`) }))}
        value={reason ?? ''}
        onChoose={(value) => {
          setReason(value as EndPairing['reason'])
          setError(undefined)
        }}
        error={error}
      />
      {code !== null && <PhonesProblem code={code} />}
    </ConfirmDialog>
  )
}
