import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import type { PersonReason } from '#people/domain/person-change.ts'
import { ConfirmDialog } from '#ui/dialog.tsx'
import { ReasonField } from './reason-field.tsx'

interface Props {
  readonly id: string
  readonly open: boolean
  readonly heading: string
  readonly confirmWord: string
  readonly onConfirm: (reason: PersonReason) => void
  readonly onClose: () => void
  /** What will happen. */
  readonly children: ComponentChildren
}

/** Asks once more, and why. Without a reason nothing is done. */
export function ReasonDialog({ id, open, heading, confirmWord, onConfirm, onClose, children }: Props) {
  const t = useTranslation('people')
  const [reason, setReason] = useState<PersonReason | null>(null)
  const [isMissing, setIsMissing] = useState(false)

  function leave(): void {
    setReason(null)
    setIsMissing(false)
    onClose()
  }

  function confirm(): void {
    setIsMissing(reason === null)
    if (reason === null) return document.getElementById(`${id}-reason`)?.focus()
    onConfirm(reason)
    leave()
  }

  return (
    <ConfirmDialog
      id={id}
      open={open}
      heading={heading}
      confirmWord={confirmWord}
      cancelWord={t('stop.back')}
      onConfirm={confirm}
      onCancel={leave}
    >
      {children}
      <ReasonField id={`${id}-reason`} value={reason} isMissing={isMissing} onChoose={setReason} />
    </ConfirmDialog>
  )
}
