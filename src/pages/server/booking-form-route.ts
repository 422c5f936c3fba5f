import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { BOOKING_FIELDS, type BookingKey, type OwnBooking, readBookingKey } from '#enrollment/domain/own-booking.ts'
import type { Uuid } from '#kernel/uuid.ts'
import { BOOKING_STEPS, type BookingAnswer } from '#pages/domain/page.ts'
import type { RateLimits } from '#server/rate-limits.ts'
import type { Operation } from '#sync/domain/protocol.ts'
import { idOf } from './form-id.ts'
import { makeFormSheet, readFormSheet } from './form-token.ts'
import { type PagesKit, showPage } from './pages-kit.ts'

const FORM_MAX_BYTES = 16 * 1024
const PATH = '/booking'
/** A fresh sheet, for a page that a device has drawn by itself. */
const SHEET_HEADER = 'Form-Sheet'

interface Bookings {
  readonly tryBooking: RateLimits['tryBooking']
  /** The booking behind a key; `null` when any part of it is wrong. */
  readonly lookUp: (key: BookingKey) => Promise<OwnBooking | null>
}

interface Sheet {
  readonly key: BookingKey
  readonly step: (typeof BOOKING_STEPS)[number]
  readonly formId: Uuid
}

/** GET and POST /booking: a person sees and cancels their own booking, without an account and without JavaScript. What they type
 *  travels in the body only, and each step asks for it again: nothing is remembered in between. A sheet that lay about for days comes
 *  back filled in, and is sent by pressing once more. */
export function bookingFormRoute(kit: PagesKit, bookings: Bookings): Hono {
  const show = async (c: Context, answer: BookingAnswer, status = 200): Promise<Response> => {
    const sheet = { ...answer, ...makeFormSheet(kit, 'booking') }
    const page = await showPage(c, kit, { page: 'booking', sheet }, { path: PATH, status })
    page.headers.set(SHEET_HEADER, `${sheet.formId} ${sheet.formToken}`)
    return page
  }
  const onError = (c: Context) => show(c, { step: 'ask' }, 413)
  return new Hono()
    .get(PATH, (c) => show(c, { step: 'ask' }))
    .post(PATH, bodyLimit({ maxSize: FORM_MAX_BYTES, onError }), async (c) => {
      const sent: Record<string, unknown> = await c.req.parseBody().catch(() => ({}))
      const [receiptNumber = '', phoneLast4 = ''] = BOOKING_FIELDS.map((field) => textOf(sent[field]))
      const values = { receiptNumber, phoneLast4 }
      const read = readBookingKey(values)
      if (!read.ok) return show(c, { step: 'ask', form: { values, problems: read.error } }, 400)
      const key = read.value
      const formId = readFormSheet(kit, 'booking', sent)
      if (formId === null) return show(c, { step: 'ask', form: { values, problems: {} }, trouble: 'old_form' }, 403)
      const tried = await bookings.tryBooking(c, key.receiptNumber)
      if (tried.restS !== null) {
        const page = await show(c, { step: 'ask', form: { values, problems: {} }, trouble: 'too_many' }, 429)
        page.headers.set('Retry-After', String(tried.restS))
        return page
      }
      const sheet = { key, step: stepOf(sent['step']), formId }
      const { answer, status } = await answerTo(sheet, kit, bookings)
      if (answer.step === 'ask') return show(c, { ...answer, form: { values, problems: {} } }, status)
      await tried.giveBack()
      return show(c, answer, status)
    })
}

async function answerTo(
  { key, step, formId }: Sheet,
  kit: PagesKit,
  { lookUp }: Bookings,
): Promise<{ readonly answer: BookingAnswer; readonly status: number }> {
  const unknown = { answer: { step: 'ask', trouble: 'unknown' }, status: 404 } as const
  const refusal = step === 'withdraw' ? await withdraw(key, formId, kit) : null
  if (refusal === 'booking_unknown') return unknown
  const booking = await lookUp(key)
  if (booking === null) return unknown
  const held = { key, booking }
  if (step !== 'withdraw') return { answer: { step, ...held }, status: 200 }
  if (refusal === null) return { answer: { step, ...held }, status: 200 }
  return { answer: { step: 'look', ...held, refusal }, status: 409 }
}

type Refused = 'booking_unknown' | 'already_cancelled' | 'session_begun'

/** Says the operation. The same sheet sent twice is the same operation and has the same answer. */
async function withdraw(key: BookingKey, formId: Uuid, kit: PagesKit): Promise<Refused | null> {
  const id = idOf([formId, 'enrollment.withdraw', key.receiptNumber, key.phoneLast4])
  const operation: Operation = { id, seq: 1, at: kit.now(), name: 'enrollment.withdraw', payload: key }
  const outcome = await kit.submit(operation, formId)
  if (outcome.status === 'accepted') return null
  const code = outcome.status === 'refused' ? outcome.refusal.code : outcome.status
  if (code === 'booking_unknown' || code === 'already_cancelled' || code === 'session_begun') return code
  throw new Error(`A cancellation was answered with ${code}`)
}

function stepOf(sent: unknown): Sheet['step'] {
  return BOOKING_STEPS.find((step) => step === sent) ?? 'look'
}

function textOf(sent: unknown): string {
  return typeof sent === 'string' ? sent : ''
}
