const CONTROL =
  // oxlint-disable-next-line no-control-regex -- the point is to find them
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200B\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]/u
const LONE_SURROGATE = /\p{Surrogate}/u

/** Whether a text has characters that no keyboard gives and no printer shows: controls, direction marks, half a surrogate. */
export function hasUnprintable(text: string): boolean {
  return CONTROL.test(text) || LONE_SURROGATE.test(text)
}
