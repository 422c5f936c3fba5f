import { formatInstant } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import type { EndedPhone } from '#login/domain/pairing-list.ts'
import { CardLink, CardList } from '#ui/card-list.tsx'
import { Section } from '#ui/heading.tsx'

/** Phones that were stopped lately: a lost one is not done with before it has been heard of. */
export function PhonesEnded({ ended }: { readonly ended: readonly EndedPhone[] }) {
  const t = useTranslation('phones')
  const language = useLanguage()
  return (
    <Section id="ended" heading={t('ended.heading')}>
      <CardList>
        {ended.map(({ pairingId, name, endedAt, reason, wipedAt }) => (
          <CardLink key={pairingId} href={`/admin/phones/held/${pairingId}`} heading={t('ended.open', { name })}>
            <p>{t('ended.line', { at: formatInstant(endedAt, language), reason: t(`reason.${reason}`) })}</p>
            <p>{wipedAt === null ? t('ended.waiting') : t('ended.wiped', { at: formatInstant(wipedAt, language) })}</p>
          </CardLink>
        ))}
      </CardList>
    </Section>
  )
}
