import { createServer, type Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { instantOf } from '#kernel/time.ts'
import { type DemoLinks, makeDemoLinks } from '#login/server/demo-links.ts'
import { connectDatabase, type Database } from '#server/database.ts'
import { makeKeys } from '../make/server-kit.ts'
import { createApp } from '../../src/main.server.ts'
import { CITY } from '../make/city.ts'
import { answerFloor } from './floor-endpoint.ts'

/** What a measured server says of itself, to the process that started it. */
export type Report =
  | { readonly kind: 'ready'; readonly port: number; readonly links: DemoLinks }
  | {
      readonly kind: 'usage'
      readonly cpuMs: number
      readonly peakMiB: number
      /** What the process holds now, and what of it are objects of the program. */
      readonly residentMiB: number
      readonly heapMiB: number
    }

/** A server in a process of its own, so that its CPU time is its own: `node server.ts product|floor <database URL>`. */
const [kind, url = ''] = process.argv.slice(2)
const database = connectDatabase({ url })
const links = makeDemoLinks()
const server = kind === 'floor' ? serveFloor(database) : await serveProduct(database)
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address === 'object') say({ kind: 'ready', port: address.port, links })
})
process.on('message', () => {
  globalThis.gc?.() // where the process was started with it: what is garbage is not held
  const { user, system } = process.cpuUsage()
  const { rss, heapUsed } = process.memoryUsage()
  const [residentMiB, heapMiB] = [rss / 2 ** 20, heapUsed / 2 ** 20]
  const peakMiB = process.resourceUsage().maxRSS / 1024
  say({ kind: 'usage', cpuMs: (user + system) / 1000, peakMiB, residentMiB, heapMiB })
})
process.on('disconnect', () => process.exit())

/** The whole product, as its own start composes it. */
async function serveProduct(on: Database): Promise<Server> {
  const kit = { database: on, city: CITY.code, now: () => instantOf(Date.now()), keyFor: makeKeys() }
  const app = await createApp(kit, { city: CITY, links, origin: () => 'http://localhost' })
  return createAdaptorServer({ fetch: app.fetch }) as Server // what `serve` of the product's start listens with
}

function serveFloor(on: Database): Server {
  return createServer((request, response) => void answerFloor(on, request, response))
}

function say(report: Report): void {
  process.send?.(report)
}
