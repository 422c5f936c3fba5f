import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import type { StaffAnswer, StaffRow } from '#login/domain/staff.ts'
import { Button } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { Section } from '#ui/heading.tsx'
import { SelectField } from '#ui/select-field.tsx'
import { DoneBanner, FailedBanner } from './staff-trouble.tsx'
import { usePost } from './use-post.ts'

interface Props {
  readonly one: StaffRow
  readonly instructors: StaffAnswer['instructors']
  readonly onChanged: () => void
}

/** Says that a member of staff also teaches or helps in classes. */
export function StaffInstructorForm({ one, instructors, onChanged }: Props) {
  const t = useTranslation('staff')
  const [chosen, setChosen] = useState<string>(one.instructorId ?? '')
  const { state, post } = usePost()

  async function send(): Promise<void> {
    await post(`/api/admin/staff/${one.staffId}/instructor`, { instructorId: chosen === '' ? null : chosen })
    onChanged()
  }

  return (
    <Section id="instructor-heading" heading={t('member.instructorHeading')}>
      <FailedBanner state={state} />
      <DoneBanner state={state} heading={t('member.linked')} />
      <Form onSend={() => void send()}>
        <SelectField
          name="instructorId"
          label={t('member.instructor')}
          hint={t('member.instructorHint')}
          emptyWord={t('member.notAnInstructor')}
          options={instructors.map(({ instructorId, name }) => ({ value: instructorId, label: name }))}
          value={chosen}
          onChoose={setChosen}
        />
        <Button type="submit" kind="outline" busyWord={state.at === 'busy' ? t('sending') : undefined}>
          {t('member.link')}
        </Button>
      </Form>
    </Section>
  )
}
