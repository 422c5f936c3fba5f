import { type Translate, useTranslation } from '#client/i18n.ts'
import type { EnrollmentRow } from '#enrollment/domain/enrollment.ts'
import { isErased } from '#people/domain/is-erased.ts'
import { Chip } from '#ui/chip.tsx'
import { PhoneLink } from './phone-link.tsx'

type T = Translate<'enrollmentOffice'>
type Named = Pick<EnrollmentRow, 'name' | 'nameKana'>

/** Who it is: name and ふりがな, or that it is nobody any more. */
export function personWords(person: Named, t: T): string {
  const { name, nameKana } = person
  if (isErased(person)) return t('list.erased')
  return t('list.person', { name: name ?? nameKana, kana: nameKana })
}

/** One word for it, inside a sentence. */
export function shortName({ name, nameKana }: Named, t: T): string {
  return name ?? (nameKana || t('list.erased'))
}

/** The number to call, or why there is none: erased, or not to be called any more. */
export function PhoneCell({ row }: { readonly row: EnrollmentRow }) {
  const t = useTranslation('enrollmentOffice')
  if (row.stopped) return <Chip tone="care">{t('list.stopped')}</Chip>
  if (row.phone === null) return <>―</>
  return <PhoneLink phone={row.phone} name={shortName(row, t)} />
}
