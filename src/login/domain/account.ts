import * as v from 'valibot'
import { uuid } from '#kernel/schema.ts'
import type { Instant } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { StaffRole } from './roles.ts'

/** GET /api/account: how somebody comes in, and where they are in. Only ever about whoever asks. */
export interface AccountAnswer {
  readonly name: string
  readonly role: StaffRole
  /** Oldest first. */
  readonly passkeys: readonly AccountPasskey[]
  /** The one that asks first, then the latest. */
  readonly logins: readonly AccountLogin[]
}

export interface AccountPasskey {
  readonly credentialId: string
  /** The browser it was made in. */
  readonly label: string
  readonly createdAt: Instant
  readonly lastUsedAt: Instant | null
}

export interface AccountLogin {
  readonly loginId: Uuid
  readonly browser: string
  readonly openedAt: Instant
  readonly lastSeenAt: Instant | null
  /** The browser that asks. */
  readonly isThis: boolean
}

/** POST /api/account/logins/end. `null`: all but the one that asks. */
export const EndLoginsRequest = v.strictObject({ loginId: v.nullable(uuid) })

/** POST /api/sign-out. `clear`: nothing unsent is on the device, so that everything kept there may go. */
export const SignOutRequest = v.strictObject({ clear: v.boolean() })

export type AccountRefusal =
  | { readonly code: 'unreadable_request' }
  /** Roles of demo mode are nobody. */
  | { readonly code: 'account_unknown' }
  /** The sign-in is some minutes old: once more, then it goes. */
  | { readonly code: 'sign_in_again' }
  | { readonly code: 'passkey_refused' }
  | { readonly code: 'passkey_unknown' }
  /** The last way in is not given up. */
  | { readonly code: 'last_way_in' }
