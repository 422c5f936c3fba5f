import { Agent, type IncomingMessage, request } from 'node:http'
import type { Socket } from 'node:net'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip } from 'node:zlib'

const ANSWER_LIMIT_MS = 30_000

/** One device's connections to a server, with every byte counted, headers included. */
export interface Wire {
  /** Sends JSON, reads JSON. Throws for anything but 200. */
  post<Answer>(path: string, body: object): Promise<Answer>
  /** Reads a page, or an answer of the office. Throws for anything but 200. */
  get(path: string): Promise<string>
  /** Opens a stream of server-sent events and calls back with the name of each. */
  listen(path: string, onEvent: (name: string) => void): void
  bytes(): { readonly down: number; readonly up: number }
  close(): void
}

export function openWire(origin: string, cookie = '', packed = 'gzip, br'): Wire {
  const agent = new Agent({ keepAlive: true })
  const sockets = new Set<Socket>()
  const base = { agent, headers: { Cookie: cookie, 'Accept-Encoding': packed, 'Accept-Language': 'ja' } }
  const count = (socket: Socket): void => void sockets.add(socket)
  const sum = (of: 'bytesRead' | 'bytesWritten'): number =>
    [...sockets].reduce((bytes, socket) => bytes + socket[of], 0)
  return {
    post: (path, body) =>
      new Promise((resolve, reject) => {
        const headers = { ...base.headers, 'Content-Type': 'application/json' }
        const sent = request(
          `${origin}${path}`,
          { ...base, method: 'POST', headers, timeout: ANSWER_LIMIT_MS },
          (answer) => {
            readText(answer).then((read) => resolve(JSON.parse(read) as never), reject)
          },
        )
        sent.on('socket', count).on('error', reject)
        sent.on('timeout', () => sent.destroy(new Error('No answer in time')))
        sent.end(JSON.stringify(body))
      }),
    get: (path) =>
      new Promise((resolve, reject) => {
        const sent = request(`${origin}${path}`, { ...base, timeout: ANSWER_LIMIT_MS }, (answer) => {
          readText(answer).then(resolve, reject)
        })
        sent.on('socket', count).on('error', reject)
        sent.on('timeout', () => sent.destroy(new Error('No answer in time')))
        sent.end()
      }),
    listen(path, onEvent) {
      const opened = request(`${origin}${path}`, base, (stream) => {
        stream.setEncoding('utf8')
        stream.on('data', (text: string) => {
          for (const [, name = ''] of text.matchAll(/^event: (.*)$/gm)) onEvent(name)
        })
        stream.on('error', () => undefined) // closed by us
      })
      opened.on('socket', count).on('error', () => undefined)
      opened.end()
    },
    bytes: () => ({ down: sum('bytesRead'), up: sum('bytesWritten') }),
    close() {
      agent.destroy()
      for (const socket of sockets) socket.destroy()
    },
  }
}

async function readText(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  const encoding = answer.headers['content-encoding']
  const plain =
    encoding === 'br'
      ? await promisify(brotliDecompress)(body)
      : encoding === 'gzip'
        ? await promisify(gunzip)(body)
        : body
  if (answer.statusCode !== 200) throw new Error(`HTTP ${answer.statusCode}: ${plain.toString()}`)
  return plain.toString()
}
