import { vi } from 'vitest'

/** The stream by which one phone hears that there is news. */
export interface NewsStream {
  newsCount(): number
  /** Everything it ever said, once it has ended. */
  readonly ended: Promise<string>
  leave(): Promise<void>
}

/** `url`: a process. Opened when it resolves. */
export async function openNewsStream(url: string, deviceId: string, cookie = ''): Promise<NewsStream> {
  const leaving = new AbortController()
  const headers = { Cookie: cookie }
  const answer = await fetch(`${url}/api/poke?device=${deviceId}`, { headers, signal: leaving.signal })
  let heard = ''
  const ended = (async () => {
    for await (const part of answer.body ?? []) heard += Buffer.from(part).toString()
    return heard
  })().catch(() => heard)
  await vi.waitUntil(() => heard.includes('event: hello'))
  return {
    newsCount: () => heard.split('event: news').length - 1,
    ended,
    async leave() {
      leaving.abort()
      await ended
    },
  }
}
