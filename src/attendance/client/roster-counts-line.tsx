import { useTranslation } from '#client/i18n.ts'
import type { RosterCounts } from '#attendance/domain/roster.ts'
import css from './roster.module.css'

/** 来た人 / 申込 / 飛び込み at a glance. */
export function RosterCountsLine({ counts }: { readonly counts: RosterCounts }) {
  const t = useTranslation('attendance')
  return (
    <dl class={css.counts} aria-label={t('counts.label')}>
      {(['present', 'enrolled', 'walkIns'] as const).map((which) => (
        <div key={which} class={css.count}>
          <dt>{t(`counts.${which}`)}</dt>
          <dd>
            <strong class={css.number} data-count={which}>
              {counts[which]}
            </strong>
          </dd>
        </div>
      ))}
    </dl>
  )
}
