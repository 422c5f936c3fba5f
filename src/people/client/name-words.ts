import type { Translate } from '#client/i18n.ts'
import { isErased } from '#people/domain/is-erased.ts'

/** A person in a list: 氏名（ふりがな）, or ふりがな alone. */
export function nameWords(
  person: { readonly name: string | null; readonly nameKana: string },
  t: Translate<'people'>,
): string {
  if (isErased(person)) return t('erased')
  return person.name === null ? person.nameKana : t('withKana', { name: person.name, kana: person.nameKana })
}
