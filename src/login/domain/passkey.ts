import * as v from 'valibot'
import { words } from '#kernel/schema.ts'
import type { InvitationRefusal } from './invitation.ts'
import { STAFF_NAME_MAX } from './staff.ts'

/** What browsers say about passkeys, as WebAuthn Level 3 writes it in JSON. Everything in it is a stranger's until its signature is checked. */

const base64url = (maxLength: number) => v.pipe(v.string(), v.maxLength(maxLength), v.regex(/^[A-Za-z0-9_-]+$/))
export const credentialId = base64url(1400) // at most 1023 bytes, says the standard
const inAnyAnswer = {
  id: credentialId,
  rawId: credentialId,
  type: v.literal('public-key'),
  authenticatorAttachment: v.optional(v.picklist(['platform', 'cross-platform'])),
  clientExtensionResults: v.record(v.string(), v.unknown()),
}

/** `navigator.credentials.create()`, answered. */
export const NewPasskey = v.strictObject({
  ...inAnyAnswer,
  response: v.strictObject({
    clientDataJSON: base64url(4000),
    attestationObject: base64url(40_000),
    authenticatorData: v.optional(base64url(8000)),
    transports: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(20))), v.maxLength(10))),
    publicKeyAlgorithm: v.optional(v.number()),
    publicKey: v.optional(base64url(8000)),
  }),
})
export type NewPasskey = v.InferOutput<typeof NewPasskey>

/** `navigator.credentials.get()`, answered. */
export const SignedQuestion = v.strictObject({
  ...inAnyAnswer,
  response: v.strictObject({
    clientDataJSON: base64url(4000),
    authenticatorData: base64url(8000),
    signature: base64url(4000),
    userHandle: v.optional(v.nullable(base64url(200))),
  }),
})
export type SignedQuestion = v.InferOutput<typeof SignedQuestion>

/** POST /api/sign-in */
export const SignInRequest = v.strictObject({ answer: SignedQuestion })

const token = base64url(100)
/** POST /api/join/options */
export const JoinOptionsRequest = v.strictObject({ token })
/** POST /api/join. `name`: of whoever comes by a set-up link, which names nobody. */
export const JoinRequest = v.strictObject({ token, name: v.nullable(words(STAFF_NAME_MAX)), answer: NewPasskey })
export type JoinRequest = v.InferOutput<typeof JoinRequest>
/** POST /api/account/passkeys */
export const AddPasskeyRequest = v.strictObject({ answer: NewPasskey })
/** POST /api/account/passkeys/remove */
export const RemovePasskeyRequest = v.strictObject({ credentialId })

export type SignInRefusal =
  | { readonly code: 'unreadable_request' }
  /** One answer for a passkey nobody knows, one that was removed, one of somebody who left, and an answer that is not right. */
  | { readonly code: 'sign_in_refused' }

export type JoinRefusal =
  | { readonly code: 'unreadable_request' }
  | InvitationRefusal
  /** The passkey was made for another question, another site, or without asking its owner. */
  | { readonly code: 'passkey_refused' }
  /** Whoever comes by a set-up link says their name. */
  | { readonly code: 'name_missing' }
