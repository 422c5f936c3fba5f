import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** What stands before several processes and gives each request to the next of them, without any memory of who asked. */
export interface RoundRobin {
  readonly url: string
  /** Whom it asks from now on. */
  spreadOver(urls: readonly string[]): void
  /** How many requests wait for an answer of this process right now. */
  waitingFor(url: string): number
  /** How many requests broke because their process ended in the middle. */
  brokenCount(): number
  /** How many answers were given and got lost on their way back. */
  lostCount(): number
  stop(): Promise<void>
}

/** Like nginx or Caddy as a city runs it: a process that takes no connection is passed over; what broke in the middle is answered 502.
 *  `loseEvery`: of so many answers one gets lost, as when a phone walks out of the signal in the nasty moment. */
export async function startRoundRobin({
  loseEvery = Infinity,
}: { readonly loseEvery?: number } = {}): Promise<RoundRobin> {
  let upstreams: readonly string[] = []
  let turn = 0
  let broken = 0
  let [answered, lost] = [0, 0]
  const waiting = new Map<string, number>()
  const wait = (url: string, by: number): void => void waiting.set(url, (waiting.get(url) ?? 0) + by)

  /** `false`: it takes no connection, so nothing was said to it. */
  function ask(url: string, incoming: IncomingMessage, body: Buffer, answer: ServerResponse): Promise<boolean> {
    return new Promise((resolve) => {
      wait(url, 1)
      const done = (isTaken: boolean): void => {
        wait(url, -1)
        resolve(isTaken)
      }
      const { method, headers, url: path } = incoming
      const sent = request(new URL(path ?? '/', url), { method, headers, agent: false }, (theirs) => {
        answered += 1
        theirs.on('end', () => done(true))
        if (answered % loseEvery === 0) {
          lost += 1
          theirs.resume().on('end', () => answer.destroy())
        } else theirs.pipe(answer.writeHead(theirs.statusCode ?? 502, theirs.headers))
        theirs.on('error', () => (answer.destroy(), (broken += 1), done(true)))
      })
      sent.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ECONNREFUSED') return done(false)
        broken += 1
        if (!answer.headersSent) answer.writeHead(502).end()
        done(true)
      })
      answer.on('close', () => sent.destroy())
      sent.end(body)
    })
  }

  const server = createServer((incoming, answer) => {
    void (async () => {
      const body = await buffer(incoming)
      for (let tried = 0; tried < upstreams.length; tried++) {
        const url = upstreams[turn++ % upstreams.length]
        if (url !== undefined && (await ask(url, incoming, body, answer))) return
      }
      answer.writeHead(503).end()
    })()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spreadOver: (urls) => void (upstreams = urls),
    waitingFor: (url) => waiting.get(url) ?? 0,
    brokenCount: () => broken,
    lostCount: () => lost,
    async stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
