import { PAIRING_CODE_DIGITS, PAIRING_TOKEN_BYTES } from './pairing-limits.ts'
import { digitsOf } from './pin.ts'

const TOKEN = new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((PAIRING_TOKEN_BYTES * 8) / 6)}}$`)
const GROUP = 4

/** The eight digits as somebody typed or pasted them; `null` = too few or too many. */
export function readPairingCode(typed: string): string | null {
  const code = digitsOf(typed)
  return code.length === PAIRING_CODE_DIGITS ? code : null
}

/** What an address brings behind its `#`; `null` when it is no token of ours. */
export function readPairingToken(hash: string): string | null {
  const token = hash.replace(/^#/, '')
  return TOKEN.test(token) ? token : null
}

/** 「1234 5678」 while it is typed from left to right. Whoever corrects something in the middle is left alone: the cursor would jump. */
export function groupDigits(before: string, typed: string): string {
  const isAppended = typed.length > before.length && typed.startsWith(before)
  const digits = digitsOf(typed)
  if (!isAppended || digits.length <= GROUP) return typed
  return `${digits.slice(0, GROUP)} ${digits.slice(GROUP)}`
}
