import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import { useOnline } from '#client/use-online.ts'
import { kanaKey } from '#kernel/kana.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { PhoneOwner, PhonesAnswer } from '#login/domain/pairing-list.ts'
import { ButtonLink, ButtonRow } from '#ui/button.tsx'
import { TextField } from '#ui/field.tsx'
import { Heading } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { PhonesEnd, type Ending } from './phones-end.tsx'
import { PhonesEnded } from './phones-ended.tsx'
import { PhonesTable } from './phones-table.tsx'
import { PhonesTrouble } from './phones-trouble.tsx'

/** A shorter list is read faster than searched. */
const SEARCH_FROM = 20

interface Props {
  /** A phone was stopped: what was on it comes next. */
  readonly onEnded: (pairingId: Uuid) => void
}

/** /admin/phones — whose phones are connected, one more, and the end of one. */
export function PhonesPage({ onEnded }: Props) {
  const t = useTranslation('phones')
  const answer = useOnline<PhonesAnswer>('/api/admin/phones')
  const [ending, setEnding] = useState<Ending | null>(null)
  const { data } = answer
  return (
    <Stack>
      <Heading level={1} lead={t('lead')}>
        {t('title')}
      </Heading>
      <ButtonRow>
        <ButtonLink kind="outline" size="small" href="/office/devices">
          {t('devices')}
        </ButtonLink>
      </ButtonRow>
      <PhonesTrouble answer={answer} />
      {data && <People people={data.people} onEnd={setEnding} />}
      {data && data.ended.length > 0 && <PhonesEnded ended={data.ended} />}
      <PhonesEnd ending={ending} onClose={() => setEnding(null)} onEnded={onEnded} />
    </Stack>
  )
}

interface PeopleProps {
  readonly people: readonly PhoneOwner[]
  readonly onEnd: (ending: Ending) => void
}

function People({ people, onEnd }: PeopleProps) {
  const t = useTranslation('phones')
  const [search, setSearch] = useState('')
  if (people.length === 0) return <p>{t('empty')}</p>
  const shown = found(people, search)
  return (
    <>
      {people.length > SEARCH_FROM && (
        <TextField
          name="search"
          type="search"
          label={t('search')}
          hint={t('searchHint')}
          width="medium"
          autoComplete="off"
          value={search}
          onInput={setSearch}
        />
      )}
      {shown.length > 0 ? <PhonesTable people={shown} onEnd={onEnd} /> : <p role="status">{t('noneFound')}</p>}
    </>
  )
}

function found(people: readonly PhoneOwner[], search: string): readonly PhoneOwner[] {
  const words = search.trim()
  const key = kanaKey(words)
  return people.filter(({ name, nameKana }) => name.includes(words) || kanaKey(nameKana).includes(key))
}
