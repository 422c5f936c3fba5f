import { useEffect, useState } from 'preact/hooks'
import type { Keyring, LockState } from '#client/keyring.ts'

/** Whether this device is locked; `undefined` until it has been looked at. */
export function useLockState(keyring: Keyring): LockState | undefined {
  const [state, setState] = useState<LockState | undefined>(undefined)
  useEffect(() => {
    let isLeft = false
    const stop = keyring.state.subscribe((next) => setState(next))
    const show = (found: LockState): void => {
      if (!isLeft) setState(found)
    }
    keyring.ready().then(show, () => show('open')) // no store: nothing is held, and `db.trouble` says so
    return () => {
      isLeft = true
      stop()
    }
  }, [keyring])
  return state
}
