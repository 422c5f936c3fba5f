import { useMemo, useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import type { Recorder } from '#client/recorder.ts'
import { type ImportDraft, type ImportRow, withMeetingPlaceAsVenue } from '#sessions/domain/event-csv.ts'
import { planImport } from '#sessions/domain/import-plan.ts'
import { SESSION_KINDS, type SessionKind } from '#sessions/domain/session.ts'
import { Banner } from '#ui/banner.tsx'
import { Button, ButtonRow } from '#ui/button.tsx'
import { CheckField } from '#ui/choice-field.tsx'
import { SelectField } from '#ui/select-field.tsx'
import { DraftRows, KnownRows, RefusedRows } from './import-rows.tsx'
import type { Office } from './office-store.ts'

interface Props {
  readonly rows: readonly ImportRow[]
  readonly office: Office
  readonly recorder: Recorder
  readonly onImported: (sessionIds: readonly string[]) => void
}

/** What the file would become: the rows to choose from, those that are here already, and those that cannot be read. */
export function ImportPreview({ rows, office, recorder, onImported }: Props) {
  const t = useTranslation('office')
  const [kind, setKind] = useState<SessionKind>('class')
  const [usesMeetingPlace, setUsesMeetingPlace] = useState(false)
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set())
  const [problem, setProblem] = useState<'none_chosen' | 'not_kept' | null>(null)
  const { drafts, known, refused } = useMemo(
    () => sortRows(rows, office, usesMeetingPlace),
    [rows, office, usesMeetingPlace],
  )
  const chosen = drafts.filter(({ row }) => !left.has(row))

  async function importChosen(): Promise<void> {
    if (chosen.length === 0) return setProblem('none_chosen')
    const plan = planImport(chosen, { kind, venues: office.venues, newId: recorder.newId })
    try {
      await recorder.recordAll([
        ...plan.venues.map((payload) => ({ name: 'venue.save' as const, payload })),
        ...plan.sessions.map(({ payload }) => ({ name: 'session.create' as const, payload })),
      ])
      onImported(plan.sessions.map(({ payload }) => payload.sessionId))
    } catch {
      setProblem('not_kept') // all of it, or nothing: the rows are still chosen
    }
  }

  function choose(row: number, isChosen: boolean): void {
    const next = new Set(left)
    if (isChosen) next.delete(row)
    else next.add(row)
    setLeft(next)
  }

  return (
    <>
      <p>{t('import.counts', { drafts: drafts.length, known: known.length, refused: refused.length })}</p>
      {drafts.length > 0 && (
        <>
          <SelectField
            name="importKind"
            label={t('import.kind')}
            hint={t('import.kindHint')}
            options={SESSION_KINDS.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
            value={kind}
            onChoose={(value) => setKind(SESSION_KINDS.find((one) => one === value) ?? 'class')}
          />
          <CheckField
            name="meetingPlace"
            label={t('import.meetingPlace')}
            checked={usesMeetingPlace}
            onCheck={setUsesMeetingPlace}
          />
          <DraftRows drafts={drafts} left={left} kind={kind} onChoose={choose} />
          {problem && <Banner kind="error" kindWord={t('kindWord.check')} heading={t(`import.problem.${problem}`)} />}
          <ButtonRow>
            <Button onClick={() => void importChosen()}>{t('import.make', { count: chosen.length })}</Button>
          </ButtonRow>
        </>
      )}
      <KnownRows known={known} />
      <RefusedRows refused={refused} />
    </>
  )
}

export interface KnownRow {
  readonly draft: ImportDraft
  readonly sessionId: string
}

/** Apart: what can be taken in, what is here already (recognized by the key of its row), what cannot be read. */
function sortRows(rows: readonly ImportRow[], office: Office, usesMeetingPlace: boolean) {
  const sessionOf = new Map(
    office.sessions.flatMap(({ session }) =>
      session.source === null ? [] : [[session.source.key, session.sessionId] as const],
    ),
  )
  const read = rows.flatMap((row) => ('draft' in row ? [usesMeetingPlace ? withMeetingPlaceAsVenue(row) : row] : []))
  return {
    drafts: read.filter(({ draft }) => !sessionOf.has(draft.sourceKey)),
    known: read.flatMap((draft): readonly KnownRow[] => {
      const sessionId = sessionOf.get(draft.draft.sourceKey)
      return sessionId === undefined ? [] : [{ draft, sessionId }]
    }),
    refused: rows.flatMap((row) => ('refused' in row ? [row] : [])),
  }
}
