import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import { DISABLE_REASONS, type StaffRow } from '#login/domain/staff.ts'
import { Button } from '#ui/button.tsx'
import { ChoiceField } from '#ui/choice-field.tsx'
import { ConfirmDialog } from '#ui/dialog.tsx'
import { ErrorSummary, type FieldProblem } from '#ui/error-summary.tsx'
import { Form } from '#ui/form.tsx'
import { Section } from '#ui/heading.tsx'
import { FailedBanner } from './staff-trouble.tsx'
import { usePost } from './use-post.ts'

interface Props {
  readonly one: StaffRow
  readonly onChanged: () => void
}

/** Keeps somebody out from now on; asked once more before. */
export function StaffDisableForm({ one, onChanged }: Props) {
  const t = useTranslation('staff')
  const [reason, setReason] = useState('')
  const [isAsking, setIsAsking] = useState(false)
  const [problems, setProblems] = useState<readonly FieldProblem[]>([])
  const { state, post } = usePost()

  function ask(): void {
    setProblems(reason === '' ? [{ fieldId: 'disableReason', text: t('member.chooseReason') }] : [])
    setIsAsking(reason !== '')
  }

  async function disable(): Promise<void> {
    await post(`/api/admin/staff/${one.staffId}/disable`, { reason })
    setIsAsking(false)
    onChanged()
  }

  return (
    <Section id="disable-heading" heading={t('member.disableHeading')}>
      <p>{t('member.disableText')}</p>
      <ErrorSummary
        id="disable-problems"
        kindWord={t('kind.check')}
        heading={t('invite.problemHeading', { count: problems.length })}
        problems={problems}
      />
      <FailedBanner state={state} />
      <Form onSend={ask}>
        <ChoiceField
          name="disableReason"
          label={t('member.reason')}
          required
          requirement={t('required')}
          beside
          choices={DISABLE_REASONS.map((value) => ({ value, label: t(`member.disableReason.${value}`) }))}
          value={reason}
          onChoose={setReason}
          error={problems[0]?.text}
        />
        <Button type="submit" kind="outline">
          {t('member.disable')}
        </Button>
      </Form>
      <ConfirmDialog
        id="keep-out"
        open={isAsking}
        heading={t('member.disableAsk', { name: one.name })}
        confirmWord={t('member.disable')}
        cancelWord={t('member.keep')}
        busyWord={state.at === 'busy' ? t('sending') : undefined}
        onConfirm={() => void disable()}
        onCancel={() => setIsAsking(false)}
      >
        <p>{t('member.disableText')}</p>
      </ConfirmDialog>
    </Section>
  )
}
