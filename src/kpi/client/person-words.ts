import type { Translate } from '#client/i18n.ts'
import type { Person } from '#kpi/domain/kpi-page.ts'

/** A person as a row names them: name and kana, kana alone for a walk-in, or that neither has arrived yet. */
export function personWords({ name, nameKana }: Person, t: Translate<'kpi'>): string {
  if (nameKana === null) return t('rows.personUnknown')
  return name === null ? nameKana : t('rows.personWithKana', { name, kana: nameKana })
}
