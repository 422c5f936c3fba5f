import { useEffect, useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import { useDevice, usePage, usePageData } from '#client/page-context.tsx'
import { BOOKING_FIELDS, type BookingField, type BookingKeyProblem } from '#enrollment/domain/own-booking.ts'
import type { BookingSheet } from '#pages/domain/page.ts'
import { Banner } from '#ui/banner.tsx'
import { ErrorSummary } from '#ui/error-summary.tsx'
import { TextField } from '#ui/field.tsx'
import { Heading } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { BookingForm } from './booking-form.tsx'
import { BookingShown } from './booking-shown.tsx'
import { DeviceBooking } from './device-booking.tsx'

/** /booking: a person sees and cancels their own booking. */
export function BookingPage() {
  const t = useTranslation('booking')
  const device = useDevice()
  const sheet = useSheet()
  const { chosen, forget } = useChosen()
  if (device !== null && chosen !== null && sheet.step === 'ask') {
    return (
      <Stack>
        <Heading level={1}>{t('title')}</Heading>
        <DeviceBooking device={device} enrollmentId={chosen} ask={<Ask sheet={sheet} />} onOther={forget} />
      </Stack>
    )
  }
  return (
    <Stack>
      <Heading level={1} lead={sheet.step === 'ask' ? t('lead') : undefined}>
        {t('title')}
      </Heading>
      {sheet.step === 'ask' ? <Ask sheet={sheet} /> : <BookingShown sheet={sheet} />}
    </Stack>
  )
}

/** The booking of this device that a link has named behind `#`, which no server is told. */
function useChosen(): { readonly chosen: string | null; readonly forget: () => void } {
  const [chosen, setChosen] = useState<string | null>(null)
  useEffect(() => setChosen(window.location.hash.slice(1) || null), [])
  return {
    chosen,
    forget() {
      window.history.replaceState(null, '', '/booking')
      setChosen(null)
    },
  }
}

const left = new WeakSet<object>()
const EMPTY: BookingSheet = { step: 'ask', formId: '', formToken: '' }

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
      <BookingForm sheet={sheet} hidden={{ step: 'look' }} button={t('send')}>
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
