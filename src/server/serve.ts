import { once } from 'node:events'
import { createAdaptorServer, type ServerType } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Config } from './config.ts'
import { PATIENCE } from './patience.ts'
import { codeOf } from './process-state.ts'
import { StartRefusal } from './start-refusal.ts'

/** Takes connections. Throws a StartRefusal where the address cannot be had. */
export async function serve(
  fetch: Hono['fetch'],
  { host, port }: Pick<Config, 'host' | 'port'>,
): Promise<{ readonly server: ServerType; readonly port: number }> {
  const server = createAdaptorServer({ fetch, serverOptions: PATIENCE }).listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    const code = codeOf(error) ?? String(error)
    throw new StartRefusal(
      `${host} の ${port} 番で待ち受けられません（${code}）。ほかのプログラムが使っていないか確かめるか、HOST と PORT を変えてください。`,
    )
  }
  const address = server.address()
  return { server, port: address !== null && typeof address === 'object' ? address.port : port }
}
