import { useEffect } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import { usePage, usePageData } from '#client/page-context.tsx'
import { BOOKING_FIELDS, type BookingField, type BookingKeyProblem } from '#enrollment/domain/own-booking.ts'
import type { BookingSheet } from '#pages/domain/page.ts'
import { Banner } from '#ui/banner.tsx'
import { ErrorSummary } from '#ui/error-summary.tsx'
import { TextField } from '#ui/field.tsx'
import { Heading } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { BookingForm } from './booking-form.tsx'
import { BookingShown } from './booking-shown.tsx'

/** /booking: a person sees and cancels their own booking. */
export function BookingPage() {
  const t = useTranslation('booking')
  const sheet = useSheet()
  return (
    <Stack>
      <Heading level={1} lead={sheet.step === 'ask' ? t('lead') : undefined}>
        {t('title')}
      </Heading>
      {sheet.step === 'ask' ? <Ask sheet={sheet} /> : <BookingShown sheet={sheet} />}
    </Stack>
  )
}

const left = new WeakSet<object>()
const EMPTY: BookingSheet = { step: 'ask' }

/** What the server answered, until the page is left: whoever comes back here is asked again, and sees nobody's booking. */
function useSheet(): BookingSheet {
  const sent = usePageData('booking')?.sheet ?? EMPTY
  useEffect(
    () => () => {
      if (sent !== EMPTY) left.add(sent)
    },
    [sent],
  )
  return left.has(sent) ? EMPTY : sent
}

function Ask({ sheet }: { readonly sheet: Extract<BookingSheet, { step: 'ask' }> }) {
  const t = useTranslation('booking')
  const { city } = usePage()
  const { form, trouble } = sheet
  const problems = BOOKING_FIELDS.flatMap((field) => {
    const problem = form?.problems[field]
    return problem === undefined ? [] : [{ fieldId: field, text: wordsOf(field, problem) }]
  })

  function wordsOf(field: BookingField, problem: BookingKeyProblem): string {
    return problem === 'empty' ? t(`problem.empty.${field}`) : t(`problem.${problem}`)
  }

  const common = (field: BookingField) =>
    ({
      name: field,
      label: t(field),
      hint: t(`${field}Hint`),
      required: true,
      requirement: t('required'),
      inputMode: 'numeric',
      autoComplete: 'off',
      width: 'medium',
      defaultValue: form?.values[field],
      error: problems.find(({ fieldId }) => fieldId === field)?.text,
    }) as const
  return (
    <>
      {trouble !== undefined && (
        <Banner kind="error" kindWord={t('kind.error')} heading={t(`trouble.${trouble}.heading`)}>
          <p>{t(`trouble.${trouble}.text`, { phone: city.phone })}</p>
        </Banner>
      )}
      <ErrorSummary
        kindWord={t('kind.error')}
        heading={t('problems', { count: problems.length })}
        problems={problems}
      />
      <BookingForm hidden={{ step: 'look' }} button={t('send')}>
        <TextField {...common('receiptNumber')} />
        <TextField {...common('phoneLast4')} />
        <p>
          {t('purpose')}
          {t('needsNetwork')}
        </p>
      </BookingForm>
    </>
  )
}
