import { useEffect, useState } from 'preact/hooks'
import { type Translate, useTranslation } from '#client/i18n.ts'
import type { Device } from '#client/page-context.tsx'
import { readWords } from '#client/read-words.ts'
import { type DecisionState, useDecision } from '#client/use-decision.ts'
import { type LocalDate, parseLocalDate } from '#kernel/time.ts'
import type { OperationOf } from '#sync/domain/protocol.ts'
import {
  type Certification,
  CERTIFICATE_NUMBER_MAX,
  type CertifyRefusal,
  type TraineeRow,
} from '#training/domain/certification.ts'
import { Banner } from '#ui/banner.tsx'
import { Button, ButtonRow } from '#ui/button.tsx'
import { ErrorSummary, type FieldProblem } from '#ui/error-summary.tsx'
import { DateField, TextField } from '#ui/field.tsx'
import { Form } from '#ui/form.tsx'
import { Section } from '#ui/heading.tsx'
import { traineeName } from './trainee-name.ts'

interface Props extends Device {
  readonly trainee: TraineeRow
  /** The server's day in Japan. */
  readonly today: LocalDate
  /** The server has taken it in. */
  readonly onCertified: () => void
  readonly onClose: () => void
}
type T = Translate<'training'>

/** Records the certification of one trainee: a day, a number, and the server's answer in words. */
export function CertifySection({ trainee, today, db, recorder, onCertified, onClose }: Props) {
  const t = useTranslation('training')
  const name = traineeName(trainee)
  const [typed, setTyped] = useState({ certifiedOn: '', number: '' })
  const [problems, setProblems] = useState<readonly FieldProblem[]>([])
  const { said, state, follow } = useDecision<OperationOf<'training.certify'>>(db, (outcome) => {
    if (outcome.status === 'accepted') onCertified()
    else setProblems([refusalProblem(outcome.refusal.code, t)])
  })
  const isOpen = said === null || state?.status === 'refused'

  async function send(): Promise<void> {
    const read = readCertificate(typed, today, t)
    setProblems(read.problems)
    if (read.certificate === null) return
    const certificationId = recorder.newId() as Certification['certificationId']
    try {
      follow(
        await recorder.record('training.certify', {
          ...read.certificate,
          certificationId,
          learnerId: trainee.learnerId,
        }),
      )
    } catch {
      setProblems([refusalProblem('other', t)]) // the disk is full or away: what was typed stays in the form
    }
  }

  return (
    <Section id="certify" heading={t('form.heading', { name })}>
      <Arrive at="certify" />
      <ErrorSummary
        kindWord={t('kind.check')}
        heading={t('form.problemHeading', { count: problems.length })}
        problems={problems}
      />
      {state && <SaidBanner name={name} state={state} />}
      {isOpen && (
        <Form onSend={() => void send()}>
          <CertificateFields typed={typed} today={today} problems={problems} onType={setTyped} />
          <ButtonRow>
            <Button type="submit">{t('form.send')}</Button>
            <Button kind="text" onClick={onClose}>
              {t('form.close')}
            </Button>
          </ButtonRow>
        </Form>
      )}
    </Section>
  )
}

interface FieldsProps {
  readonly typed: { readonly certifiedOn: string; readonly number: string }
  readonly today: LocalDate
  readonly problems: readonly FieldProblem[]
  readonly onType: (typed: { readonly certifiedOn: string; readonly number: string }) => void
}

function CertificateFields({ typed, today, problems, onType }: FieldsProps) {
  const t = useTranslation('training')
  const errorOf = (fieldId: string) => problems.find((problem) => problem.fieldId === fieldId)?.text
  return (
    <>
      <p>{t('form.lead')}</p>
      <DateField
        name="certifiedOn"
        label={t('form.certifiedOn')}
        required
        requirement={t('form.required')}
        max={today}
        value={typed.certifiedOn}
        onInput={(certifiedOn) => onType({ ...typed, certifiedOn })}
        error={errorOf('certifiedOn')}
      />
      <TextField
        name="number"
        label={t('form.number')}
        required
        requirement={t('form.required')}
        hint={t('form.numberHint')}
        width="medium"
        autoComplete="off"
        value={typed.number}
        onInput={(number) => onType({ ...typed, number })}
        error={errorOf('number')}
      />
    </>
  )
}

/** The form opens far from the button that was pressed: focus goes to its heading, and the screen with it. */
function Arrive({ at }: { readonly at: string }) {
  useEffect(() => {
    const heading = document.getElementById(at)
    heading?.setAttribute('tabindex', '-1')
    heading?.focus()
  }, [at])
  return null
}

function SaidBanner({ name, state }: { readonly name: string; readonly state: DecisionState }) {
  const t = useTranslation('training')
  if (state.status === 'refused') return null // said on the field
  if (state.status === 'accepted')
    return <Banner kind="success" kindWord={t('kind.done')} heading={t('form.done', { name })} />
  return <Banner kind="info" kindWord={t('kind.notice')} heading={t(`form.${state.status}`, { name })} />
}

function readCertificate(typed: FieldsProps['typed'], today: LocalDate, t: T) {
  const number = readWords(typed.number, CERTIFICATE_NUMBER_MAX)
  const certifiedOn = parseLocalDate(typed.certifiedOn)
  const problems: FieldProblem[] = []
  if (certifiedOn === null) problems.push({ fieldId: 'certifiedOn', text: t('form.problem.day_missing') })
  else if (certifiedOn > today) problems.push({ fieldId: 'certifiedOn', text: t('form.problem.certified_in_future') })
  if (!number.ok) {
    const text = t(`form.problem.${number.error.code}`, { maxLength: CERTIFICATE_NUMBER_MAX })
    problems.push({ fieldId: 'number', text })
  }
  const isWhole = number.ok && certifiedOn !== null && problems.length === 0
  return { problems, certificate: isWhole ? { certifiedOn, number: number.value } : null }
}

const FIELD_OF = {
  learner_unknown: 'number',
  not_a_trainee: 'number',
  already_certified: 'number',
  number_taken: 'number',
  certified_in_future: 'certifiedOn',
} as const satisfies Record<CertifyRefusal['code'], string>

function refusalProblem(code: string, t: T): FieldProblem {
  if (code === 'not_permitted') return { fieldId: 'number', text: t('form.problem.not_permitted') }
  if (!isKnown(code)) return { fieldId: 'number', text: t('form.problem.other') }
  return { fieldId: FIELD_OF[code], text: t(`form.problem.${code}`) }
}

function isKnown(code: string): code is CertifyRefusal['code'] {
  return Object.hasOwn(FIELD_OF, code)
}
