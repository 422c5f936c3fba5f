import { useState } from 'preact/hooks'
import { formatFiscalYear } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import type { LocalDb } from '#client/local-db.ts'
import { useOnlyLooks } from '#client/only-looks.ts'
import { usePage } from '#client/page-context.tsx'
import { fiscalYearOf } from '#kernel/fiscal-year.ts'
import { type Instant, localDateOf } from '#kernel/time.ts'
import { groupOf, OFFICE_GROUPS, type OfficeGroup, orderSessions } from '#sessions/domain/office-session.ts'
import { Button, ButtonLink, ButtonRow } from '#ui/button.tsx'
import { Heading } from '#ui/heading.tsx'
import { LinkList } from '#ui/link-list.tsx'
import { Stack } from '#ui/page.tsx'
import css from './office.module.css'
import { type Office, useOffice } from './office-store.ts'
import { OfficeTable } from './office-table.tsx'

/** /office — everything this office holds: what comes next, what has no day yet, what was. */
export function OfficePage({ db }: { readonly db: LocalDb }) {
  const t = useTranslation('office')
  const language = useLanguage()
  const office = useOffice(db)
  const { now } = usePage()
  const onlyLooks = useOnlyLooks()
  const year = fiscalYearOf(localDateOf(now))
  return (
    <Stack>
      <Heading level={1} lead={t(onlyLooks ? 'onlyLooks.lead' : 'list.lead')}>
        {t('list.title')}
      </Heading>
      {!onlyLooks && (
        <ButtonRow>
          <ButtonLink href="/office/sessions/new">{t('list.create')}</ButtonLink>
          <ButtonLink kind="outline" href="/office/import">
            {t('list.import')}
          </ButtonLink>
        </ButtonRow>
      )}
      <LinkList
        label={t('list.others')}
        links={[
          { href: `/office/kpi/${year}`, text: t('list.kpi', { year: formatFiscalYear(year, language) }) },
          { href: '/office/devices', text: t('list.devices') },
          ...(onlyLooks
            ? []
            : [
                { href: '/office/training', text: t('list.training') },
                { href: '/hall', text: t('list.hall') },
              ]),
        ]}
      />
      {office === undefined ? <p role="status">{t('loading')}</p> : <Sessions office={office} now={now} />}
    </Stack>
  )
}

type Filter = OfficeGroup | 'all'

function Sessions({ office, now }: { readonly office: Office; readonly now: Instant }) {
  const t = useTranslation('office')
  const [filter, setFilter] = useState<Filter>('all')
  const inFilter = (wanted: Filter) =>
    office.sessions.filter(({ session }) => wanted === 'all' || groupOf(session, now) === wanted)
  const shown = inFilter(filter)
  const { next, undated, past } = orderSessions(shown, now)
  if (office.sessions.length === 0) return <p role="status">{t(office.isFilled ? 'list.empty' : 'list.notYet')}</p>
  return (
    <>
      <div class={css.filters} role="group" aria-label={t('list.filter')}>
        {(['all', ...OFFICE_GROUPS] as const).map((one) => (
          <Button
            key={one}
            kind="outline"
            size="small"
            pressed={one === filter}
            onClick={() => setFilter(one)}
          >{`${t(`group.${one}`)} ${inFilter(one).length}`}</Button>
        ))}
      </div>
      {shown.length === 0 && <p role="status">{t('list.none')}</p>}
      <OfficeTable id="next" sessions={next} office={office} now={now} />
      <OfficeTable id="undated" sessions={undated} office={office} now={now} />
      <OfficeTable id="past" sessions={past} office={office} now={now} />
    </>
  )
}
