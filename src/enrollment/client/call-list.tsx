import { useTranslation } from '#client/i18n.ts'
import type { EnrollmentRow } from '#enrollment/domain/enrollment.ts'
import { Button } from '#ui/button.tsx'
import { Section } from '#ui/heading.tsx'
import { Table } from '#ui/table.tsx'
import css from './enrollment-office.module.css'
import { personWords, PhoneCell } from './person-cells.tsx'

interface Props {
  readonly rows: readonly EnrollmentRow[]
  readonly title: string
}

/** After 中止: everybody who still counts on coming, by kana, to call one by one or to print with a box to tick. */
export function CallList({ rows, title }: Props) {
  const t = useTranslation('enrollmentOffice')
  const people = rows
    .filter((row) => row.state !== 'cancelled')
    .sort((one, other) => one.nameKana.localeCompare(other.nameKana, 'ja'))
  if (people.length === 0) return <p>{t('calls.none')}</p>
  return (
    <Section id="calls" heading={t('calls.heading', { count: people.length })}>
      <p>{t('calls.lead')}</p>
      <Table
        caption={t('calls.caption', { title })}
        columns={[
          { head: t('list.column.person') },
          { head: t('list.column.phone') },
          { head: t('list.column.state') },
          { head: t('calls.done') },
        ]}
        rows={people.map((row) => ({
          key: row.enrollmentId,
          cells: [
            personWords(row, t),
            <PhoneCell row={row} />,
            t(row.state === 'enrolled' ? 'calls.enrolled' : 'calls.waitlisted'),
            <span class={css.box} aria-hidden="true" />,
          ],
        }))}
      />
      <Button kind="outline" onClick={() => print()}>
        {t('calls.print')}
      </Button>
    </Section>
  )
}
