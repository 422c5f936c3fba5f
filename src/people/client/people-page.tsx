import { useState } from 'preact/hooks'
import { type Translate, useTranslation } from '#client/i18n.ts'
import { usePage } from '#client/page-context.tsx'
import { postJson } from '#client/post-json.ts'
import { type PeopleHits, type PersonHit, QUERY_MAX } from '#people/domain/dossier.ts'
import { formatPhone } from '#people/domain/person-text.ts'
import { News } from '#ui/banner.tsx'
import { Button } from '#ui/button.tsx'
import { Chip } from '#ui/chip.tsx'
import { TextField } from '#ui/field.tsx'
import { Form } from '#ui/form.tsx'
import { Heading } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { Table } from '#ui/table.tsx'
import { VisuallyHidden } from '#ui/visually-hidden.tsx'
import { OnlineTrouble } from './online-trouble.tsx'

type T = Translate<'people'>

/** /admin/people — finds one person's record. What is typed stays in memory: it stands in no address and on no disk. */
export function PeoplePage() {
  const t = useTranslation('people')
  const { role } = usePage()
  const [query, setQuery] = useState('')
  const [problem, setProblem] = useState<string>()
  const [found, setFound] = useState<PeopleHits | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)

  async function search(): Promise<void> {
    const wrong = problemOf(query, t)
    setProblem(wrong)
    if (wrong !== undefined) return document.getElementById('query')?.focus()
    const posted = await postJson<PeopleHits>('/api/people/search', { query })
    setFound(posted.ok ? posted.answer : null)
    setTrouble(posted.ok ? null : posted.code)
  }

  return (
    <Stack>
      <Heading level={1} lead={t('search.lead')}>
        {t('search.title')}
      </Heading>
      <Form onSend={() => void search()}>
        <TextField
          name="query"
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
        <Button type="submit">{t('search.send')}</Button>
      </Form>
      <News>
        {trouble !== null && <OnlineTrouble code={trouble} />}
        {found && <FoundNews found={found} />}
      </News>
      {found && found.hits.length > 0 && <Hits hits={found.hits} />}
      {role === 'admin' && (
        <p>
          <a href="/admin/privacy">{t('search.privacy')}</a>
        </p>
      )}
    </Stack>
  )
}

/** How the search went, for those who do not see the list appear. */
function FoundNews({ found: { hits, more } }: { readonly found: PeopleHits }) {
  const t = useTranslation('people')
  if (hits.length === 0) return <p>{t('search.none')}</p>
  return (
    <>
      <VisuallyHidden>{t('search.caption', { count: hits.length })}</VisuallyHidden>
      {more && <p>{t('search.more')}</p>}
    </>
  )
}

function problemOf(query: string, t: T): string | undefined {
  if (query.trim() === '') return t('search.empty')
  return query.length > QUERY_MAX ? t('search.tooLong') : undefined
}

function Hits({ hits }: { readonly hits: readonly PersonHit[] }) {
  const t = useTranslation('people')
  return (
    <Table
      caption={t('search.caption', { count: hits.length })}
      columns={[
        { head: t('search.column.person') },
        { head: t('search.column.phone') },
        { head: t('search.column.state') },
      ]}
      rows={hits.map(({ learnerId, name, nameKana, phone, stopped }) => ({
        key: learnerId,
        cells: [
          <span>
            <a href={`/admin/people/${learnerId}`}>
              {name === null ? nameKana : t('withKana', { name, kana: nameKana })}
            </a>
          </span>,
          phone === null ? '―' : formatPhone(phone),
          stopped ? <Chip tone="care">{t('search.stopped')}</Chip> : '―',
        ],
      }))}
    />
  )
}
