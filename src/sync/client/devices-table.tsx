import { formatInstant, formatShortDay } from '#client/format-date.ts'
import { type Translate, useLanguage, useTranslation } from '#client/i18n.ts'
import type { LedgerDevice } from '#sync/domain/device-ledger.ts'
import { Table } from '#ui/table.tsx'
import { deviceName } from './device-name.ts'

const COLUMNS = ['who', 'contact', 'unsent', 'gap', 'program', 'lists'] as const

/** Every device of somebody who works here. */
export function DevicesTable({ devices }: { readonly devices: readonly LedgerDevice[] }) {
  const t = useTranslation('devices')
  const language = useLanguage()
  return (
    <Table
      caption={t('caption', { count: devices.length })}
      columns={COLUMNS.map((column) => ({ head: t(`column.${column}`) }))}
      rows={devices.map((device) => ({
        key: device.deviceId,
        cells: [
          deviceName({ ...device, isStopped: device.endedAt !== null }, t),
          formatInstant(device.lastContactAt, language),
          t('count', { count: device.unsentCount }),
          t('count', { count: device.gapCount }),
          programWords(device, t),
          <Lists device={device} />,
        ],
      }))}
    />
  )
}

/** Builds have names such as `app-Bk3dQ9xZ.js`: the part between tells one from another. */
function programWords({ program, isOtherProgram }: LedgerDevice, t: Translate<'devices'>): string {
  if (program === null) return t('program.unknown')
  const number = program.replace(/^.*?-|\.js$/g, '')
  return t('program.number', { words: t(isOtherProgram === true ? 'program.other' : 'program.same'), number })
}

function Lists({ device: { lists } }: { readonly device: LedgerDevice }) {
  const t = useTranslation('devices')
  const language = useLanguage()
  if (lists.length === 0) return <>{t('noLists')}</>
  return (
    <ul>
      {lists.map(({ sessionId, title, heldOn }) => (
        <li key={sessionId}>{heldOn === null ? title : t('list', { title, day: formatShortDay(heldOn, language) })}</li>
      ))}
    </ul>
  )
}
