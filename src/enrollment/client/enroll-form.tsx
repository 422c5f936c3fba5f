import type { RefObject } from 'preact'
import { useTranslation } from '#client/i18n.ts'
import { type EnrollmentField, type TypedEnrollment } from '#enrollment/domain/enrollment-form.ts'
import type { PersonTextProblem } from '#people/domain/person-text.ts'
import type { FormSheet } from '#pages/domain/page.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { Button } from '#ui/button.tsx'
import { ErrorSummary } from '#ui/error-summary.tsx'
import { TextField } from '#ui/field.tsx'
import { Form } from '#ui/form.tsx'
import { SheetFields } from './sheet-fields.tsx'

export type FormProblems = readonly { readonly field: EnrollmentField; readonly problem: PersonTextProblem }[]

interface Props {
  readonly sessionId: SessionId
  readonly sheet: FormSheet | undefined
  readonly values: TypedEnrollment | undefined
  readonly problems: FormProblems
  readonly full: boolean
  readonly formRef?: RefObject<HTMLFormElement | null>
  readonly onType?: (typed: TypedEnrollment) => void
  readonly onSend?: (typed: TypedEnrollment) => void
}

/** The three things we ask, and nothing else. A real form: it works before and without any program in the page. */
export function EnrollForm({ sessionId, sheet, values, problems, full, formRef, onType, onSend }: Props) {
  const t = useTranslation('enrollment')
  const words = problems.map(({ field, problem }) => ({ fieldId: field, text: wordsOf(field, problem) }))
  const errorOf = (field: EnrollmentField) => words.find((word) => word.fieldId === field)?.text

  function wordsOf(field: EnrollmentField, problem: PersonTextProblem): string {
    return problem.code === 'empty' ? t(`problem.empty.${field}`) : t(`problem.${problem.code}`, { ...problem })
  }

  const common = { required: true, requirement: t('form.required') } as const
  return (
    <>
      <ErrorSummary kindWord={t('kind.error')} heading={t('form.problems', { count: words.length })} problems={words} />
      <Form
        action={`/sessions/${sessionId}/enroll`}
        formRef={formRef}
        onType={onType && ((form) => onType(typedIn(form)))}
        onSend={onSend && ((form) => onSend(typedIn(form)))}
      >
        <SheetFields sheet={sheet} />
        <TextField
          {...common}
          name="name"
          label={t('form.name')}
          hint={t('form.nameHint')}
          autoComplete="name"
          defaultValue={values?.name}
          error={errorOf('name')}
        />
        <TextField
          {...common}
          name="nameKana"
          label={t('form.nameKana')}
          hint={t('form.nameKanaHint')}
          autoComplete="off"
          defaultValue={values?.nameKana}
          error={errorOf('nameKana')}
        />
        <TextField
          {...common}
          name="phone"
          type="tel"
          inputMode="tel"
          width="medium"
          label={t('form.phone')}
          hint={t('form.phoneHint')}
          autoComplete="tel-national"
          defaultValue={values?.phone}
          error={errorOf('phone')}
        />
        <p>{t('form.purpose')}</p>
        <Button type="submit" wide>
          {full ? t('form.sendFull') : t('form.send')}
        </Button>
      </Form>
    </>
  )
}

function typedIn(form: HTMLFormElement): TypedEnrollment {
  const data = new FormData(form)
  const text = (field: EnrollmentField): string => {
    const value = data.get(field)
    return typeof value === 'string' ? value : ''
  }
  return { name: text('name'), nameKana: text('nameKana'), phone: text('phone') }
}
