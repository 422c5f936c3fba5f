import { useCallback, useEffect, useState } from 'preact/hooks'
import { type Instant, instantOf } from '#kernel/time.ts'

/** What the office reads from the server and no device keeps: figures, and lists with names.
 *  `data` is the last answer to this address, for as long as the page is open: a lost network empties no screen. */
export interface OnlineAnswer<Data> {
  readonly state: 'loading' | 'ready' | 'offline' | 'refused' | 'fault'
  readonly data: Data | null
  readonly seenAt: Instant | null
  /** Why the server said no; only when `refused`. */
  readonly code: string | null
  readonly reload: () => void
}

interface Held {
  readonly data: unknown
  readonly seenAt: Instant
}
type Answer = Omit<OnlineAnswer<unknown>, 'reload'>

// Only in memory: rows with names must not stay on a disk.
const lastSeen = new Map<string, Held>()

/** Reads `path` (JSON, same origin) now, when the network comes back, and when the page is looked at again. */
export function useOnline<Data>(path: string): OnlineAnswer<Data> {
  const [answer, setAnswer] = useState<Answer & { readonly path: string }>({ ...loading(path), path })
  const [asked, setAsked] = useState(0)
  const reload = useCallback(() => setAsked((count) => count + 1), [])

  useEffect(() => {
    const controller = new AbortController()
    void ask(path, controller.signal).then((next) => {
      if (!controller.signal.aborted) setAnswer({ ...next, path })
    })
    return () => controller.abort()
  }, [path, asked])

  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState === 'visible') reload()
    }
    addEventListener('online', look)
    document.addEventListener('visibilitychange', look)
    return () => {
      removeEventListener('online', look)
      document.removeEventListener('visibilitychange', look)
    }
  }, [reload])

  const current = answer.path === path ? answer : loading(path)
  return { ...current, data: current.data as Data | null, reload }
}

async function ask(path: string, signal: AbortSignal): Promise<Answer> {
  try {
    const headers = { Accept: 'application/json', ...(isByItself() && { 'X-By-Itself': '1' }) }
    const response = await fetch(path, { headers, redirect: 'error', signal })
    const body: unknown = await response.json()
    if (response.ok) return keep(path, body)
    if (response.status >= 500 || response.status === 429) return { ...held(path), state: 'fault', code: null }
    lastSeen.delete(path) // no longer ours to look at
    return { state: 'refused', data: null, seenAt: null, code: codeOf(body) }
  } catch {
    return { ...held(path), state: 'offline', code: null } // no network, or somebody else answered
  }
}

/** Whether the page asks and no hand does: that keeps nobody signed in. A browser that cannot tell counts as a hand. */
function isByItself(): boolean {
  const { userActivation } = navigator as { readonly userActivation?: { readonly isActive: boolean } }
  return userActivation?.isActive === false
}

function keep(path: string, data: unknown): Answer {
  const seenAt = instantOf(Date.now())
  lastSeen.set(path, { data, seenAt })
  return { state: 'ready', data, seenAt, code: null }
}

function loading(path: string): Answer {
  return { ...held(path), state: 'loading', code: null }
}

function held(path: string): Pick<Answer, 'data' | 'seenAt'> {
  return lastSeen.get(path) ?? { data: null, seenAt: null }
}

function codeOf(body: unknown): string | null {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : null
  return typeof code === 'string' ? code : null
}
