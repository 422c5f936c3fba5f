import { toHiragana } from '#kernel/kana.ts'

/** The same key means the same person asking again: ふりがな without blanks, and the phone number. Voicing counts: さとう and
 *  さどう on one phone are two people, as are a couple with different given names. `phone` is digits, as `parsePhone` makes it. */
export function learnerKey(kana: string, phone: string): string {
  return `${toHiragana(kana).replace(/[・\s]/g, '')}:${phone}`
}
