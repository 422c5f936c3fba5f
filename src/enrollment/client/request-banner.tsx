import type { ComponentChildren } from 'preact'
import { formatInstant } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import { usePage } from '#client/page-context.tsx'
import type { EnrollmentId, EnrollRefusal } from '#enrollment/domain/enrollment.ts'
import { formatReceipt } from '#enrollment/domain/receipt-number.ts'
import { Banner } from '#ui/banner.tsx'
import { BookingLink } from './booking-link.tsx'
import css from './request-banner.module.css'
import type { RequestState } from './my-requests.ts'

interface Props {
  readonly state: RequestState
  /** Of a sign-up that this device holds. */
  readonly enrollmentId?: EnrollmentId
  /** Whose sign-up it is, when there may be several. */
  readonly name: string | null
  /** `false` for one that stood on the page when it was opened. */
  readonly announce?: boolean
  /** What to do next: a link to the session, for example. */
  readonly children?: ComponentChildren
}

const KINDS = {
  waiting: 'info',
  held: 'warning',
  enrolled: 'success',
  waitlisted: 'info',
  cancelled: 'warning',
  refused: 'error',
} as const

/** The answer to a sign-up, the most important words first: is there a seat, and which number to say on the phone. */
export function RequestBanner({ state, enrollmentId, name, announce = false, children }: Props) {
  const t = useTranslation('enrollment')
  const { status } = state
  const heading = status === 'waitlisted' ? t('state.waitlisted', { position: state.position }) : t(`state.${status}`)
  return (
    <Banner kind={KINDS[status]} kindWord={t(`kind.${KINDS[status]}`)} heading={heading} announce={announce}>
      {name !== null && <p>{t('of', { name })}</p>}
      {'receiptNumber' in state && (
        <p class={css.receipt}>
          {t('receipt')} <strong class={css.number}>{formatReceipt(state.receiptNumber)}</strong>
        </p>
      )}
      {status === 'refused' ? <RefusalWords refusal={state.refusal} /> : <p>{t(`next.${status}`)}</p>}
      {children}
      {(status === 'enrolled' || status === 'waitlisted') && <BookingLink enrollmentId={enrollmentId} />}
    </Banner>
  )
}

const WORDED = ['session_unknown', 'session_cancelled', 'deadline_passed', 'already_enrolled'] as const

function RefusalWords({ refusal }: { readonly refusal: { readonly code: string } }) {
  const t = useTranslation('enrollment')
  const language = useLanguage()
  const { city } = usePage()
  const code = WORDED.find((one) => one === refusal.code) ?? 'other'
  const until = code === 'deadline_passed' ? (refusal as Extract<EnrollRefusal, { code: 'deadline_passed' }>) : null
  return (
    <p>
      {t(`refusal.${code}`, {
        until: until === null ? '' : formatInstant(until.enrollUntil, language),
        phone: city.phone,
      })}
    </p>
  )
}
