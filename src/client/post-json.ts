/** What the server said to something that was asked of it once, by a person who waits. */
export type Posted<Answer> =
  | { readonly ok: true; readonly answer: Answer }
  /** `code`: why the server refused; `offline` without a network, `too_many_requests` where one has to wait, `fault` for everything else. */
  | { readonly ok: false; readonly code: string }

/** Sends JSON to a path of our own and reads the answer. Nothing is kept, and nothing is sent again by itself. */
export async function postJson<Answer>(path: string, body: object): Promise<Posted<Answer>> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      cache: 'no-store',
      redirect: 'error', // a captive portal, never us
    })
    const answer: unknown = await response.json()
    return response.ok ? { ok: true, answer: answer as Answer } : { ok: false, code: codeOf(answer) }
  } catch {
    return { ok: false, code: 'offline' } // no network, or somebody else answered
  }
}

function codeOf(answer: unknown): string {
  const code = typeof answer === 'object' && answer !== null && 'code' in answer ? answer.code : null
  return typeof code === 'string' ? code : 'fault'
}
