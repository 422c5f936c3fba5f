import { formatInstant, formatShortDay } from '#client/format-date.ts'
import { type Translate, useLanguage, useTranslation } from '#client/i18n.ts'
import { useOnline } from '#client/use-online.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { HeldAnswer, HeldPerson } from '#login/domain/pairing-list.ts'
import { Banner } from '#ui/banner.tsx'
import { Button, ButtonLink, ButtonRow } from '#ui/button.tsx'
import { DescriptionList } from '#ui/description-list.tsx'
import { Heading, Section } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { PhonesTrouble } from './phones-trouble.tsx'
import css from './phones.module.css'

/** /admin/phones/held/:pairingId — everything of people that was on one phone, on one screen, for whoever has to act on a loss. */
export function PhonesHeldPage({ pairingId }: { readonly pairingId: Uuid }) {
  const t = useTranslation('phones')
  const answer = useOnline<HeldAnswer>(`/api/admin/phones/${pairingId}/held`)
  const { data } = answer
  return (
    <Stack>
      <Heading level={1} lead={data === null ? undefined : t('held.lead')}>
        {data === null ? t('held.titleNoName') : titleOf(data, t)}
      </Heading>
      <PhonesTrouble answer={answer} />
      {data?.reason === 'lost' && (
        <Banner kind="warning" kindWord={t('kind.check')} heading={t('held.duty')} announce={false}>
          <p>{t('held.dutyText')}</p>
        </Banner>
      )}
      {data && <HeldFacts held={data} />}
      {data && <HeldLists held={data} />}
      {data && <p>{t('held.audited')}</p>}
      <ButtonRow>
        {data && (
          <Button kind="outline" onClick={() => print()}>
            {t('held.print')}
          </Button>
        )}
        <ButtonLink kind="text" href="/admin/phones">
          {t('back')}
        </ButtonLink>
      </ButtonRow>
    </Stack>
  )
}

function titleOf({ name, endedAt }: HeldAnswer, t: Translate<'phones'>): string {
  return t(endedAt === null ? 'held.titleNow' : 'held.title', { name })
}

function HeldFacts({ held }: { readonly held: HeldAnswer }) {
  const t = useTranslation('phones')
  const language = useLanguage()
  const { pairedAt, endedAt, reason, wipedAt, lastContactAt, unsentCount, peopleCount, lists } = held
  const at = (instant: typeof pairedAt): string => formatInstant(instant, language)
  return (
    <DescriptionList
      items={[
        {
          term: t('held.people'),
          detail: t('held.peopleCount', { count: peopleCount, lists: lists.length }),
          strong: true,
        },
        { term: t('held.contact'), detail: at(lastContactAt), strong: true },
        { term: t('held.pairedAt'), detail: at(pairedAt) },
        ...(endedAt === null || reason === null
          ? []
          : [
              {
                term: t('held.endedAt'),
                detail: t('held.endedText', { at: at(endedAt), reason: t(`reason.${reason}`) }),
              },
              {
                term: t('held.state'),
                detail: wipedAt === null ? t('held.waiting') : t('held.wiped', { at: at(wipedAt) }),
              },
            ]),
        { term: t('held.unsent'), detail: t('unsent', { count: unsentCount }) },
      ]}
    />
  )
}

function HeldLists({ held }: { readonly held: HeldAnswer }) {
  const t = useTranslation('phones')
  const language = useLanguage()
  if (held.lists.length === 0) return <p>{t('held.none')}</p>
  return (
    <>
      {held.lists.map(({ sessionId, title, heldOn, people }) => {
        const day = heldOn === null ? '―' : formatShortDay(heldOn, language)
        return (
          <Section
            key={sessionId}
            id={`list-${sessionId}`}
            heading={t('held.list', { title, day, count: people.length })}
          >
            {people.length === 0 ? <p>{t('held.empty')}</p> : <Names people={people} />}
          </Section>
        )
      })}
    </>
  )
}

function Names({ people }: { readonly people: readonly HeldPerson[] }) {
  const t = useTranslation('phones')
  const wordsOf = ({ name, nameKana }: HeldPerson): string => {
    if (nameKana === null) return t('held.erased')
    return name === null ? nameKana : t('personWithKana', { name, kana: nameKana })
  }
  return (
    <ol class={css.names}>
      {people.map((person, index) => (
        <li key={index}>{wordsOf(person)}</li>
      ))}
    </ol>
  )
}
