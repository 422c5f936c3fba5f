import { type AuditHead, inGroups } from '#audit/domain/audit-check.ts'
import { formatInstant } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import type { Instant } from '#kernel/time.ts'
import { Button } from '#ui/button.tsx'
import { DescriptionList } from '#ui/description-list.tsx'
import { Section } from '#ui/heading.tsx'
import css from './audit.module.css'

interface Props {
  /** `null`: there is no line yet. */
  readonly head: AuditHead | null
  readonly readAt: Instant
}

/** The last line and its hash, to put on paper: the one thing that whoever owns the database cannot change. */
export function AuditHeadSection({ head, readAt }: Props) {
  const t = useTranslation('audit')
  const language = useLanguage()
  if (head === null) return null
  return (
    <Section id="head" heading={t('head.heading')}>
      <p>{t('head.lead')}</p>
      <DescriptionList
        items={[
          { term: t('head.seq'), detail: t('head.seqValue', { seq: head.seq }) },
          { term: t('head.hash'), detail: <span class={css.hash}>{inGroups(head.hash)}</span>, strong: true },
          { term: t('head.at'), detail: formatInstant(readAt, language) },
        ]}
      />
      <div class={css.screenOnly}>
        <Button kind="outline" onClick={() => print()}>
          {t('head.print')}
        </Button>
      </div>
    </Section>
  )
}
