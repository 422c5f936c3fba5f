// source: docs/rules.md#sign-in

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** A browser nobody used for this long has to sign in again. */
export const LOGIN_IDLE_MS = 30 * MINUTE_MS
/** However busy it is, after this long it has to sign in again. */
export const LOGIN_ABSOLUTE_MS = 12 * HOUR_MS
/** The links of demo mode, behind which nobody's data is. */
export const DEMO_LOGIN_MS = 7 * 24 * HOUR_MS
