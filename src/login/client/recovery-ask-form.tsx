import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import type { RecoveryAnswer } from '#login/domain/staff.ts'
import { Button } from '#ui/button.tsx'
import { CheckField } from '#ui/choice-field.tsx'
import { ErrorSummary, type FieldProblem } from '#ui/error-summary.tsx'
import { Form } from '#ui/form.tsx'
import { Section } from '#ui/heading.tsx'
import { SelectField } from '#ui/select-field.tsx'
import { DoneBanner, FailedBanner } from './staff-trouble.tsx'
import { usePost } from './use-post.ts'

interface Props {
  readonly data: RecoveryAnswer
  readonly onAsked: () => void
}

/** Asks for a colleague who stands at the desk. */
export function RecoveryAskForm({ data, onAsked }: Props) {
  const t = useTranslation('staff')
  const [staffId, setStaffId] = useState('')
  const [isSeen, setIsSeen] = useState(false)
  const [problems, setProblems] = useState<readonly FieldProblem[]>([])
  const { state, post } = usePost()
  const errorOf = (id: string) => problems.find(({ fieldId }) => fieldId === id)?.text
  const others = data.colleagues.filter((one) => one.staffId !== data.self)

  async function send(): Promise<void> {
    const found = [
      ...(staffId === '' ? [{ fieldId: 'staffId', text: t('recovery.problem.colleague') }] : []),
      ...(isSeen ? [] : [{ fieldId: 'seen', text: t('recovery.problem.seen') }]),
    ]
    setProblems(found)
    if (found.length > 0) return
    const outcome = await post('/api/admin/recovery', { staffId, reason: 'seen_at_desk' })
    if (outcome.at !== 'done') return
    setStaffId('')
    setIsSeen(false)
    onAsked()
  }

  return (
    <Section id="ask" heading={t('recovery.askHeading')}>
      <ErrorSummary
        kindWord={t('kind.check')}
        heading={t('recovery.problemHeading', { count: problems.length })}
        problems={problems}
      />
      <FailedBanner state={state} />
      <DoneBanner state={state} heading={t('recovery.sent')} />
      <Form onSend={() => void send()}>
        <SelectField
          name="staffId"
          label={t('recovery.colleague')}
          required
          requirement={t('required')}
          emptyWord={t('recovery.choose')}
          options={others.map((one) => ({ value: one.staffId, label: one.name }))}
          value={staffId}
          onChoose={setStaffId}
          error={errorOf('staffId')}
        />
        <CheckField
          name="seen"
          label={t('recovery.seen')}
          hint={t('recovery.seenHint')}
          required
          requirement={t('required')}
          checked={isSeen}
          onCheck={setIsSeen}
          error={errorOf('seen')}
        />
        <Button type="submit" kind="outline" busyWord={state.at === 'busy' ? t('sending') : undefined}>
          {t('recovery.send')}
        </Button>
      </Form>
    </Section>
  )
}
