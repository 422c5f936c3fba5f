import { formatTime } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import type { RosterLine } from '#attendance/domain/roster.ts'
import { type KanaRow, kanaRow } from '#kernel/kana.ts'
import { localTimeOf } from '#kernel/time.ts'
import { Button } from '#ui/button.tsx'
import { Chip } from '#ui/chip.tsx'
import { Icon } from '#ui/icon.tsx'
import { ListIndex } from '#ui/list-index.tsx'
import { VisuallyHidden } from '#ui/visually-hidden.tsx'
import css from './roster.module.css'

const ROWS: readonly KanaRow[] = ['あ', 'か', 'さ', 'た', 'な', 'は', 'ま', 'や', 'ら', 'わ']
const INDEX_FROM = 12 // a shorter list is seen at one glance

interface Props {
  readonly lines: readonly RosterLine[]
  /** Shows the 五十音 index: not while somebody is searching. */
  readonly jump: boolean
  readonly onCheckIn: (line: RosterLine) => void
  readonly onUndo: (line: RosterLine) => void
}

/** Everybody on the list, in the order of ふりがな. */
export function RosterList({ lines, jump, onCheckIn, onUndo }: Props) {
  const t = useTranslation('attendance')
  const firsts = new Map<KanaRow, string>()
  for (const line of lines) {
    const row = kanaRow(line.nameKana)
    if (!firsts.has(row)) firsts.set(row, line.learnerId)
  }
  const entries = ROWS.map((row) => ({ text: row, href: firsts.has(row) ? `#row-${row}` : undefined }))
  return (
    <>
      {jump && lines.length >= INDEX_FROM && <ListIndex label={t('index')} entries={entries} />}
      <ul class={css.list} role="list" aria-label={t('list')}>
        {lines.map((line) => {
          const row = kanaRow(line.nameKana)
          const id = firsts.get(row) === line.learnerId ? `row-${row}` : undefined
          return <RosterRow key={line.learnerId} id={id} line={line} onCheckIn={onCheckIn} onUndo={onUndo} />
        })}
      </ul>
    </>
  )
}

interface RowProps extends Pick<Props, 'onCheckIn' | 'onUndo'> {
  readonly id: string | undefined
  readonly line: RosterLine
}

/** One person. Tall on purpose: a standing helper taps it with one thumb. Once here, the name is no longer a button:
 *  a second tap on the same spot must not undo the first. */
function RosterRow({ id, line, onCheckIn, onUndo }: RowProps) {
  const t = useTranslation('attendance')
  const name = line.name ?? (line.nameKana || t('erased'))
  const here = line.standing.length > 0
  return (
    <li class={here ? `${css.row} ${css.here}` : css.row} id={id}>
      {here ? (
        <>
          <div class={css.person}>
            <Names line={line} />
            <Came line={line} />
          </div>
          <Button kind="text" size="small" label={t('undoLabel', { name })} onClick={() => onUndo(line)}>
            {t('undo')}
          </Button>
        </>
      ) : (
        <button class={css.tap} type="button" onClick={() => onCheckIn(line)}>
          <Names line={line} />
          {line.state !== 'enrolled' && (
            <span>
              <Chip tone="care">{t(`state.${line.state}`)}</Chip>
            </span>
          )}
          <VisuallyHidden> {t('checkIn')}</VisuallyHidden>
        </button>
      )}
    </li>
  )
}

function Names({ line }: { readonly line: RosterLine }) {
  const t = useTranslation('attendance')
  return (
    <span class={css.names}>
      <span class={css.kana}>{line.nameKana || t('erased')}</span>
      {line.name !== null && <span class={css.name}>{line.name}</span>}
    </span>
  )
}

function Came({ line }: { readonly line: RosterLine }) {
  const t = useTranslation('attendance')
  const language = useLanguage()
  return (
    <span class={css.came}>
      <span class={css.when}>
        <Icon name="success" />
        <span>
          {line.firstMarkedAt === null
            ? t('cameHere')
            : t('came', { time: formatTime(localTimeOf(line.firstMarkedAt), language) })}
        </span>
      </span>
      {line.state !== 'enrolled' && <Chip tone="care">{t(`state.${line.state}`)}</Chip>}
      {line.deviceCount > 1 && <Chip tone="info">{t('twoDevices', { count: line.deviceCount })}</Chip>}
      {line.unsent && <span class={css.unsent}>{t('unsent')}</span>}
    </span>
  )
}
