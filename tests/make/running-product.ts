import { once } from 'node:events'
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { createAdaptorServer } from '@hono/node-server'
import { instantOf } from '#kernel/time.ts'
import { type DemoLinks, makeDemoLinks } from '#login/server/demo-links.ts'
import { NOBODY } from '#login/domain/identity.ts'
import type { Role } from '#login/domain/roles.ts'
import type { AddressOf } from '#server/client-address.ts'
import type { ServerKit } from '#server/kit.ts'
import { type App, createApp } from '../../src/main.server.ts'
import { ensureBuilt } from './built-product.ts'
import { CITY, insertCity, NEIGHBOR } from './city.ts'
import { makeDatabase } from './postgres.ts'
import { makeKeys, makeTestDevice, type TestDevice } from './server-kit.ts'

/** One request that reached the server, and what it answered. */
export interface Seen {
  readonly method: string
  readonly path: string
  readonly cookie: string | null
  /** What was sent and what was answered; of `/api/sync` only. */
  readonly body: string
  readonly answer: string
  readonly status: number
}

/** A way to the server that only one browser uses. It can be cut, as the network of one phone can. */
export interface Door {
  readonly url: string
  /** Everything that came in by this door, oldest first. */
  readonly seen: readonly Seen[]
  /** What went out by this door so far, heads of answers included. */
  bytesSent(): number
  /** Nobody answers here any more: connections break, new ones are refused. */
  cut(): Promise<void>
  /** Answers again, at the same address. */
  mend(): Promise<void>
}

/** The real product in this process, over a database of its own. */
export interface RunningProduct {
  readonly kit: ServerKit
  readonly links: DemoLinks
  /** Everything that is mounted, as the router knows it. */
  readonly routes: App['routes']
  readonly url: string
  /** The same place by its name: passkeys belong to a name. */
  readonly origin: string
  /** Sets the server's clock, which runs on from there. Without it the clock is the machine's. */
  setNow(now: string): void
  openDoor(): Promise<Door>
  /** A device that talks to this server without a browser. */
  device(role: Role): TestDevice
  /** Asks the server directly, without a network. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** Puts words at the end of a file as it is served: what a browser sees of a new version. */
  append(path: string, text: string): void
  stop(): Promise<void>
}

interface Wanted {
  readonly now?: string
  /** Another product over the same database: this one is then the neighbor city's. */
  readonly beside?: RunningProduct
  /** Where a request comes from; nobody is counted without it. */
  readonly addressOf?: AddressOf
}

export async function startProduct({ now, beside, addressOf }: Wanted = {}): Promise<RunningProduct> {
  await ensureBuilt()
  const database = beside?.kit.database ?? (await makeDatabase())
  const town = beside === undefined ? CITY : NEIGHBOR
  const city = await insertCity(database, town)
  let aheadMs = 0
  const kit: ServerKit = {
    database,
    city,
    now: () => instantOf(Date.now() + aheadMs),
    keyFor: makeKeys(),
    whoIs: async () => NOBODY, // the app asks its own cookies
  }
  const setNow = (text: string): void => void (aheadMs = Date.parse(text) - Date.now())
  if (now !== undefined) setNow(now)
  const links = makeDemoLinks()
  let origin = ''
  const app = await createApp(kit, { city: town, links, origin: () => origin, ...(addressOf && { addressOf }) })
  const doors: Door[] = []
  const appended = new Map<string, string>()

  async function answer(request: Request): Promise<Response> {
    const more = appended.get(new URL(request.url).pathname)
    if (more === undefined) return app.fetch(request)
    const plain = await app.fetch(new Request(request.url)) // whole and not packed
    const { headers } = plain
    headers.delete('ETag')
    return new Response((await plain.text()) + more, { headers })
  }

  async function openDoor(): Promise<Door> {
    const door = await listen(answer)
    doors.push(door)
    return door
  }

  const { url } = await openDoor()
  origin = url.replace('127.0.0.1', 'localhost')
  return {
    kit,
    links,
    routes: app.routes,
    url,
    origin,
    setNow,
    openDoor,
    device: (role) => makeTestDevice(kit, { role }),
    fetch: (path, init) => answer(new Request(new URL(path, url), init)),
    append: (path, text) => void appended.set(path, text),
    async stop() {
      await Promise.all(doors.map((door) => door.cut()))
      await app.stop()
      if (beside === undefined) await database.close()
    },
  }
}

async function listen(answer: (request: Request) => Promise<Response>): Promise<Door> {
  const seen: Seen[] = []
  const server = createAdaptorServer({
    fetch: async (request: Request) => {
      const { method, headers, url } = request
      const path = new URL(url).pathname
      const isSync = path === '/api/sync'
      const body = isSync ? await request.clone().text() : ''
      const response = await answer(request)
      const said = isSync ? await plainText(response.clone()) : ''
      seen.push({ method, path, cookie: headers.get('cookie'), body, answer: said, status: response.status })
      return response
    },
  }) as Server
  const sockets: Socket[] = []
  server.on('connection', (socket) => sockets.push(socket))
  const port = await open(server, 0)
  return {
    bytesSent: () => sockets.reduce((sum, socket) => sum + socket.bytesWritten, 0),
    url: `http://127.0.0.1:${port}`,
    seen,
    async cut() {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
    mend: async () => void (await open(server, port)),
  }
}

async function open(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return address.port
}

async function plainText(response: Response): Promise<string> {
  const bytes = Buffer.from(await response.arrayBuffer())
  const coding = response.headers.get('Content-Encoding')
  if (coding === 'br') return brotliDecompressSync(bytes).toString()
  return (coding === 'gzip' ? gunzipSync(bytes) : bytes).toString()
}
