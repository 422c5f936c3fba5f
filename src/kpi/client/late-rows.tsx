import { useTranslation } from '#client/i18n.ts'
import type { KpiRows } from '#kpi/domain/kpi-page.ts'
import { Section } from '#ui/heading.tsx'
import { figure } from './figure.ts'
import { RowsTable } from './kpi-rows-table.tsx'

/** 締後修正: the rows that a closed year has gained and lost since, beside its number and not in it. */
export function LateRows({ page }: { readonly page: KpiRows }) {
  const t = useTranslation('kpi')
  const { late, counted } = page
  if (page.closing === null) return null
  return (
    <Section id="late" heading={t('late.heading')}>
      <p>
        {late.added.length + late.gone.length === 0
          ? t('late.none')
          : t('late.words', { added: figure(late.added.length), gone: figure(late.gone.length) })}
      </p>
      {(['added', 'gone'] as const).map(
        (part) =>
          late[part].length > 0 && (
            <RowsTable
              key={part}
              caption={t(`late.caption.${part}`, { count: late[part].length })}
              measure={counted.indicator.measure}
              rows={late[part]}
            />
          ),
      )}
    </Section>
  )
}
