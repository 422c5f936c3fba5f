import * as v from 'valibot'
import { foldWidth } from '#kernel/width.ts'
import type { StaffRole } from './roles.ts'

// source: docs/rules.md#second-way
/** 職員の番号, on the sheet. Never a leading zero. */
export const STAFF_NUMBER_DIGITS = 6
/** 紙の番号: one of ten, each good once. */
export const SHEET_CODE_DIGITS = 8
export const SHEET_CODE_COUNT = 10
/** 変わる番号 (TOTP, RFC 6238), as every app for it expects. */
export const CHANGING_CODE_DIGITS = 6
export const STEP_S = 30
/** Steps before and after the running one: a clock may be half a minute wrong. */
export const STEPS_AROUND = 1
/** A sheet that nobody has confirmed by a code is of no use after this. */
export const CONFIRM_WITHIN_MS = 30 * 60_000

const digits = (count: number) => v.pipe(v.string(), v.regex(new RegExp(`^[0-9]{${count}}$`)))

/** POST /api/sign-in/second-way */
export const SecondWayEntry = v.strictObject({
  staffNumber: digits(STAFF_NUMBER_DIGITS),
  sheetCode: digits(SHEET_CODE_DIGITS),
  changingCode: digits(CHANGING_CODE_DIGITS),
})
export type SecondWayEntry = v.InferOutput<typeof SecondWayEntry>
export const SECOND_WAY_FIELDS = ['staffNumber', 'sheetCode', 'changingCode'] as const
export type SecondWayField = (typeof SECOND_WAY_FIELDS)[number]

/** POST /api/admin/staff/:id/second-way/confirm */
export const ConfirmSecondWay = v.strictObject({ changingCode: digits(CHANGING_CODE_DIGITS) })

/** The sheet, answered once and kept nowhere in this form. */
export interface SecondWaySheet {
  readonly staffNumber: string
  readonly sheetCodes: readonly string[]
  /** Base32, for typing into an app. */
  readonly secret: string
  /** `otpauth://totp/…`, for the QR code. */
  readonly uri: string
}

/** In. */
export interface EnterAnswer {
  readonly role: StaffRole
}

/** One answer for whatever is wrong: nobody learns which staff numbers there are. */
export type EnterRefusal =
  | { readonly code: 'second_way_wrong' | 'unreadable_request' }
  | { readonly code: 'too_many'; readonly restS: number }

export type SecondWayRefusal = {
  readonly code: 'staff_unknown' | 'staff_disabled' | 'own_second_way' | 'second_way_unknown' | 'second_way_wrong'
}

export type EntryProblems = Partial<Readonly<Record<SecondWayField, 'empty' | 'wrong_length'>>>

const LENGTHS: Readonly<Record<SecondWayField, number>> = {
  staffNumber: STAFF_NUMBER_DIGITS,
  sheetCode: SHEET_CODE_DIGITS,
  changingCode: CHANGING_CODE_DIGITS,
}

/** Digits as typed: full width, blanks and hyphens are no mistake. */
export function readDigits(text: string): string {
  return foldWidth(text).replace(/[\s\-‐‑–—―−ーｰ]/gu, '')
}

/** What is the matter with the three numbers as they were typed; empty when they can be sent. */
export function assessEntry(typed: SecondWayEntry): EntryProblems {
  const problems: { [Field in SecondWayField]?: 'empty' | 'wrong_length' } = {}
  for (const field of SECOND_WAY_FIELDS) {
    const read = readDigits(typed[field])
    if (read === '') problems[field] = 'empty'
    else if (!/^\d+$/.test(read) || read.length !== LENGTHS[field]) problems[field] = 'wrong_length'
  }
  return problems
}

/** 1234-5678, in two halves that can be read aloud. */
export function formatSheetCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`
}
