import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import type { PublicSession } from '#sessions/domain/public-session.ts'
import { readPlain } from '#sessions/domain/session-form.ts'
import type { Session } from '#sessions/domain/session.ts'
import { ConfirmDialog } from '#ui/dialog.tsx'
import { TextField } from '#ui/field.tsx'

const REASON_MAX = 200 // as CancelSession.reason

interface Props {
  readonly isOpen: boolean
  readonly session: Session
  readonly announced: PublicSession | undefined
  readonly onClose: () => void
  readonly onCancel: (reason: string | null) => void
}

/** Asks before 中止, and says what it means: how many people have to be called. */
export function CancelDialog({ isOpen, session, announced, onClose, onCancel }: Props) {
  const t = useTranslation('office')
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string>()
  const isDraft = session.state === 'draft'
  const count = announced === undefined ? 0 : announced.seats - announced.seatsLeft + announced.waiting

  function confirm(): void {
    const read = readPlain(reason.trim(), REASON_MAX)
    if (read.ok) return onCancel(read.value === '' ? null : read.value)
    setError(t(`form.problem.${read.error.code}`, { field: t('cancel.reason'), ...read.error }))
    document.getElementById('cancelReason')?.focus()
  }

  return (
    <ConfirmDialog
      id="cancel-session"
      open={isOpen}
      heading={t(isDraft ? 'cancel.dropHeading' : 'cancel.heading')}
      confirmWord={t(isDraft ? 'cancel.drop' : 'cancel.confirm')}
      cancelWord={t('cancel.back')}
      onConfirm={confirm}
      onCancel={onClose}
    >
      <p>{isDraft ? t('cancel.dropText') : t('cancel.text')}</p>
      {!isDraft && <p>{count > 0 ? t('cancel.calls', { count }) : t('cancel.noCalls')}</p>}
      <TextField
        name="cancelReason"
        label={t('cancel.reason')}
        hint={t(isDraft ? 'cancel.dropReasonHint' : 'cancel.reasonHint')}
        autoComplete="off"
        value={reason}
        onInput={setReason}
        error={error}
      />
    </ConfirmDialog>
  )
}
