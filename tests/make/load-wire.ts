import { request as httpRequest } from 'node:http'
import { text } from 'node:stream/consumers'
import { readAnswer } from '#sync/client/read-answer.ts'
import type { Send } from '#sync/client/sync-once.ts'
import type { SyncRequest } from '#sync/domain/protocol.ts'
import type { Chance } from './chance.ts'
import type { History } from './history.ts'

/** A client's way to the server. All that goes over it is in the history. */
export interface Wire {
  readonly send: Send
  /** Sends one of the last requests again. */
  repeat(chance: Chance, signal: AbortSignal): Promise<void>
}

export interface WireOptions {
  readonly name: string
  readonly url: string
  /** Where it seems to come from. */
  readonly address: string
  readonly cookie?: string
  readonly history: History
}

const REMEMBERED = 20

export function makeWire(options: WireOptions): Wire {
  const { name, history } = options
  const last: SyncRequest[] = []
  let requests = 0

  const send: Send = async (request, signal) => {
    const asked = ++requests
    last.push(request)
    if (last.length > REMEMBERED) last.shift()
    history.add({ kind: 'asked', client: name, asked, request })
    const lose = (status: number | null): void => history.add({ kind: 'lost', client: name, asked, status })
    const response = await postSync(options, request, signal).catch((error: unknown) => {
      lose(null)
      throw error
    })
    const answer = response.ok ? readAnswer(await response.clone().json()) : null
    if (answer === null) lose(response.status)
    else history.add({ kind: 'answered', client: name, asked, answer })
    return response
  }

  return {
    send,
    async repeat(chance, signal) {
      if (last.length > 0) await send(chance.pick(last), signal).catch(() => undefined)
    },
  }
}

/** `POST /api/sync` on a connection of its own, so that each request can meet its own fate. */
export function postSync(
  { url, address, cookie }: Pick<WireOptions, 'url' | 'address' | 'cookie'>,
  request: SyncRequest,
  signal: AbortSignal,
): Promise<Response> {
  const body = JSON.stringify(request)
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(body)),
    'Sec-Fetch-Site': 'same-origin',
    'X-Forwarded-For': address,
    ...(cookie !== undefined && { Cookie: cookie }),
  }
  return new Promise((resolve, reject) => {
    const sent = httpRequest(new URL('/api/sync', url), { method: 'POST', headers, agent: false, signal })
    sent.on('error', reject)
    sent.on('response', (answer) => {
      const given = Object.entries(answer.headers).map(([key, value]): [string, string] => [key, String(value)])
      text(answer).then(
        (said) => resolve(new Response(said, { status: answer.statusCode ?? 0, headers: given })),
        reject,
      )
    })
    sent.end(body)
  })
}
