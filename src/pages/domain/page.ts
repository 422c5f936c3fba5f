import type { EnrollmentValue, EnrollRefusal } from '#enrollment/domain/enrollment.ts'
import type { EnrollmentProblems, TypedEnrollment } from '#enrollment/domain/enrollment-form.ts'
import type { BookingKey, BookingKeyProblems, OwnBooking, TypedBookingKey } from '#enrollment/domain/own-booking.ts'
import type { Instant } from '#kernel/time.ts'
import type { Role } from '#login/domain/roles.ts'
import type { PublicSession } from '#sessions/domain/public-session.ts'
import type { Language } from './language.ts'

/** The city as each page names it. */
export interface City {
  readonly name: string
  /** As people read it: 0996-00-0000. */
  readonly phone: string
}

/** What became of a sign-up sent as a plain form. */
export type EnrollmentAnswer =
  | { readonly status: 'accepted'; readonly value: EnrollmentValue }
  | { readonly status: 'refused'; readonly refusal: EnrollRefusal }

/** A sheet of a form that works without JavaScript. Both travel in it unseen. */
export interface FormSheet {
  /** Names the sheet: sent again, it says the same thing once more and takes no second seat. */
  readonly formId: string
  /** Proves that this server gave the sheet out lately. */
  readonly formToken: string
}

/** What a person does on the page of their own booking: look at it, be asked whether to cancel it, cancel it. */
export const BOOKING_STEPS = ['look', 'confirm', 'withdraw'] as const

/** The page of one's own booking: two fields to fill in, or the booking behind them. */
export type BookingAnswer =
  | {
      readonly step: 'ask'
      readonly form?: { readonly values: TypedBookingKey; readonly problems: BookingKeyProblems }
      readonly trouble?: 'unknown' | 'too_many' | 'old_form'
    }
  | {
      /** The step that was asked for and done. */
      readonly step: (typeof BOOKING_STEPS)[number]
      readonly key: BookingKey
      readonly booking: OwnBooking
      readonly refusal?: 'already_cancelled' | 'session_begun'
    }
export type BookingSheet = FormSheet & BookingAnswer

/** What the server knows for one page. A page that finds nothing here reads from the device. */
export type PageData =
  | { readonly page: 'home'; readonly sessions: readonly PublicSession[] }
  | {
      readonly page: 'session'
      readonly session: PublicSession
      readonly sheet: FormSheet
      /** `isOld`: nothing is wrong with it but its age. */
      readonly form?: {
        readonly values: TypedEnrollment
        readonly problems: EnrollmentProblems
        readonly isOld?: boolean
      }
      readonly answer?: EnrollmentAnswer
    }
  | { readonly page: 'booking'; readonly sheet: BookingSheet }
  /** Pages of staff: the frame comes from the server, the rest from the device. */
  | { readonly page: 'staff' }
  /** The page every other one starts from when there is no network. In no language yet, and for nobody in particular. */
  | { readonly page: 'shell' }
  | { readonly page: 'notFound' }

/** The same on the server, in the page it sends, and in the browser. */
export interface PageContext {
  readonly city: City
  readonly language: Language
  /** Of the address, without `?`: what chooses the page. A form that was posted gives the path of the page it stands on. */
  readonly path: string
  readonly role: Role
  /** Of the server while it renders; later the device's own. */
  readonly now: Instant
  readonly data: PageData | null
}

export interface PageRequest extends PageContext {
  /** Instead of 200, or of 404 where there is no such page. */
  readonly status?: number
}

export interface RenderedPage {
  /** The whole document. */
  readonly html: string
  readonly status: number
}
export type RenderPage = (request: PageRequest) => RenderedPage

/** Addresses of the built files, as the page names them. */
export interface PageAssets {
  readonly script: string
  readonly style: string
}
export type CreateRenderer = (assets: PageAssets) => RenderPage
