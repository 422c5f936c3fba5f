import { useLanguage, useTranslation } from '#client/i18n.ts'
import type { ImportDraft, ImportRow } from '#sessions/domain/event-csv.ts'
import { kindOf } from '#sessions/domain/import-plan.ts'
import type { SessionKind } from '#sessions/domain/session.ts'
import { CheckField } from '#ui/choice-field.tsx'
import { Heading } from '#ui/heading.tsx'
import { Table } from '#ui/table.tsx'
import type { KnownRow } from './import-preview.tsx'
import { whenWords } from './office-words.ts'
import { useImportWords } from './use-import-words.ts'

interface DraftProps {
  readonly drafts: readonly ImportDraft[]
  /** Rows that the organizer has put aside. */
  readonly left: ReadonlySet<number>
  readonly kind: SessionKind
  readonly onChoose: (row: number, isChosen: boolean) => void
}

/** One line per row: what it would become, and what a person still has to decide. */
export function DraftRows({ drafts, left, kind, onChoose }: DraftProps) {
  const t = useTranslation('office')
  const language = useLanguage()
  const words = useImportWords()
  return (
    <Table
      caption={t('import.draftsCaption', { count: drafts.length })}
      columns={[
        { head: t('import.column.row') },
        { head: t('list.column.when') },
        { head: t('list.column.venue') },
        { head: t('field.capacity') },
        { head: t('import.column.remarks') },
      ]}
      rows={drafts.map((one) => ({
        key: String(one.row),
        cells: [
          <CheckField
            name={`row-${one.row}`}
            label={t('import.rowTitle', {
              row: one.row,
              title: one.draft.title,
              kind: t(`kind.${kindOf(one, kind)}`),
            })}
            checked={!left.has(one.row)}
            onCheck={(isChosen) => onChoose(one.row, isChosen)}
          />,
          whenWords(one.draft, { t, language }),
          one.draft.venueName ?? t('form.notYet'),
          one.draft.capacity === null ? t('form.notYet') : t('import.people', { count: one.draft.capacity }),
          one.remarks.length === 0 ? (
            '―'
          ) : (
            <ul>
              {one.remarks.map((remark, index) => (
                <li key={index}>{words.ofRemark(remark)}</li>
              ))}
            </ul>
          ),
        ],
      }))}
    />
  )
}

/** Rows that were taken in before, with the way to them. */
export function KnownRows({ known }: { readonly known: readonly KnownRow[] }) {
  const t = useTranslation('office')
  if (known.length === 0) return null
  return (
    <>
      <Heading level={3}>{t('import.knownHeading', { count: known.length })}</Heading>
      <ul>
        {known.map(({ draft, sessionId }) => (
          <li key={draft.row}>
            <a href={`/office/sessions/${sessionId}`}>
              {t('import.rowShort', { row: draft.row, title: draft.draft.title })}
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

type Refused = Extract<ImportRow, { refused: unknown }>

/** Rows that give no draft, each with the reason. */
export function RefusedRows({ refused }: { readonly refused: readonly Refused[] }) {
  const t = useTranslation('office')
  const words = useImportWords()
  if (refused.length === 0) return null
  return (
    <>
      <Heading level={3}>{t('import.refusedHeading', { count: refused.length })}</Heading>
      <ul>
        {refused.map((one) => (
          <li key={one.row}>{t('import.refusedRow', { row: one.row, why: words.ofRow(one.refused) })}</li>
        ))}
      </ul>
    </>
  )
}
