import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import { usePage } from '#client/page-context.tsx'
import { useOnline } from '#client/use-online.ts'
import { AUDIT_PAGE_MAX, type AuditAnswer } from '#audit/domain/audit-page.ts'
import { Button, ButtonLink, ButtonRow } from '#ui/button.tsx'
import { Heading } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { AuditChecked } from './audit-checked.tsx'
import { AuditHeadSection } from './audit-head-section.tsx'
import { AuditSearch, type Search } from './audit-search.tsx'
import { AuditTable } from './audit-table.tsx'
import { AuditTrouble } from './audit-trouble.tsx'
import css from './audit.module.css'

/** /admin/audit — who did and saw what, whether the record of it is whole, and its head to print. For 管理者. */
export function AuditPage() {
  const t = useTranslation('audit')
  const { now } = usePage()
  const [search, setSearch] = useState<Search>({})
  const [before, setBefore] = useState<number | null>(null)
  const answer = useOnline<AuditAnswer>(`/api/admin/audit${queryOf(search, before)}`)
  const { data } = answer
  const find = (next: Search): void => {
    setSearch(next)
    setBefore(null)
  }
  return (
    <Stack>
      <Heading level={1} lead={t('lead')}>
        {t('title')}
      </Heading>
      <AuditTrouble answer={answer} />
      {data && <AuditChecked check={data.check} onChecked={answer.reload} />}
      <div class={css.screenOnly}>
        <Stack>
          <AuditSearch people={data?.people ?? []} onFind={find} />
          {data && <Lines data={data} isFirst={before === null} onGo={setBefore} />}
          <Stack>
            <p>{t('fileHint')}</p>
            <ButtonLink kind="outline" href={`/api/admin/audit/file${queryOf(search, null)}`} download>
              {t('file')}
            </ButtonLink>
          </Stack>
        </Stack>
      </div>
      {data && <AuditHeadSection head={data.head} readAt={answer.seenAt ?? now} />}
      <div class={css.screenOnly}>
        <ButtonLink kind="text" href="/admin">
          {t('back')}
        </ButtonLink>
      </div>
    </Stack>
  )
}

interface LinesProps {
  readonly data: AuditAnswer
  readonly isFirst: boolean
  readonly onGo: (before: number | null) => void
}

function Lines({ data: { rows, more }, isFirst, onGo }: LinesProps) {
  const t = useTranslation('audit')
  const go = (before: number | null): void => {
    onGo(before)
    const lines = document.getElementById('lines')
    lines?.focus({ preventScroll: true })
    lines?.scrollIntoView()
  }
  return (
    <div id="lines" tabIndex={-1}>
      <Stack>
        {rows.length === 0 ? <p role="status">{t('empty')}</p> : <AuditTable rows={rows} />}
        <ButtonRow>
          {more && (
            <Button kind="outline" onClick={() => go(rows.at(-1)?.seq ?? null)}>
              {t('next', { count: AUDIT_PAGE_MAX })}
            </Button>
          )}
          {!isFirst && (
            <Button kind="text" onClick={() => go(null)}>
              {t('first')}
            </Button>
          )}
        </ButtonRow>
      </Stack>
    </div>
  )
}

function queryOf(search: Search, before: number | null): string {
  const query = new URLSearchParams({ ...search, ...(before !== null && { before: String(before) }) }).toString()
  return query === '' ? '' : `?${query}`
}
