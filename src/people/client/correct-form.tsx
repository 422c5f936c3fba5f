import { useEffect, useState } from 'preact/hooks'
import { type Translate, useTranslation } from '#client/i18n.ts'
import {
  PERSON_FIELDS,
  type PersonProblems,
  type PersonWords,
  readCorrection,
  type TypedPerson,
} from '#people/domain/correction-form.ts'
import type { PersonReason } from '#people/domain/person-change.ts'
import { Button, ButtonRow } from '#ui/button.tsx'
import { ErrorSummary, type FieldProblem } from '#ui/error-summary.tsx'
import { TextField } from '#ui/field.tsx'
import { Form } from '#ui/form.tsx'
import { Section } from '#ui/heading.tsx'
import { ReasonField } from './reason-field.tsx'

interface Props {
  readonly person: PersonWords
  readonly onSend: (corrected: PersonWords, reason: PersonReason) => void
  readonly onClose: () => void
}

/** 訂正: the same three fields as at sign-up, with what is held now, and why it changes. */
export function CorrectForm({ person, onSend, onClose }: Props) {
  const t = useTranslation('people')
  const [typed, setTyped] = useState<TypedPerson>({
    name: person.name ?? '',
    nameKana: person.nameKana,
    phone: person.phone ?? '',
  })
  const [reason, setReason] = useState<PersonReason | null>(null)
  const [problems, setProblems] = useState<readonly FieldProblem[]>([])
  useEffect(arrive, [])
  const errorOf = (fieldId: string) => problems.find((problem) => problem.fieldId === fieldId)?.text

  function send(): void {
    const read = readCorrection(typed, person)
    const missing = reason === null ? [{ fieldId: 'correct-reason', text: t('reason.missing') }] : []
    const found = [...(read.ok ? [] : wordsOf(read.error, t)), ...missing]
    setProblems(found)
    if (read.ok && reason !== null) onSend(read.value, reason)
  }

  return (
    <Section id="correct" heading={t('correct.heading')}>
      <p>{t('correct.lead')}</p>
      <ErrorSummary
        kindWord={t('kind.check')}
        heading={t('correct.problemHeading', { count: problems.length })}
        problems={problems}
      />
      <Form onSend={send}>
        {PERSON_FIELDS.map((field) => {
          const isOptional = field !== 'nameKana' && person[field] === null
          return (
            <TextField
              key={field}
              name={field}
              type={field === 'phone' ? 'tel' : 'text'}
              label={t(`person.${field}`)}
              required={!isOptional}
              requirement={t(isOptional ? 'optional' : 'required')}
              autoComplete="off"
              value={typed[field]}
              onInput={(text) => setTyped({ ...typed, [field]: text })}
              error={errorOf(field)}
            />
          )
        })}
        <ReasonField
          id="correct-reason"
          value={reason}
          isMissing={errorOf('correct-reason') !== undefined && reason === null}
          onChoose={setReason}
        />
        <ButtonRow>
          <Button type="submit">{t('correct.send')}</Button>
          <Button kind="text" onClick={onClose}>
            {t('correct.close')}
          </Button>
        </ButtonRow>
      </Form>
    </Section>
  )
}

function wordsOf(found: PersonProblems, t: Translate<'people'>): readonly FieldProblem[] {
  return PERSON_FIELDS.flatMap((field) => {
    const problem = found[field]
    if (problem === undefined) return []
    return [{ fieldId: field, text: t(`problem.${problem.code}`, { field: t(`person.${field}`), ...problem }) }]
  })
}

/** The form opens away from the button that was pressed: focus goes to its heading, and the screen with it. */
function arrive(): void {
  const heading = document.getElementById('correct')
  heading?.setAttribute('tabindex', '-1')
  heading?.focus()
}
