import type { Uuid } from '#kernel/uuid.ts'
import { PROTOCOL } from '#sync/domain/limits.ts'
import type { App } from '../../src/main.server.ts'

interface Stance {
  readonly newId: () => Uuid
  /** When it speaks. */
  readonly at: string
  /** The address it asks from, as the test's server reads it. */
  readonly from: string
}

/** A device that says `enrollment.withdraw` by itself, as often as it likes. */
export function makeWithdrawer({ fetch }: Pick<App, 'fetch'>, { newId, at, from }: Stance) {
  const device = { id: newId(), secret: 'ab'.repeat(32), unsentCount: 0 }
  let seq = 0
  return (payloads: readonly object[]) => {
    const push = payloads.map((payload) => ({ id: newId(), seq: ++seq, at, name: 'enrollment.withdraw', payload }))
    return fetch(
      new Request('http://localhost/api/sync', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'x-from': from },
        body: JSON.stringify({ protocol: PROTOCOL, device, push, cursors: {} }),
      }),
    )
  }
}
