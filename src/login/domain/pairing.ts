import * as v from 'valibot'
import { uuid } from '#kernel/schema.ts'
import { PAIRING_CODE_DIGITS, PAIRING_TOKEN_BYTES } from './pairing-limits.ts'

/** What a device knows and nobody else: the same pair as in a `SyncRequest`. */
const device = v.strictObject({ id: uuid, secret: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) })

const code = v.pipe(v.string(), v.regex(new RegExp(`^[0-9]{${PAIRING_CODE_DIGITS}}$`)))
const token = v.pipe(v.string(), v.regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((PAIRING_TOKEN_BYTES * 8) / 6)}}$`)))

/** POST /api/pair: this device is from now on the phone of whoever was given these digits, or the link with this token. */
export const PairRequest = v.union([v.strictObject({ device, code }), v.strictObject({ device, token })])
export type PairRequest = v.InferOutput<typeof PairRequest>

/** 200. The name of the person, to greet. */
export interface PairAnswer {
  readonly name: string
}

/** Why a device was not paired. */
export type PairRefusal =
  | { readonly code: 'unreadable_request' }
  /** The secret is not the one this device first came with. */
  | { readonly code: 'device_unknown' }
  /** Wrong, used before, or too old: the same answer for all three. */
  | { readonly code: 'pairing_code_unknown' }
  /** Too many wrong digits: nobody's are looked at for so many seconds. A link still works. */
  | { readonly code: 'too_many'; readonly restS: number }

/** POST /api/pair/leave: whoever holds this phone hands it on. Answers 200 `PairLeaveAnswer`, 400 or 403 as above. */
export const PairLeaveRequest = v.strictObject({ device })
export type PairLeaveRequest = v.InferOutput<typeof PairLeaveRequest>

export interface PairLeaveAnswer {
  /** `false`: it was nobody's phone any more. */
  readonly ended: boolean
}

/** Why a phone is no longer somebody's: lost, the person stopped helping, the phone is another person's now, or it was handed on. */
export type PairingEnd = 'lost' | 'left' | 'changed' | 'signedOut'
