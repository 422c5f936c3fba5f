import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import { STAFF_ROLES } from '#login/domain/roles.ts'
import { ROLE_REASONS, type StaffRow } from '#login/domain/staff.ts'
import { Button } from '#ui/button.tsx'
import { ChoiceField } from '#ui/choice-field.tsx'
import { ErrorSummary, type FieldProblem } from '#ui/error-summary.tsx'
import { Form } from '#ui/form.tsx'
import { Section } from '#ui/heading.tsx'
import { DoneBanner, FailedBanner } from './staff-trouble.tsx'
import { usePost } from './use-post.ts'

interface Props {
  readonly one: StaffRow
  readonly onChanged: () => void
}

/** Another role for somebody, and why. */
export function StaffRoleForm({ one, onChanged }: Props) {
  const t = useTranslation('staff')
  const [chosen, setChosen] = useState({ role: '', reason: '' })
  const [problems, setProblems] = useState<readonly FieldProblem[]>([])
  const { state, post } = usePost()
  const errorOf = (id: string) => problems.find(({ fieldId }) => fieldId === id)?.text

  async function send(): Promise<void> {
    const found = [
      ...(chosen.role === '' ? [{ fieldId: 'role', text: t('member.chooseRole') }] : []),
      ...(chosen.role === one.role ? [{ fieldId: 'role', text: t('member.sameRole') }] : []),
      ...(chosen.reason === '' ? [{ fieldId: 'reason', text: t('member.chooseReason') }] : []),
    ]
    setProblems(found)
    if (found.length > 0) return
    const outcome = await post(`/api/admin/staff/${one.staffId}/role`, chosen)
    if (outcome.at === 'done') setChosen({ role: '', reason: '' })
    onChanged()
  }

  return (
    <Section id="role-heading" heading={t('member.roleHeading')}>
      <ErrorSummary
        id="role-problems"
        kindWord={t('kind.check')}
        heading={t('invite.problemHeading', { count: problems.length })}
        problems={problems}
      />
      <FailedBanner state={state} />
      <DoneBanner state={state} heading={t('member.roleChanged', { role: t(`role.${one.role}`) })} />
      <Form onSend={() => void send()}>
        <ChoiceField
          name="role"
          label={t('member.role')}
          required
          requirement={t('required')}
          choices={STAFF_ROLES.map((value) => ({ value, label: t(`role.${value}`), note: t(`roleNote.${value}`) }))}
          value={chosen.role}
          onChoose={(role) => setChosen((before) => ({ ...before, role }))}
          error={errorOf('role')}
        />
        <ChoiceField
          name="reason"
          label={t('member.reason')}
          required
          requirement={t('required')}
          beside
          choices={ROLE_REASONS.map((value) => ({ value, label: t(`member.roleReason.${value}`) }))}
          value={chosen.reason}
          onChoose={(reason) => setChosen((before) => ({ ...before, reason }))}
          error={errorOf('reason')}
        />
        <Button type="submit" kind="outline" busyWord={state.at === 'busy' ? t('sending') : undefined}>
          {t('member.changeRole')}
        </Button>
      </Form>
    </Section>
  )
}
