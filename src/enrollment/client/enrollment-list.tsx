import { useState } from 'preact/hooks'
import { formatShortDay } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import type { LocalDb } from '#client/local-db.ts'
import type { Recorder } from '#client/recorder.ts'
import { useDecision } from '#client/use-decision.ts'
import { useLive } from '#client/use-live.ts'
import { readWaiting } from '#client/waiting.ts'
import type { EnrollmentRow } from '#enrollment/domain/enrollment.ts'
import { formatReceipt } from '#enrollment/domain/receipt-number.ts'
import { localDateOf } from '#kernel/time.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import type { OperationOf } from '#sync/domain/protocol.ts'
import { Button } from '#ui/button.tsx'
import { Chip } from '#ui/chip.tsx'
import { ConfirmDialog } from '#ui/dialog.tsx'
import { type Row, Table } from '#ui/table.tsx'
import { CancelNews } from './cancel-news.tsx'
import { personWords, PhoneCell, shortName } from './person-cells.tsx'
import { WaitingRequests } from './waiting-requests.tsx'

interface Props {
  readonly db: LocalDb
  readonly recorder: Recorder
  readonly sessionId: SessionId
  /** `null` = not read yet, or not to be reached. */
  readonly rows: readonly EnrollmentRow[] | null
  readonly onChanged: () => void
}

const STATES = ['enrolled', 'waitlisted', 'cancelled'] as const satisfies EnrollmentRow['state'][]

/** 席のある人, キャンセル待ち in their order, 取り消した人; before them, what this device has not sent yet. */
export function EnrollmentList({ db, recorder, sessionId, rows, onChanged }: Props) {
  const t = useTranslation('enrollmentOffice')
  const [asked, setAsked] = useState<EnrollmentRow | null>(null)
  const [isLost, setIsLost] = useState(false)
  const unsent = useLive(db, (live) => readWaiting(live, ['enrollment.request', 'enrollment.cancel']), []) ?? []
  const { said, state, follow } = useDecision<OperationOf<'enrollment.cancel'>>(db, onChanged)
  const cancelling = new Set(unsent.flatMap(({ operation }) => idsToCancel(operation)))

  async function cancel(row: EnrollmentRow): Promise<void> {
    setAsked(null)
    setIsLost(false)
    try {
      follow(await recorder.record('enrollment.cancel', { enrollmentId: row.enrollmentId }))
    } catch {
      setIsLost(true)
    }
  }

  return (
    <>
      <CancelNews name={nameOf(said, rows)} state={said === null ? null : state} isLost={isLost} />
      <WaitingRequests sessionId={sessionId} unsent={unsent} />
      {rows?.length === 0 && <p>{t('list.empty')}</p>}
      {STATES.map((one) => (
        <Rows key={one} state={one} rows={rows ?? []} cancelling={cancelling} onCancel={setAsked} />
      ))}
      <CancelEnrollmentDialog asked={asked} onConfirm={(row) => void cancel(row)} onClose={() => setAsked(null)} />
    </>
  )
}

type Unsent = Parameters<typeof WaitingRequests>[0]['unsent'][number]['operation']

function idsToCancel(operation: Unsent): readonly string[] {
  return operation.name === 'enrollment.cancel' ? [operation.payload.enrollmentId] : []
}

function nameOf(said: OperationOf<'enrollment.cancel'> | null, rows: Props['rows']): string {
  return rows?.find(({ enrollmentId }) => enrollmentId === said?.payload.enrollmentId)?.name ?? ''
}

interface DialogProps {
  /** Whose enrollment; `null` = nobody has asked. */
  readonly asked: EnrollmentRow | null
  readonly onConfirm: (row: EnrollmentRow) => void
  readonly onClose: () => void
}

function CancelEnrollmentDialog({ asked, onConfirm, onClose }: DialogProps) {
  const t = useTranslation('enrollmentOffice')
  return (
    <ConfirmDialog
      id="cancel-enrollment"
      open={asked !== null}
      heading={t('cancel.heading', { name: asked?.name ?? asked?.nameKana ?? '' })}
      confirmWord={t('cancel.confirm')}
      cancelWord={t('cancel.back')}
      onConfirm={() => asked && onConfirm(asked)}
      onCancel={onClose}
    >
      <p>{t(asked?.state === 'enrolled' ? 'cancel.textSeat' : 'cancel.textWaiting')}</p>
    </ConfirmDialog>
  )
}

interface RowsProps {
  readonly state: EnrollmentRow['state']
  readonly rows: readonly EnrollmentRow[]
  readonly cancelling: ReadonlySet<string>
  readonly onCancel: (row: EnrollmentRow) => void
}

function Rows({ state, rows: all, cancelling, onCancel }: RowsProps) {
  const t = useTranslation('enrollmentOffice')
  const language = useLanguage()
  const rows = all.filter((row) => row.state === state)
  if (rows.length === 0) return null
  const rowOf = (row: EnrollmentRow): Row => {
    const place = row.position === null ? '' : t('list.position', { position: row.position })
    const name = personWords(row, t)
    return {
      key: row.enrollmentId,
      cells: [
        `${place}${name}`,
        <PhoneCell row={row} />,
        formatReceipt(row.receiptNumber),
        t('list.askedOn', {
          channel: t(`channel.${row.channel}`),
          day: formatShortDay(localDateOf(row.requestedAt), language),
        }),
        row.present ? <Chip tone="good">{t('list.present')}</Chip> : '―',
        ...(state === 'cancelled'
          ? []
          : [<CancelCell row={row} isSending={cancelling.has(row.enrollmentId)} onCancel={onCancel} />]),
      ],
    }
  }
  const columns = ['person', 'phone', 'receipt', 'asked', 'came', ...(state === 'cancelled' ? [] : ['action'])] as const
  return (
    <Table
      caption={t(`list.${state}`, { count: rows.length })}
      columns={columns.map((column) => ({ head: t(`list.column.${column as 'person'}`) }))}
      rows={rows.map(rowOf)}
    />
  )
}

interface CellProps {
  readonly row: EnrollmentRow
  readonly isSending: boolean
  readonly onCancel: (row: EnrollmentRow) => void
}

function CancelCell({ row, isSending, onCancel }: CellProps) {
  const t = useTranslation('enrollmentOffice')
  if (isSending) return <Chip tone="care">{t('cancel.sending')}</Chip>
  return (
    <Button
      kind="text"
      size="small"
      label={t('cancel.openLabel', { name: shortName(row, t) })}
      onClick={() => onCancel(row)}
    >
      {t('cancel.open')}
    </Button>
  )
}
