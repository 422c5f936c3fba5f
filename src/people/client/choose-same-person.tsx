import { useState } from 'preact/hooks'
import { type Translate, useTranslation } from '#client/i18n.ts'
import { postJson } from '#client/post-json.ts'
import { useOnline } from '#client/use-online.ts'
import type { Dossier, PeopleHits } from '#people/domain/dossier.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import { formatPhone } from '#people/domain/person-text.ts'
import { News } from '#ui/banner.tsx'
import { Button, ButtonRow } from '#ui/button.tsx'
import { ChoiceField } from '#ui/choice-field.tsx'
import { TextField } from '#ui/field.tsx'
import { Form } from '#ui/form.tsx'
import { Stack } from '#ui/page.tsx'
import { Table } from '#ui/table.tsx'
import { OnlineTrouble } from './online-trouble.tsx'
import { nameWords } from './name-words.ts'

interface Props {
  readonly dossier: Dossier
  readonly onChosen: (other: LearnerId) => void
  readonly onClose: () => void
}

/** Finds the other record, puts both side by side, and asks. What is typed stays in memory. */
export function ChooseSamePerson({ dossier, onChosen, onClose }: Props) {
  const t = useTranslation('people')
  const [query, setQuery] = useState('')
  const [problem, setProblem] = useState<string>()
  const [found, setFound] = useState<PeopleHits | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [other, setOther] = useState<LearnerId | null>(null)
  const known = [dossier.person, ...dossier.halves].map((half) => half.learnerId)
  const others = found?.hits.filter((hit) => !known.includes(hit.learnerId)) ?? []

  async function search(): Promise<void> {
    setProblem(query.trim() === '' ? t('search.empty') : undefined)
    if (query.trim() === '') return document.getElementById('same-query')?.focus()
    const posted = await postJson<PeopleHits>('/api/people/search', { query })
    setOther(null)
    setFound(posted.ok ? posted.answer : null)
    setTrouble(posted.ok ? null : posted.code)
  }

  return (
    <Stack>
      <p>{t('same.choose.lead')}</p>
      <Form onSend={() => void search()}>
        <TextField
          id="same-query"
          name="same-query"
          type="search"
          label={t('search.query')}
          hint={t('search.hint')}
          required
          requirement={t('required')}
          autoComplete="off"
          value={query}
          onInput={setQuery}
          error={problem}
        />
        <Button kind="outline" type="submit">
          {t('search.send')}
        </Button>
      </Form>
      <News>
        {trouble !== null && <OnlineTrouble code={trouble} />}
        {found && others.length === 0 && <p>{t('same.choose.none')}</p>}
      </News>
      {others.length > 0 && (
        <ChoiceField
          name="same-other"
          label={t('same.choose.label')}
          choices={others.map((hit) => ({
            value: hit.learnerId,
            label: nameWords(hit, t),
            note: hit.phone === null ? t('unknown') : formatPhone(hit.phone),
          }))}
          value={other ?? ''}
          onChoose={(id) => setOther(id as LearnerId)}
        />
      )}
      {other !== null && <Compare dossier={dossier} other={other} onAgree={() => onChosen(other)} />}
      <Button kind="text" onClick={onClose}>
        {t('same.choose.close')}
      </Button>
    </Stack>
  )
}

interface CompareProps {
  readonly dossier: Dossier
  readonly other: LearnerId
  readonly onAgree: () => void
}

/** Both records side by side, before anybody says that they are one person. */
function Compare({ dossier, other, onAgree }: CompareProps) {
  const t = useTranslation('people')
  const { data, state, code, reload } = useOnline<Dossier>(`/api/people/${other}`)
  if (state === 'loading' && data === null) return <p role="status">{t('loading')}</p>
  if (data === null) return <OnlineTrouble code={code ?? state} onRetry={reload} />
  return (
    <>
      <Table
        caption={t('same.compare.caption')}
        columns={[
          { head: t('same.compare.what') },
          { head: t('same.compare.this') },
          { head: t('same.compare.other') },
        ]}
        rows={LINES.map((line) => ({
          key: line,
          cells: [t(`same.compare.${line}`), VALUE_OF[line](dossier, t), VALUE_OF[line](data, t)],
        }))}
      />
      <p>{t('same.choose.what', { name: nameWords(dossier.person, t) })}</p>
      <ButtonRow>
        <Button onClick={onAgree}>{t('same.choose.send')}</Button>
      </ButtonRow>
    </>
  )
}

const LINES = ['name', 'nameKana', 'phone', 'ageBand', 'enrollments', 'attendances', 'certification'] as const
type Line = (typeof LINES)[number]

const VALUE_OF: Readonly<Record<Line, (dossier: Dossier, t: Translate<'people'>) => string>> = {
  name: ({ person }, t) => person.name ?? t('unknown'),
  nameKana: ({ person }) => person.nameKana,
  phone: ({ person }, t) => (person.phone === null ? t('unknown') : formatPhone(person.phone)),
  ageBand: ({ person }, t) => (person.ageBand === null ? t('unknown') : t(`ageBand.${person.ageBand}`)),
  enrollments: ({ enrollments }, t) => t('same.compare.count', { count: enrollments.length }),
  attendances: ({ attendances }, t) => t('same.compare.count', { count: attendances.length }),
  certification: ({ certification }, t) => certification?.number ?? t('none'),
}
