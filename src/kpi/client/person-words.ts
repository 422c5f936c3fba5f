import type { Translate } from '#client/i18n.ts'
import type { Person } from '#kpi/domain/kpi-page.ts'
import { isErased } from '#people/domain/is-erased.ts'

/** A person as a row names them: name and kana, kana alone for a walk-in, or that neither has arrived yet. */
export function personWords(person: Person, t: Translate<'kpi'>): string {
  const { name, nameKana } = person
  if (nameKana === null) return t('rows.personUnknown')
  if (isErased(person)) return t('rows.personErased')
  return name === null ? nameKana : t('rows.personWithKana', { name, kana: nameKana })
}
