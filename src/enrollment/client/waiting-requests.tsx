import { useTranslation } from '#client/i18n.ts'
import type { WaitingEntry } from '#client/waiting.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { Chip } from '#ui/chip.tsx'
import { Table } from '#ui/table.tsx'
import { PhoneLink } from './phone-link.tsx'

interface Props {
  readonly sessionId: SessionId
  readonly unsent: readonly WaitingEntry<'enrollment.request' | 'enrollment.cancel'>[]
}

/** Callers whose request is still on this device: nobody has a seat yet, and nobody is forgotten. */
export function WaitingRequests({ sessionId, unsent }: Props) {
  const t = useTranslation('enrollmentOffice')
  const rows = unsent.flatMap(({ operation, state }) =>
    operation.name === 'enrollment.request' && operation.payload.sessionId === sessionId
      ? [{ ...operation.payload, state }]
      : [],
  )
  if (rows.length === 0) return null
  return (
    <Table
      caption={t('list.unsent', { count: rows.length })}
      columns={[
        { head: t('list.column.person') },
        { head: t('list.column.phone') },
        { head: t('list.column.asked') },
        { head: t('list.column.state') },
      ]}
      rows={rows.map(({ enrollmentId, name, nameKana, phone, channel, state }) => ({
        key: enrollmentId,
        cells: [
          t('list.person', { name, kana: nameKana }),
          <PhoneLink phone={phone} name={name} />,
          t(`channel.${channel}`),
          <Chip tone={state === 'waiting' ? 'care' : 'bad'}>{t(`list.${state}`)}</Chip>,
        ],
      }))}
    />
  )
}
