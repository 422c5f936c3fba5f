import { useTranslation } from '#client/i18n.ts'
import type { LocalDb } from '#client/local-db.ts'
import { readHolder } from '#client/role-on-device.ts'
import { useLive } from '#client/use-live.ts'

/** Whose phone it is, in the head of each page; nothing on a phone that nobody has paired. */
export function PhoneOwnerName({ db }: { readonly db: LocalDb }) {
  const t = useTranslation('lock')
  const holder = useLive(db, readHolder, [])
  return holder?.paired && holder.name !== null ? <p>{t('owner.whose', { name: holder.name })}</p> : null
}
