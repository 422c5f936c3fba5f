// source: docs/rules.md#sign-in

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** A browser nobody used for this long has to sign in again. */
export const LOGIN_IDLE_MS = 30 * MINUTE_MS
/** However busy it is, after this long it has to sign in again. */
export const LOGIN_ABSOLUTE_MS = 12 * HOUR_MS
/** The links of demo mode, behind which nobody's data is. */
export const DEMO_LOGIN_MS = 7 * 24 * HOUR_MS

/** Whoever changes how they come in has signed in this recently: a machine left open for a moment is not enough. */
export const LOGIN_FRESH_MS = 10 * MINUTE_MS

/** A question that a passkey signs waits this long for its answer. source: docs/rules.md#sign-in */
export const CHALLENGE_MS = 5 * MINUTE_MS

/** Of the first 管理者, of a colleague, of whoever lost every way in. */
export type InvitationPurpose = 'setUp' | 'join' | 'recover'
/** How long a link for one use is good. source: docs/rules.md#invitations */
export const INVITATION_MS: Readonly<Record<InvitationPurpose, number>> = {
  setUp: 24 * HOUR_MS,
  join: 72 * HOUR_MS,
  recover: HOUR_MS,
}

/** Whoever asks that a colleague is let in anew has to find a second person within this time. source: docs/rules.md#recovery */
export const RECOVERY_ASK_MS = 24 * HOUR_MS
