import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import type { LocalDb } from '#client/local-db.ts'
import type { Recorder } from '#client/recorder.ts'
import { useDecision } from '#client/use-decision.ts'
import { useKeptForm } from '#client/use-kept-form.ts'
import type { Channel, EnrollmentId } from '#enrollment/domain/enrollment.ts'
import { ENROLLMENT_FIELDS, type EnrollmentField, readEnrollmentForm } from '#enrollment/domain/enrollment-form.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import type { OperationOf } from '#sync/domain/protocol.ts'
import { News } from '#ui/banner.tsx'
import { Button } from '#ui/button.tsx'
import { ChoiceField } from '#ui/choice-field.tsx'
import { ErrorSummary, type FieldProblem } from '#ui/error-summary.tsx'
import { TextField } from '#ui/field.tsx'
import { Form } from '#ui/form.tsx'
import { Section } from '#ui/heading.tsx'
import css from './enrollment-office.module.css'
import { StaffAnswer } from './staff-answer.tsx'
import { useStaffProblems } from './use-staff-problems.ts'

/** 電話 / 窓口 / 家族 / 紙: how somebody reached the office. */
const OFFICE_CHANNELS = ['phone', 'counter', 'family', 'paper'] as const satisfies Channel[]

interface Props {
  readonly db: LocalDb
  readonly recorder: Recorder
  readonly sessionId: SessionId
}
type Typed = Readonly<Record<EnrollmentField | 'channel', string>>

const EMPTY: Typed = { name: '', nameKana: '', phone: '', channel: 'phone' }

/** Signs a caller up while they are on the phone: three fields, and the number to read aloud. */
export function StaffEnrollForm({ db, recorder, sessionId }: Props) {
  const t = useTranslation('enrollmentOffice')
  const form = useKeptForm<Typed>(db, `office-enroll:${sessionId}`, EMPTY)
  const [problems, setProblems] = useState<readonly FieldProblem[]>([])
  const words = useStaffProblems()
  const { said, state, follow } = useDecision<OperationOf<'enrollment.request'>>(db, (outcome, asked) => {
    if (outcome.status === 'accepted') return
    form.type(asked.payload) // what was typed comes back, to be put right
    setProblems([words.ofRefusal(outcome.refusal)])
  })
  const { typed } = form
  if (typed === undefined) return <p role="status">{t('loading')}</p>

  async function send({ channel, ...person }: Typed): Promise<void> {
    const read = readEnrollmentForm(person)
    setProblems(read.ok ? [] : words.ofFields(read.error))
    if (!read.ok) return
    const enrollmentId = recorder.newId() as EnrollmentId
    try {
      const chosen = OFFICE_CHANNELS.find((one) => one === channel) ?? 'phone'
      follow(await recorder.record('enrollment.request', { ...read.value, enrollmentId, sessionId, channel: chosen }))
      await form.forget({ ...EMPTY, channel: chosen })
      document.getElementById('name')?.focus() // ready for the next caller; the answer is read aloud
    } catch {
      setProblems([{ fieldId: 'name', text: t('problem.not_kept') }]) // the disk is full or away: the words stay
    }
  }

  const errorOf = (field: EnrollmentField) => problems.find(({ fieldId }) => fieldId === field)?.text
  return (
    <Section id="staff-enroll" heading={t('form.heading')}>
      <News>{said && state && <StaffAnswer said={said} state={state} />}</News>
      <ErrorSummary
        kindWord={t('kindWord.check')}
        heading={t('form.problemHeading', { count: problems.length })}
        problems={problems}
      />
      <Form onSend={() => void send(typed)}>
        <div class={css.pair}>
          {ENROLLMENT_FIELDS.map((field) => (
            <TextField
              key={field}
              name={field}
              type={field === 'phone' ? 'tel' : 'text'}
              label={t(`form.${field}`)}
              required
              requirement={t('form.required')}
              autoComplete="off"
              value={typed[field]}
              onInput={(text) => form.type({ [field]: text })}
              error={errorOf(field)}
            />
          ))}
        </div>
        <ChoiceField
          name="channel"
          label={t('form.channel')}
          beside
          choices={OFFICE_CHANNELS.map((channel) => ({ value: channel, label: t(`channel.${channel}`) }))}
          value={typed.channel}
          onChoose={(channel) => form.type({ channel })}
        />
        <p>{t('form.purpose')}</p>
        <Button type="submit">{t('form.send')}</Button>
      </Form>
    </Section>
  )
}
