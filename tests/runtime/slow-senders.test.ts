import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { beforeAll, expect, test } from 'vitest'
import { PATIENCE } from '#server/patience.ts'

let port: number
beforeAll(async () => {
  const app = new Hono().post('/', async (c) => c.text(`heard ${(await c.req.text().catch(() => '')).length}`))
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: PATIENCE }) as Server
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ;({ port } = server.address() as AddressInfo)
  return () => {
    server.closeAllConnections()
    server.close()
  }
})

const HEAD = 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n'

/** Sends pieces with a rest after each, and returns everything that was answered until the server hung up. */
async function send(pieces: readonly string[], restMs: number): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let heard = ''
  socket.on('data', (data) => (heard += String(data)))
  socket.on('error', () => undefined) // hung up while we were still talking
  const closed = once(socket, 'close')
  for (const piece of pieces) {
    if (socket.destroyed) break
    socket.write(piece)
    await sleep(restMs)
  }
  await closed
  return heard
}

const trickle = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `X-${index}: 1\r\n`)

test('whoever never finishes a request is let go; whoever is merely slow is heard', async () => {
  const [head, body, slow] = await Promise.all([
    send([HEAD, ...trickle(60)], 500),
    send([`${HEAD}Content-Length: 100\r\n\r\n`, ...Array.from({ length: 60 }, () => 'a')], 500),
    send([`${HEAD}Connection: close\r\nContent-Length: 5\r\n\r\n`, 'a', 'b', 'c', 'd', 'e'], 500),
  ])
  expect(head).toMatch(/^HTTP\/1\.1 408 /)
  expect(body).toMatch(/^HTTP\/1\.1 408 /)
  expect(slow).toMatch(/^HTTP\/1\.1 200 [\s\S]+heard 5$/)
})
