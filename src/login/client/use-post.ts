import { useCallback, useRef, useState } from 'preact/hooks'

/** What became of one request. `code`: why the server said no; `offline` and `fault` where it said nothing to the matter. */
export type PostState<Answer> =
  | { readonly at: 'idle' | 'busy' }
  /** `count` rises with each attempt, so that the focus moves again. */
  | { readonly at: 'failed'; readonly code: string; readonly restS: number | null; readonly count: number }
  | { readonly at: 'done'; readonly answer: Answer; readonly count: number }

export interface Post<Answer> {
  readonly state: PostState<Answer>
  /** Sends JSON and tells what came of it. While one is under way another one is not begun. */
  readonly post: (path: string, body: object) => Promise<PostState<Answer>>
  readonly forget: () => void
}

/** One request after another that changes something on the server. Kept in memory alone. */
export function usePost<Answer = null>(): Post<Answer> {
  const [state, setState] = useState<PostState<Answer>>({ at: 'idle' })
  const [busy, count] = [useRef(false), useRef(0)]
  const post = useCallback(
    async (path: string, body: object) => {
      if (busy.current) return { at: 'busy' } as const
      busy.current = true
      setState({ at: 'busy' })
      const next = { ...(await send<Answer>(path, body)), count: ++count.current } as PostState<Answer>
      busy.current = false
      setState(next)
      return next
    },
    [busy, count],
  )
  const forget = useCallback(() => setState({ at: 'idle' }), [])
  return { state, post, forget }
}

async function send<Answer>(path: string, body: object) {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
    })
    if (response.status === 204) return { at: 'done', answer: null }
    const said: unknown = await response.json()
    if (response.ok) return { at: 'done', answer: said as Answer }
    return { at: 'failed', code: textOf(said, 'code') ?? 'fault', restS: restOf(response) }
  } catch {
    return { at: 'failed', code: navigator.onLine ? 'fault' : 'offline', restS: null }
  }
}

function textOf(said: unknown, name: string): string | null {
  const value: unknown = typeof said === 'object' && said !== null ? Reflect.get(said, name) : null
  return typeof value === 'string' ? value : null
}

function restOf(response: Response): number | null {
  const seconds = Number(response.headers.get('Retry-After'))
  return seconds > 0 ? seconds : null
}
