import { useState } from 'preact/hooks'
import { formatInstant } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import type { LinkAnswer, RecoveryRow } from '#login/domain/staff.ts'
import { Button, ButtonRow } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/dialog.tsx'
import { Heading } from '#ui/heading.tsx'
import css from './second-way.module.css'
import { FailedBanner } from './staff-trouble.tsx'
import { usePost } from './use-post.ts'

interface Props {
  readonly row: RecoveryRow
  readonly name: string
  /** `null`: a role of demo mode. */
  readonly askedBy: string | null
  readonly onApproved: (link: LinkAnswer) => void
  readonly onChanged: () => void
}

/** One that waits: agree, or take it back. Whoever may not agree reads why. */
export function WaitingRecovery({ row, name, askedBy, onApproved, onChanged }: Props) {
  const t = useTranslation('staff')
  const language = useLanguage()
  const [isAsking, setIsAsking] = useState(false)
  const [approving, withdrawing] = [usePost<LinkAnswer>(), usePost()]
  const path = `/api/admin/recovery/${row.recoveryId}`
  const by = askedBy === null ? t('recovery.somebody') : t('recovery.person', { name: askedBy })

  async function approve(): Promise<void> {
    const outcome = await approving.post(`${path}/approve`, {})
    setIsAsking(false)
    if (outcome.at === 'done') onApproved(outcome.answer)
  }

  return (
    <div class={css.waiting}>
      <Heading level={3}>{t('recovery.item', { name })}</Heading>
      <p>{t('recovery.asked', { by, at: formatInstant(row.askedAt, language) })}</p>
      {row.refusal !== null && <p>{t(`recovery.mayNot.${row.refusal}`)}</p>}
      <FailedBanner state={approving.state} />
      <FailedBanner state={withdrawing.state} />
      <ButtonRow>
        {row.refusal === null && <Button onClick={() => setIsAsking(true)}>{t('recovery.approve')}</Button>}
        <Button
          kind="outline"
          busyWord={withdrawing.state.at === 'busy' ? t('sending') : undefined}
          onClick={() => void withdrawing.post(`${path}/withdraw`, {}).then(onChanged)}
        >
          {t('recovery.withdraw')}
        </Button>
      </ButtonRow>
      <ConfirmDialog
        id={`approve-${row.recoveryId}`}
        open={isAsking}
        heading={t('recovery.approveAsk', { name })}
        confirmWord={t('recovery.approve')}
        cancelWord={t('recovery.keep')}
        busyWord={approving.state.at === 'busy' ? t('sending') : undefined}
        onConfirm={() => void approve()}
        onCancel={() => setIsAsking(false)}
      >
        <p>{t('recovery.approveText')}</p>
      </ConfirmDialog>
    </div>
  )
}
