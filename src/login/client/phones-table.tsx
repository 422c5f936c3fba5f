import { formatInstant, formatShortDay } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import type { HeldList, PairedPhone, PhoneOwner } from '#login/domain/pairing-list.ts'
import { Button, ButtonLink, ButtonRow } from '#ui/button.tsx'
import { type Row, Table } from '#ui/table.tsx'
import type { Ending } from './phones-end.tsx'
import css from './phones.module.css'

interface Props {
  readonly people: readonly PhoneOwner[]
  readonly onEnd: (ending: Ending) => void
}

/** Everybody who teaches or helps, a row for each of their phones, and one for whoever has none. */
export function PhonesTable({ people, onEnd }: Props) {
  const t = useTranslation('phones')
  return (
    <Table
      caption={t('caption', {
        people: people.length,
        phones: people.reduce((sum, person) => sum + person.phones.length, 0),
      })}
      columns={(['person', 'since', 'contact', 'unsent', 'lists', 'action'] as const).map((column) => ({
        head: t(`column.${column}`),
      }))}
      rows={useRows(people, onEnd)}
    />
  )
}

function useRows(people: readonly PhoneOwner[], onEnd: Props['onEnd']): readonly Row[] {
  const t = useTranslation('phones')
  const language = useLanguage()
  const rowOf = (person: PhoneOwner, phone: PairedPhone, isFirst: boolean): Row => ({
    key: phone.pairingId,
    cells: [
      t('personWithKana', { name: person.name, kana: person.nameKana }),
      formatInstant(phone.pairedAt, language),
      formatInstant(phone.lastContactAt, language),
      t('unsent', { count: phone.unsentCount }),
      <Lists lists={phone.lists} />,
      <ButtonRow>
        {isFirst && <Connect person={person} />}
        <Button
          kind="text"
          size="small"
          label={t('endLabel', { name: person.name })}
          onClick={() => onEnd({ pairingId: phone.pairingId, name: person.name })}
        >
          {t('end')}
        </Button>
      </ButtonRow>,
    ],
  })
  const without = (person: PhoneOwner): Row => ({
    key: person.instructorId,
    cells: [
      t('personWithKana', { name: person.name, kana: person.nameKana }),
      t('noPhone'),
      null,
      null,
      null,
      <Connect person={person} />,
    ],
  })
  return people.flatMap((person) =>
    person.phones.length === 0
      ? [without(person)]
      : person.phones.map((phone, index) => rowOf(person, phone, index === 0)),
  )
}

function Connect({ person: { instructorId, name } }: { readonly person: PhoneOwner }) {
  const t = useTranslation('phones')
  return (
    <ButtonLink
      kind="outline"
      size="small"
      href={`/admin/phones/connect/${instructorId}`}
      label={t('connectLabel', { name })}
    >
      {t('connect')}
    </ButtonLink>
  )
}

function Lists({ lists }: { readonly lists: readonly HeldList[] }) {
  const t = useTranslation('phones')
  const language = useLanguage()
  if (lists.length === 0) return <>{t('noLists')}</>
  return (
    <ul class={css.lists} role="list">
      {lists.map(({ sessionId, title, heldOn }) => (
        <li key={sessionId}>{heldOn === null ? title : t('list', { title, day: formatShortDay(heldOn, language) })}</li>
      ))}
    </ul>
  )
}
