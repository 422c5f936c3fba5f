import { toHiragana } from '#kernel/kana.ts'
import { err, ok, type Result } from '#kernel/result.ts'
import { hasUnprintable } from '#kernel/unprintable.ts'
import { foldWidth } from '#kernel/width.ts'

/** Why a name, ふりがな or phone number cannot be taken as typed. A page says what to do about each. */
export type PersonTextProblem =
  | { readonly code: 'empty' }
  | { readonly code: 'too_long'; readonly limitCount: number }
  | { readonly code: 'unreadable_character' }
  | { readonly code: 'not_kana' }
  | { readonly code: 'not_a_phone' }

export const NAME_MAX = 60 // the same limits as the schemas in learner.ts
export const KANA_MAX = 80

// Private-use signs (外字) print only on the machine that made them; U+FE0F and U+20E3 turn letters into pictures.
const NOT_IN_A_NAME =
  /[\t\n\r\p{Co}\uFFFD\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}]|\uFE0F|\u20E3/u
const INVISIBLE = /[\s\p{Default_Ignorable_Code_Point}]/gu

/** 氏名 as typed, byte for byte except outer blanks: 髙, 﨑, 𠮷 and U+FA19 stay what they are, so never normalize it. */
export function parseName(text: string): Result<string, PersonTextProblem> {
  const name = text.trim()
  if (hasUnprintable(name) || NOT_IN_A_NAME.test(name)) return err({ code: 'unreadable_character' })
  if (name.replace(INVISIBLE, '') === '') return err({ code: 'empty' })
  return name.length > NAME_MAX ? err({ code: 'too_long', limitCount: NAME_MAX }) : ok(name)
}

/** ふりがな in hiragana with single blanks, from hiragana or katakana of any width. A dash after kana is meant as ー. */
export function parseKana(text: string): Result<string, PersonTextProblem> {
  const kana = toHiragana(text)
    .replace(/(?<=[ぁ-ゖー])[-－‐‑–—―−]/gu, 'ー')
    .replace(/\s+/gu, ' ')
    .trim()
  if (kana === '') return err({ code: 'empty' })
  if (hasUnprintable(kana)) return err({ code: 'unreadable_character' })
  if (!/^[ぁ-ゖー・ ]+$/u.test(kana) || !/[ぁ-ゖ]/u.test(kana)) return err({ code: 'not_kana' })
  return kana.length > KANA_MAX ? err({ code: 'too_long', limitCount: KANA_MAX }) : ok(kana)
}

const PHONE_SEPARATORS = /[\s()[\]〔〕.・/\-‐‑‒–—―−ーｰ]/gu

/** A Japanese telephone number as digits: full-width, any dash, brackets and +81 are understood. Eleven digits belong to
 *  mobile, IP and 0800 numbers, ten to all others, so one missing digit is noticed while the person can still say it. */
export function parsePhone(text: string): Result<string, PersonTextProblem> {
  if (text.trim() === '') return err({ code: 'empty' })
  const digits = foldWidth(text)
    .replace(PHONE_SEPARATORS, '')
    .replace(/^\+810?/, '0')
  return /^0(?:[5-9]0\d{8}|(?![5-9]0)[1-9]\d{8})$/.test(digits) ? ok(digits) : err({ code: 'not_a_phone' })
}

// Area codes of four digits in 九州・沖縄, where 0996 is. Elsewhere 3-3-4 is a readable guess; the digits are what is kept.
const FOUR_DIGIT_AREA = /^0(?:930|94[02-46-9]|95[024-79]|96[4-9]|97[2-47-9]|98[02-7]|99[3-7])/
const FREE_OR_SPECIAL = /^(?:0120|0570|0180|0990)/

/** A stored phone number in groups for reading aloud: 090-1234-5678, 0996-33-5678, 0120-123-456, 03-1234-5678. */
export function formatPhone(digits: string): string {
  const groups = (...sizes: readonly number[]) => {
    let from = 0
    return sizes.map((size) => digits.slice(from, (from += size))).join('-')
  }
  if (digits.startsWith('0800') && digits.length === 11) return groups(4, 3, 4)
  if (digits.length === 11) return groups(3, 4, 4)
  if (digits.length !== 10) return digits
  if (FREE_OR_SPECIAL.test(digits)) return groups(4, 3, 3)
  if (/^0[36]/.test(digits)) return groups(2, 4, 4)
  return FOUR_DIGIT_AREA.test(digits) ? groups(4, 2, 4) : groups(3, 3, 4)
}
