import { useLocation } from 'preact-iso/router'
import type { ComponentChildren } from 'preact'
import { LockGate } from '#login/client/lock-gate.tsx'
import type { PairingParts } from '#login/client/pair-phone.ts'
import { watchPhone } from '#login/client/watch-phone.ts'
import { oneAtATime } from '#sync/client/one-at-a-time.ts'
import { ensureDevice } from '#sync/client/outbox.ts'
import { browserSurroundings } from '#sync/client/surroundings.ts'
import { SYNC_LOCK } from '#sync/client/sync-loop.ts'
import type { AreaParts } from './main.device.tsx'

/** The lock of a phone, and sending: changing the person of a phone needs both. */
export function phoneOf({ device: { db }, keyring, status, wake }: AreaParts): PairingParts {
  return {
    db,
    keyring,
    status,
    wake,
    now: browserSurroundings.now,
    ensureDevice: () => ensureDevice(db, browserSurroundings),
    alone: (work) => oneAtATime(SYNC_LOCK, work),
  }
}

/** What is fetched once this phone has a lock. */
export function watch(parts: AreaParts): void {
  watchPhone(phoneOf(parts))
}

interface Props {
  readonly phone: PairingParts
  /** Says whose phone it is, and offers to hand it over. */
  readonly showsOwner?: boolean
  readonly children: ComponentChildren
}

/** A page that only the owner of a phone opens. */
export function BehindLock({ phone, showsOwner = false, children }: Props) {
  const { route } = useLocation()
  return (
    <LockGate parts={phone} showsOwner={showsOwner} onLeft={() => route('/pair')}>
      {children}
    </LockGate>
  )
}
