import { err, ok, type Result } from '#kernel/result.ts'
import { foldWidth } from '#kernel/width.ts'

// source: docs/rules.md#phone-lock

/** 暗証番号: what a volunteer opens the lists of this phone with. */
const PIN_DIGITS = 6

export type PinProblem = { readonly code: 'empty' | 'not_six_digits' | 'all_same' | 'straight_run' }

/** Digits as people type or paste them: full width, with spaces or hyphens in between. What else is there is left out. */
export function digitsOf(typed: string): string {
  return foldWidth(typed).replace(/\D/g, '')
}

/** A PIN as it was typed to open the lock. */
export function readPin(typed: string): Result<string, PinProblem> {
  const pin = digitsOf(typed)
  if (pin === '') return err({ code: 'empty' })
  return pin.length === PIN_DIGITS ? ok(pin) : err({ code: 'not_six_digits' })
}

/** A new PIN: as above, and not one of those that everybody tries first: 000000, 123456, 654321, 567890. */
export function choosePin(typed: string): Result<string, PinProblem> {
  const pin = readPin(typed)
  if (!pin.ok) return pin
  const [step, ...others] = new Set(stepsOf(pin.value))
  if (others.length > 0) return pin
  if (step === 0) return err({ code: 'all_same' })
  return step === 1 || step === 9 ? err({ code: 'straight_run' }) : pin
}

/** From each digit to the next, 0 following 9 as on the keys of a telephone. */
function stepsOf(pin: string): readonly number[] {
  const digits = Array.from(pin, Number)
  return digits.slice(1).map((digit, index) => (digit - (digits[index] ?? 0) + 10) % 10)
}
