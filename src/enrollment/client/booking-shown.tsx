import { formatDay, formatTimeRange } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import { usePage } from '#client/page-context.tsx'
import type { OwnBooking } from '#enrollment/domain/own-booking.ts'
import { formatReceipt } from '#enrollment/domain/receipt-number.ts'
import type { BookingSheet } from '#pages/domain/page.ts'
import { Banner } from '#ui/banner.tsx'
import { DescriptionList } from '#ui/description-list.tsx'
import { Section } from '#ui/heading.tsx'
import { BookingForm } from './booking-form.tsx'

type Shown = Exclude<BookingSheet, { step: 'ask' }>

/** One booking, and the way to give it back: asked once more before anything happens. */
export function BookingShown({ sheet }: { readonly sheet: Shown }) {
  const t = useTranslation('booking')
  const { now } = usePage()
  const { booking, key, step, refusal } = sheet
  const canWithdraw = booking.state !== 'cancelled' && !booking.session.cancelled && booking.session.startsAt > now
  const isAsked = step === 'confirm' && canWithdraw
  return (
    <>
      {isAsked ? (
        <Section id="confirm" heading={t('confirm.heading')}>
          <p>{t('confirm.text')}</p>
          <BookingForm sheet={sheet} hidden={{ ...key, step: 'withdraw' }} button={t('confirm.button')} />
          <BookingForm sheet={sheet} hidden={{ ...key, step: 'look' }} kind="outline" button={t('confirm.back')} />
        </Section>
      ) : (
        <StateBanner booking={booking} isNew={step === 'withdraw'} isBegun={refusal === 'session_begun'} />
      )}
      <BookingFacts booking={booking} />
      {canWithdraw && !isAsked && (
        <Section id="withdraw" heading={t('withdraw.heading')}>
          <p>{t('withdraw.text')}</p>
          <BookingForm
            sheet={sheet}
            hidden={{ ...key, step: 'confirm' }}
            kind="outline"
            button={t('withdraw.button')}
          />
        </Section>
      )}
    </>
  )
}

interface StateProps {
  readonly booking: OwnBooking
  /** It was cancelled just now, here. */
  readonly isNew: boolean
  /** It could not be cancelled any more. */
  readonly isBegun: boolean
}

const KINDS = { enrolled: 'success', waitlisted: 'info', cancelled: 'warning' } as const

/** What a booking is now, and what to do next. */
export function StateBanner({ booking: { state, position, session }, isNew, isBegun }: StateProps) {
  const t = useTranslation('booking')
  const { phone } = usePage().city
  const special = isNew ? 'withdrawn' : isBegun ? 'begun' : session.cancelled ? 'sessionCancelled' : null
  if (special !== null) {
    const kind = isNew ? 'success' : 'warning'
    return (
      <Banner kind={kind} kindWord={t(`kind.${kind}`)} heading={t(`${special}.heading`)}>
        <p>{t(`${special}.text`, { phone })}</p>
      </Banner>
    )
  }
  const kind = KINDS[state]
  return (
    <Banner kind={kind} kindWord={t('kind.info')} heading={t(`state.${state}`, { position: position ?? 1 })}>
      <p>{t(`next.${state}`, { phone })}</p>
    </Banner>
  )
}

/** Day, hall and what to bring. */
export function BookingFacts({ booking: { receiptNumber, session } }: { readonly booking: OwnBooking }) {
  const t = useTranslation('booking')
  const of = useTranslation('sessions')
  const language = useLanguage()
  const { venueName, venueAddress, note } = session
  return (
    <DescriptionList
      items={[
        { term: t('receiptNumber'), detail: formatReceipt(receiptNumber) },
        { term: t('session'), detail: session.title },
        { term: of('session.day'), detail: formatDay(session.heldOn, language), strong: true },
        { term: of('session.time'), detail: formatTimeRange(session.startTime, session.endTime, language) },
        {
          term: of('session.venue'),
          detail: (
            <>
              {venueName}
              {venueAddress !== null && <p>{venueAddress}</p>}
            </>
          ),
        },
        ...(note === null ? [] : [{ term: of('session.note'), detail: note }]),
      ]}
    />
  )
}
