import { readAnswers } from '#client/answers.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import type { LocalDb } from '#client/local-db.ts'
import { usePage } from '#client/page-context.tsx'
import { useLive } from '#client/use-live.ts'
import type { Refusal } from '#sync/domain/protocol.ts'
import { Arrival } from '#ui/arrival.tsx'
import { Banner } from '#ui/banner.tsx'
import { Button, ButtonLink, ButtonRow } from '#ui/button.tsx'
import { Table } from '#ui/table.tsx'
import type { Office } from './office-store.ts'
import { StateCell } from './office-table.tsx'
import { whenWords } from './office-words.ts'
import { refusalWords } from './session-form-problems.ts'

interface Props {
  readonly db: LocalDb
  readonly office: Office
  readonly sessionIds: readonly string[]
  readonly onAnother: () => void
}

/** What has become of each row, with the way to its draft. Goes on telling while the network is away. */
export function ImportResult({ db, office, sessionIds, onAnother }: Props) {
  const t = useTranslation('office')
  const language = useLanguage()
  const refusals = useLive(db, readRefusals, []) ?? new Map<string, { title: string; refusal: Refusal }>()
  const made = sessionIds.flatMap((id) => office.sessions.find(({ session }) => session.sessionId === id) ?? [])
  const refused = sessionIds.flatMap((id) => {
    const said = refusals.get(id)
    return said === undefined ? [] : [{ id, ...said }]
  })
  const waiting = made.filter((one) => one.waiting.length > 0).length
  const { now } = usePage()
  return (
    <Arrival>
      <Banner
        kind={waiting > 0 ? 'info' : 'success'}
        kindWord={t(waiting > 0 ? 'kindWord.notice' : 'kindWord.done')}
        heading={waiting > 0 ? t('import.sending', { count: waiting }) : t('import.done', { count: made.length })}
      >
        <p>{t(waiting > 0 ? 'waitingText' : 'import.next')}</p>
      </Banner>
      {refused.length > 0 && (
        <Banner kind="warning" kindWord={t('kindWord.check')} heading={t('import.refused', { count: refused.length })}>
          <ul>
            {refused.map(({ id, title, refusal }) => (
              <li key={id}>{t('import.refusedItem', { title, why: refusalWords(refusal, t) })}</li>
            ))}
          </ul>
        </Banner>
      )}
      {made.length > 0 && (
        <Table
          caption={t('import.madeCaption', { count: made.length })}
          columns={(['title', 'when', 'state'] as const).map((column) => ({ head: t(`list.column.${column}`) }))}
          rows={made.map((one) => ({
            key: one.session.sessionId,
            cells: [
              <a href={`/office/sessions/${one.session.sessionId}`}>{one.session.title}</a>,
              whenWords(one.session, { t, language }),
              <StateCell one={one} announced={office.announced.get(one.session.sessionId)} now={now} />,
            ],
          }))}
        />
      )}
      <ButtonRow>
        <ButtonLink href="/office">{t('import.toList')}</ButtonLink>
        <Button kind="outline" onClick={onAnother}>
          {t('import.another')}
        </Button>
      </ButtonRow>
    </Arrival>
  )
}

async function readRefusals(
  db: Pick<LocalDb, 'read'>,
): Promise<ReadonlyMap<string, { readonly title: string; readonly refusal: Refusal }>> {
  const answers = await readAnswers(db)
  return new Map(
    answers.flatMap(({ operation, outcome }) =>
      operation.name === 'session.create' && outcome.status === 'refused'
        ? [[operation.payload.sessionId, { title: operation.payload.fields.title, refusal: outcome.refusal }] as const]
        : [],
    ),
  )
}
