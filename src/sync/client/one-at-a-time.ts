/** Longer than a healthy round trip. A tab that was frozen in the middle of one may hold the lock for ever. */
const LOCK_WAIT_MS = 20_000

/** Runs `work` while no other tab of this device does. The lock is held for one burst and not for good, because a phone
 *  freezes tabs in the background. Where a browser has no locks, tabs may overlap: the server knows each operation by its id. */
export async function oneAtATime<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  const locks: LockManager | undefined = typeof navigator === 'undefined' ? undefined : navigator.locks
  if (locks === undefined) return work()
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), LOCK_WAIT_MS)
  const started: { run?: Promise<Value> } = {}
  const run = (): Promise<Value> => {
    clearTimeout(timer)
    return (started.run ??= work())
  }
  try {
    return await locks.request(name, { signal: patience.signal }, run)
  } catch (error) {
    if (started.run !== undefined) return await started.run // failed by itself, or another tab took the lock away
    if (!patience.signal.aborted) throw error
    return await locks.request(name, { steal: true }, run)
  } finally {
    clearTimeout(timer)
  }
}
