import type { AuditObject, AuditRow } from '#audit/domain/audit-page.ts'
import { formatInstant } from '#client/format-date.ts'
import { type Translate, useLanguage, useTranslation } from '#client/i18n.ts'
import { type Row, Table } from '#ui/table.tsx'
import type { ja } from './messages.ja.ts'
import css from './audit.module.css'

const LISTS: Readonly<Record<string, 'trainees' | 'register' | 'audit'>> = {
  'list:trainees': 'trainees',
  'list:audit': 'audit',
  'register:': 'register',
}
const NONE = '―'
const ID_SHOWN = 8 // enough to tell two phones apart

/** Lines of the audit in words. */
export function AuditTable({ rows }: { readonly rows: readonly AuditRow[] }) {
  const t = useTranslation('audit')
  const language = useLanguage()
  const rowOf = (row: AuditRow): Row => ({
    key: String(row.seq),
    cells: [
      formatInstant(row.at, language),
      row.actorName ?? t(`actor.${row.actorKind}`),
      whatOf(row, t),
      <Objects key={row.seq} objects={row.objects} t={t} />,
      row.count === null ? NONE : t('count', { count: row.count }),
    ],
  })
  return (
    <Table
      caption={t('caption', { count: rows.length })}
      columns={[
        { head: t('column.at') },
        { head: t('column.who') },
        { head: t('column.what') },
        { head: t('column.object') },
        { head: t('column.count'), number: true },
      ]}
      rows={rows.map(rowOf)}
    />
  )
}

function whatOf({ action, outcome, reason }: AuditRow, t: Translate<'audit'>): string {
  const why = outcome === 'refused' ? t('refused') : reasonWords(reason, t)
  return t(`action.${action}`) + (why === null ? '' : t('reasonIs', { reason: why }))
}

/** Codes that have words; all others stand in the file. */
const REASONS: Readonly<Record<keyof typeof ja.reason, true>> = {
  self: true,
  family: true,
  mistake: true,
  lost: true,
  left: true,
  changed: true,
  signedOut: true,
  passkey: true,
  secondWay: true,
  invitation: true,
  viewer: true,
  organizer: true,
  admin: true,
  duty_changed: true,
  moved: true,
  on_leave: true,
  misuse: true,
  seen_at_desk: true,
}

/** One code, or several: the new role and why. */
function reasonWords(reason: string | null, t: Translate<'audit'>): string | null {
  const codes = (reason ?? '').split(' ')
  if (!codes.every((code) => Object.hasOwn(REASONS, code))) return null
  return codes.map((code) => t(`reason.${code as keyof typeof ja.reason}`)).join(' / ')
}

function Objects({ objects, t }: { readonly objects: readonly AuditObject[]; readonly t: Translate<'audit'> }) {
  const shown = objects.flatMap((object) => {
    const text = textOf(object, t)
    return text === null ? [] : [{ ...object, text }]
  })
  if (shown.length === 0) return <>{NONE}</>
  return (
    <ul class={css.objects} role="list">
      {shown.map(({ kind, id, path, text }) => (
        <li key={`${kind}:${id}`}>{path === null ? text : <a href={path}>{text}</a>}</li>
      ))}
    </ul>
  )
}

function textOf({ kind, id, name, path }: AuditObject, t: Translate<'audit'>): string | null {
  const list = LISTS[`${kind}:${id}`]
  if (list !== undefined) return t(`object.${list}`)
  if (kind === 'learner') return t(path === null ? 'object.learnerGone' : 'object.learner')
  if (kind === 'device') return t('object.device', { id: id.slice(-ID_SHOWN) })
  if (name !== null) return name
  return kind === 'session' ? t('object.session') : null
}
