import { useState } from 'preact/hooks'
import { type Translate, useTranslation } from '#client/i18n.ts'
import { readWords } from '#client/read-words.ts'
import { STAFF_ROLES, type StaffRole } from '#login/domain/roles.ts'
import { type LinkAnswer, STAFF_NAME_MAX } from '#login/domain/staff.ts'
import { Button } from '#ui/button.tsx'
import { ChoiceField } from '#ui/choice-field.tsx'
import { ErrorSummary, type FieldProblem } from '#ui/error-summary.tsx'
import { TextField } from '#ui/field.tsx'
import { Form } from '#ui/form.tsx'
import { Section } from '#ui/heading.tsx'
import { LinkOnce } from './link-once.tsx'
import { FailedBanner } from './staff-trouble.tsx'
import { usePost } from './use-post.ts'

interface Typed {
  readonly name: string
  readonly role: StaffRole | ''
}

/** Name and role of a new colleague; the answer is the link, once. */
export function StaffInviteForm() {
  const t = useTranslation('staff')
  const [typed, setTyped] = useState<Typed>({ name: '', role: '' })
  const [problems, setProblems] = useState<readonly FieldProblem[]>([])
  const { state, post, forget } = usePost<LinkAnswer>()
  const errorOf = (id: string) => problems.find(({ fieldId }) => fieldId === id)?.text

  function send(): void {
    const found = readProblems(typed, t)
    setProblems(found)
    if (found.length === 0) void post('/api/admin/staff/invite', typed)
  }

  function again(): void {
    setTyped({ name: '', role: '' })
    forget()
  }

  return (
    <Section id="invite" heading={t('invite.heading')}>
      <ErrorSummary
        kindWord={t('kind.check')}
        heading={t('invite.problemHeading', { count: problems.length })}
        problems={problems}
      />
      <FailedBanner state={state} />
      {state.at === 'done' ? (
        <>
          <LinkOnce heading={t('invite.done', { name: typed.name.trim() })} link={state.answer} />
          <Button kind="outline" onClick={again}>
            {t('invite.another')}
          </Button>
        </>
      ) : (
        <Form onSend={send}>
          <TextField
            name="name"
            label={t('invite.name')}
            hint={t('invite.nameHint')}
            required
            requirement={t('required')}
            autoComplete="off"
            value={typed.name}
            onInput={(name) => setTyped((before) => ({ ...before, name }))}
            error={errorOf('name')}
          />
          <ChoiceField
            name="role"
            label={t('invite.role')}
            required
            requirement={t('required')}
            choices={STAFF_ROLES.map((value) => ({ value, label: t(`role.${value}`), note: t(`roleNote.${value}`) }))}
            value={typed.role}
            onChoose={(role) => setTyped((before) => ({ ...before, role: role as StaffRole }))}
            error={errorOf('role')}
          />
          <Button type="submit" busyWord={state.at === 'busy' ? t('sending') : undefined}>
            {t('invite.send')}
          </Button>
        </Form>
      )}
    </Section>
  )
}

function readProblems({ name, role }: Typed, t: Translate<'staff'>): readonly FieldProblem[] {
  const read = readWords(name, STAFF_NAME_MAX)
  return [
    ...(read.ok
      ? []
      : [{ fieldId: 'name', text: t(`invite.problem.${read.error.code}`, { maxLength: STAFF_NAME_MAX }) }]),
    ...(role === '' ? [{ fieldId: 'role', text: t('invite.problem.role') }] : []),
  ]
}
