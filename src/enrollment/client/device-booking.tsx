import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import type { LocalDb } from '#client/local-db.ts'
import { type Device, usePage } from '#client/page-context.tsx'
import { readRecord } from '#client/records.ts'
import { useDecision } from '#client/use-decision.ts'
import { useLive } from '#client/use-live.ts'
import { readWaiting } from '#client/waiting.ts'
import type { OwnBooking } from '#enrollment/domain/own-booking.ts'
import type { Instant } from '#kernel/time.ts'
import type { OperationOf } from '#sync/domain/protocol.ts'
import { Arrival } from '#ui/arrival.tsx'
import { Banner, News } from '#ui/banner.tsx'
import { Button } from '#ui/button.tsx'
import { Section } from '#ui/heading.tsx'
import { BookingFacts, StateBanner } from './booking-shown.tsx'
import { readMyRequests } from './my-requests.ts'
import { readDigits, useForgetPastDigits } from './own-booking-key.ts'

interface Props {
  readonly device: Device
  readonly enrollmentId: string
  /** What stands there instead when this device does not hold the booking, or not what is needed to give it back. */
  readonly ask: ComponentChildren
  /** Leaves this booking, for another one's number. */
  readonly onOther: () => void
}

/** A booking that was made on this device: shown without typing anything and without a network, given back in two taps. */
export function DeviceBooking({ device, enrollmentId, ask, onOther }: Props) {
  const t = useTranslation('booking')
  useForgetPastDigits(device.db)
  const held = useLive(device.db, (live) => readDeviceBooking(live, enrollmentId), [enrollmentId])
  if (held === undefined) return null
  if (held === null) return <>{ask}</>
  return (
    <>
      <Shown key={enrollmentId} device={device} held={held} />
      {held.phoneLast4 === null && held.booking.state !== 'cancelled' && ask}
      <Button kind="text" size="small" onClick={onOther}>
        {t('own.other')}
      </Button>
    </>
  )
}

interface Held {
  readonly booking: OwnBooking
  /** What taking it back needs besides its number; `null` = not on this device. */
  readonly phoneLast4: string | null
  /** Taken back here, and not answered yet. */
  readonly withdrawal: 'waiting' | 'held' | null
}

async function readDeviceBooking(db: Pick<LocalDb, 'read'>, enrollmentId: string): Promise<Held | null> {
  const request = (await readMyRequests(db)).find((one) => one.enrollmentId === enrollmentId)
  if (request === undefined || !('receiptNumber' in request.state)) return null
  const session = (await readRecord(db, 'public', 'publicSession', request.sessionId))?.body
  if (session === undefined) return null
  const { status: state, receiptNumber } = request.state
  const position = 'position' in request.state ? request.state.position : null
  const said = await readWaiting(db, ['enrollment.withdraw'])
  const withdrawal = said.find(({ operation }) => operation.payload.receiptNumber === receiptNumber)
  return {
    booking: { receiptNumber, state, position, session },
    phoneLast4: await readDigits(db, request.enrollmentId),
    withdrawal: withdrawal === undefined ? null : withdrawal.state === 'waiting' ? 'waiting' : 'held',
  }
}

const nothing = (): void => {}

/** What became of taking it back, and the way to do so; `null` when there is none. */
function useWithdrawal({ db, recorder }: Device, held: Held) {
  const { now } = usePage()
  const { state, follow } = useDecision<OperationOf<'enrollment.withdraw'>>(db, nothing)
  const [isFailed, setFailed] = useState(false)
  const refusal = state?.status === 'refused' ? state.refusal.code : null
  const { booking, withdrawal } = held

  async function withdraw(phoneLast4: string): Promise<void> {
    setFailed(false)
    try {
      follow(await recorder.record('enrollment.withdraw', { receiptNumber: booking.receiptNumber, phoneLast4 }))
    } catch {
      setFailed(true)
    }
  }

  const digits = digitsToGiveBack(held, now)
  const trouble = isOtherRefusal(refusal) ? 'held' : withdrawal
  return {
    trouble: isFailed ? 'failed' : trouble,
    isNew: state?.status === 'accepted' && booking.state === 'cancelled',
    isBegun: refusal === 'session_begun',
    withdraw: digits === null ? null : () => void withdraw(digits),
  } as const
}

/** `null`: it cannot be given back here, or not any more, or that is under way already. */
function digitsToGiveBack({ booking, phoneLast4, withdrawal }: Held, now: Instant): string | null {
  if (booking.state === 'cancelled' || booking.session.cancelled || booking.session.startsAt <= now) return null
  return withdrawal === null ? phoneLast4 : null
}

/** `already_cancelled` shows by itself, and `session_begun` has words of its own. */
function isOtherRefusal(code: string | null): boolean {
  return code !== null && code !== 'already_cancelled' && code !== 'session_begun'
}

function Shown({ device, held }: { readonly device: Device; readonly held: Held }) {
  const t = useTranslation('booking')
  const { city } = usePage()
  const { trouble, isNew, isBegun, withdraw } = useWithdrawal(device, held)
  const [step, setStep] = useState<'look' | 'confirm' | 'back'>('look')
  const isAsked = step === 'confirm' && withdraw !== null
  const kind = trouble === 'waiting' ? 'info' : 'warning'

  function confirm(): void {
    withdraw?.()
    setStep('back')
  }

  return (
    <Arrival key={step}>
      <News>
        {trouble !== null && (
          <Banner kind={kind} kindWord={t(`kind.${kind}`)} heading={t(`own.${trouble}.heading`)} announce={false}>
            <p>{t(`own.${trouble}.text`, { phone: city.phone })}</p>
          </Banner>
        )}
      </News>
      {isAsked ? (
        <Confirm onConfirm={confirm} onBack={() => setStep('back')} />
      ) : (
        <StateBanner booking={held.booking} isNew={isNew} isBegun={isBegun} />
      )}
      <BookingFacts booking={held.booking} />
      {!isAsked && withdraw !== null && (
        <Section id="withdraw" heading={t('withdraw.heading')}>
          <p>{t('withdraw.text')}</p>
          <Button kind="outline" wide onClick={() => setStep('confirm')}>
            {t('withdraw.button')}
          </Button>
        </Section>
      )}
    </Arrival>
  )
}

function Confirm({ onConfirm, onBack }: { readonly onConfirm: () => void; readonly onBack: () => void }) {
  const t = useTranslation('booking')
  return (
    <Section id="confirm" heading={t('confirm.heading')}>
      <p>{t('confirm.text')}</p>
      <Button wide onClick={onConfirm}>
        {t('confirm.button')}
      </Button>
      <Button kind="outline" wide onClick={onBack}>
        {t('confirm.back')}
      </Button>
    </Section>
  )
}
