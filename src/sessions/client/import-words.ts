import { type DateLanguage, formatDay, formatTime } from '#client/format-date.ts'
import { type LocalDate, type LocalTime, parseLocalDate, parseLocalTime } from '#kernel/time.ts'

type Value = string | number | readonly string[]

/** The values of a remark or refusal as a message shows them: days and times in words, lists joined. */
export function importWords(said: { readonly code: string }, language: DateLanguage): Record<string, string | number> {
  const values = Object.entries(said as { readonly [name: string]: Value }).filter(([name]) => name !== 'code')
  return Object.fromEntries(values.map(([name, value]) => [name, word(name, value, language)]))
}

// By name, as the house names days and times: a quoted `text` stays as the file has it.
function word(name: string, value: Value, language: DateLanguage): string | number {
  if (typeof value === 'object') return value.join(language === 'en' ? ', ' : '、')
  if (typeof value === 'number') return value
  if (name.endsWith('On') && parseLocalDate(value) !== null) return formatDay(value as LocalDate, language)
  if (name.endsWith('Time') && parseLocalTime(value) !== null) return formatTime(value as LocalTime, language)
  return value
}
