import type { ComponentChildren } from 'preact'
import type { Keyring } from '#client/keyring.ts'
import { useLockState } from './use-lock-state.ts'

interface Props {
  readonly keyring: Keyring
  readonly children: ComponentChildren
}

/** News that may name people: not there while this phone is locked. */
export function UnlessLocked({ keyring, children }: Props) {
  const state = useLockState(keyring)
  return state === undefined || state === 'locked' ? null : <>{children}</>
}
