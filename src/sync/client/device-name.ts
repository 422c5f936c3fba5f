import type { Translate } from '#client/i18n.ts'
import type { DeviceHolder } from '#sync/domain/device-ledger.ts'

interface Named {
  readonly holder: DeviceHolder
  readonly name: string | null
  readonly isStopped?: boolean
}

/** What a device is called: by whose it is. */
export function deviceName({ holder, name, isStopped = false }: Named, t: Translate<'devices'>): string {
  if (holder === 'demo') return t('who.demo')
  if (name === null) return t('who.nobody')
  if (holder === 'office') return t('who.office', { name })
  return t(isStopped ? 'who.stopped' : 'who.phone', { name })
}
