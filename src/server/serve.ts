import { once } from 'node:events'
import type { Server, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Config } from './config.ts'
import { PATIENCE } from './patience.ts'
import { codeOf } from './process-state.ts'
import { StartRefusal } from './start-refusal.ts'

const FINISH_MS = 8_000 // service managers end a process 10 s after they have asked it to
const LOOK_MS = 20

/** A product that takes requests. */
export interface Serving {
  readonly port: number
  /** Takes no new connections, finishes the requests under way, then closes what is open. Streams have to be ended before. */
  stop(): Promise<void>
}

/** Takes connections. Throws a StartRefusal where the address cannot be had. */
export async function serve(fetch: Hono['fetch'], { host, port }: Pick<Config, 'host' | 'port'>): Promise<Serving> {
  const server = createAdaptorServer({ fetch, serverOptions: PATIENCE }) as Server
  const underWay = noteRequests(server)
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    const code = codeOf(error) ?? String(error)
    throw new StartRefusal(
      `${host} の ${port} 番で待ち受けられません（${code}）。ほかのプログラムが使っていないか確かめるか、HOST と PORT を変えてください。`,
    )
  }
  const address = server.address()
  return {
    port: address !== null && typeof address === 'object' ? address.port : port,
    async stop() {
      server.close()
      for (let waitedMs = 0; underWay.size > 0 && waitedMs < FINISH_MS; waitedMs += LOOK_MS) await sleep(LOOK_MS)
      server.closeAllConnections()
    },
  }
}

/** The answers that are not yet sent. Once nothing new is taken, a connection ends with its answer, so that whoever sends on asks elsewhere. */
function noteRequests(server: Server): ReadonlySet<ServerResponse> {
  const underWay = new Set<ServerResponse>()
  server.prependListener('request', (_, answer: ServerResponse) => {
    underWay.add(answer)
    if (!server.listening) answer.shouldKeepAlive = false
    answer.once('close', () => underWay.delete(answer))
  })
  return underWay
}
