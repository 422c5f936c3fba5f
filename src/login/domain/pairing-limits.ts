// source: docs/rules.md#pairing. Apart from the schemas: a phone needs these numbers, and leaves the reading to the server.

/** つなぐための番号: random digits, for one phone. */
export const PAIRING_CODE_DIGITS = 8
/** A code on the organizer's screen. */
export const PAIRING_CODE_SHOWN_MIN = 10
/** A code printed on a sheet that somebody takes home. */
export const PAIRING_CODE_PRINTED_MIN = 72 * 60
/** The link in the square of dots: more than anybody can guess. */
export const PAIRING_TOKEN_BYTES = 16
/** People on the lists of one phone, all together. source: docs/rules.md#rosters-on-phones */
export const PHONE_PEOPLE_MAX = 100
