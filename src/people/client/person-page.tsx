import { formatDay, formatInstant } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import { useDevice } from '#client/page-context.tsx'
import { useOnline } from '#client/use-online.ts'
import { localDateOf } from '#kernel/time.ts'
import type { Dossier } from '#people/domain/dossier.ts'
import { formatPhone } from '#people/domain/person-text.ts'
import { Banner } from '#ui/banner.tsx'
import { Button, ButtonLink, ButtonRow } from '#ui/button.tsx'
import { type Described, DescriptionList } from '#ui/description-list.tsx'
import { Heading, Section } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { OnlineTrouble } from './online-trouble.tsx'
import { PersonActions } from './person-actions.tsx'
import { PersonTables } from './person-tables.tsx'
import { SamePerson } from './same-person.tsx'

/** /admin/people/:id — everything that is held about one person: to show, to hand over, to put right, to stop, to erase. */
export function PersonPage({ id }: { readonly id: string }) {
  const t = useTranslation('people')
  const device = useDevice()
  const answer = useOnline<Dossier>(`/api/people/${id}`)
  const { data, state, code, reload } = answer
  return (
    <Stack>
      <Heading level={1} lead={t('person.lead')}>
        {t('person.title')}
      </Heading>
      <p>
        <a href="/admin/people">{t('person.back')}</a>
      </p>
      {state === 'loading' && data === null && <p role="status">{t('loading')}</p>}
      {state !== 'loading' && state !== 'ready' && <OnlineTrouble code={code ?? state} onRetry={reload} />}
      {data && (
        <>
          {device && <PersonActions dossier={data} onChanged={reload} {...device} />}
          <Facts person={data.person} />
          {device && <SamePerson dossier={data} onChanged={reload} {...device} />}
          <PersonTables dossier={data} />
          <ButtonRow>
            <Button kind="outline" onClick={() => print()}>
              {t('person.print')}
            </Button>
            {(['csv', 'json'] as const).map((format) => (
              <ButtonLink key={format} kind="outline" href={`/api/people/${id}/export/${format}`} download>
                {t(`person.${format}`)}
              </ButtonLink>
            ))}
          </ButtonRow>
        </>
      )}
    </Stack>
  )
}

function Facts({ person }: { readonly person: Dossier['person'] }) {
  const t = useTranslation('people')
  const language = useLanguage()
  const items: Described[] = [
    { term: t('person.name'), detail: person.name ?? t('unknown'), strong: true },
    { term: t('person.nameKana'), detail: person.nameKana },
    { term: t('person.phone'), detail: person.phone === null ? t('unknown') : formatPhone(person.phone) },
    { term: t('person.ageBand'), detail: person.ageBand === null ? t('unknown') : t(`ageBand.${person.ageBand}`) },
    { term: t('person.source'), detail: t(`channel.${person.source}`) },
    { term: t('person.firstMet'), detail: formatDay(localDateOf(person.firstMetAt), language) },
  ]
  if (person.keptUntil !== null) {
    const day = formatDay(person.keptUntil, language)
    items.push({ term: t('person.keptUntil'), detail: t('person.keptUntilValue', { day }) })
  }
  if (person.stoppedAt !== null) {
    const at = formatInstant(person.stoppedAt, language)
    items.push({ term: t('person.stopped'), detail: t('person.stoppedValue', { at }), strong: true })
  }
  if (person.erasedAt !== null) {
    return (
      <Banner kind="info" kindWord={t('kind.notice')} heading={t('person.erasedHeading')} announce={false}>
        <p>{t('person.erasedText', { at: formatInstant(person.erasedAt, language) })}</p>
      </Banner>
    )
  }
  return (
    <Section id="facts" heading={t('person.facts')}>
      <DescriptionList items={items} />
    </Section>
  )
}
