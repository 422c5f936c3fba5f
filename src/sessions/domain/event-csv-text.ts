import { hasUnprintable } from '#kernel/unprintable.ts'
import type { ImportRemark } from './event-csv-remark.ts'

const QUOTE_MAX = 80

/** Text with line ends as `\n`, without controls, direction marks and half surrogates. */
export function clean(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').replaceAll('\t', ' ')
  const printable = hasUnprintable(lines)
    ? Array.from(lines)
        .filter((sign) => !hasUnprintable(sign))
        .join('')
    : lines
  return printable.trim()
}

/** At most `limit` UTF-16 units, which is how the schemas count; … where something was cut. Never half a character. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text
  const cut = text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')
  return `${cut.trimEnd()}…`
}

/** A few words of the file, on one line, for a remark. */
export function quote(text: string): string {
  return shorten(clean(text).replace(/\s+/g, ' '), QUOTE_MAX)
}

/** One line for a field such as a title, with what had to be done to it; `null` when nothing is left. */
export function fieldText(
  text: string,
  column: string,
  limit: number,
): { readonly value: string | null; readonly remarks: readonly ImportRemark[] } {
  const cleaned = clean(text)
  const line = cleaned.replace(/\n\s*/g, ' ')
  const remarks: ImportRemark[] = []
  if (hasUnprintable(text)) remarks.push({ code: 'characters_removed', column })
  if (/\p{Emoji_Presentation}/u.test(line)) remarks.push({ code: 'emoji_in_text', column })
  if (line.length > limit) remarks.push({ code: 'text_shortened', column, limitCount: limit })
  return line === '' ? { value: null, remarks: [] } : { value: shorten(line, limit), remarks }
}
