import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { type Chance, itemAt } from './chance.ts'

/** What a network does to one connection. */
export const FAULTS = ['delay', 'cutRequest', 'cutAnswer', 'loseAnswer', 'stall', 'late'] as const
export type Fault = (typeof FAULTS)[number]

/** Stands between clients and servers, and does to their connections what networks do. */
export interface FaultGate {
  readonly url: string
  /** Connections by what happened to them; `pass` = nothing. */
  readonly counts: Readonly<Record<Fault | 'pass', number>>
  /** The ports of the servers behind it. Connections go to them in turn, whoever opens them. */
  aim(ports: readonly number[]): void
  /** From now on a connection meets a fault with this probability. 0 at the beginning. */
  trouble(probability: number): void
  close(): Promise<void>
}

// The answer counts most: between the commit and the answer a client knows least.
const WEIGHTED: readonly Fault[] = [
  ...(['delay', 'delay', 'cutRequest', 'cutAnswer', 'cutAnswer'] as const),
  ...(['loseAnswer', 'loseAnswer', 'loseAnswer', 'stall', 'late'] as const),
]
const DELAY_MAX_MS = 300
const GIVEN_UP_MAX_MS = 400
const LATE_MAX_MS = 1500
const BYTES_MAX = 3000 // a head and a part of the body

/** Opens a gate on a free port of this machine. */
export async function openFaultGate(chance: Chance): Promise<FaultGate> {
  const counts = { pass: 0, delay: 0, cutRequest: 0, cutAnswer: 0, loseAnswer: 0, stall: 0, late: 0 }
  const open = new Set<Socket>()
  let ports: readonly number[] = []
  let probability = 0
  let turn = 0

  function hold(socket: Socket): Socket {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    return socket.on('error', () => socket.destroy())
  }
  const toServer = (): Socket => hold(connect(itemAt(ports, turn++), '127.0.0.1'))

  const server = createServer({ allowHalfOpen: true }, (client) => {
    hold(client)
    const fault = chance.happens(probability) ? chance.pick(WEIGHTED) : 'pass'
    if (ports.length === 0) client.destroy()
    else CARRY[fault]({ client, toServer, chance, met: (met) => void (counts[met] += 1) })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    aim: (given) => void (ports = given),
    trouble: (given) => void (probability = given),
    async close() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}

interface Connection {
  readonly client: Socket
  readonly toServer: () => Socket
  readonly chance: Chance
  /** Counts what happened, once it is sure. */
  readonly met: (what: Fault | 'pass') => void
}

const CARRY: Readonly<Record<Fault | 'pass', (connection: Connection) => void>> = {
  pass({ client, toServer, met }) {
    met('pass')
    join(client, toServer())
  },
  delay({ client, toServer, chance, met }) {
    met('delay')
    client.pause()
    setTimeout(() => (client.destroyed ? undefined : join(client, toServer())), chance.int(1, DELAY_MAX_MS))
  },
  cutRequest({ client, toServer, chance, met }) {
    join(client, toServer(), {
      requestBytes: chance.int(0, BYTES_MAX),
      onEnd: (isCut) => met(isCut ? 'cutRequest' : 'pass'),
    })
  },
  cutAnswer({ client, toServer, chance, met }) {
    join(client, toServer(), {
      answerBytes: chance.int(1, BYTES_MAX),
      onEnd: (isCut) => met(isCut ? 'cutAnswer' : 'pass'),
    })
  },
  loseAnswer({ client, toServer, met }) {
    join(client, toServer(), { answerBytes: 0, onEnd: (isCut) => met(isCut ? 'loseAnswer' : 'pass') })
  },
  /** Accepted and never answered: the request may have arrived, or not. */
  stall({ client, toServer, chance, met }) {
    met('stall')
    const server = chance.happens(0.5) ? toServer() : null
    client.on('data', (bytes: Buffer) => server?.write(bytes))
    server?.on('data', () => undefined)
    client.on('close', () => server?.end())
  },
  /** The request arrives when nobody waits for its answer any more, perhaps after the next one. */
  late({ client, toServer, chance, met }) {
    met('late')
    const parts: Buffer[] = []
    client.on('data', (bytes: Buffer) => parts.push(bytes))
    setTimeout(() => client.destroy(), chance.int(1, GIVEN_UP_MAX_MS))
    client.on('close', () => {
      setTimeout(
        () => {
          const server = toServer()
          server.on('data', () => undefined).on('end', () => server.end())
          server.write(Buffer.concat(parts))
        },
        chance.int(1, LATE_MAX_MS),
      )
    })
  },
}

interface Cut {
  readonly requestBytes?: number
  readonly answerBytes?: number
  readonly onEnd?: (isCut: boolean) => void
}

/** Carries bytes both ways, so many of the request and so many of the answer; then both sides are cut off. */
function join(
  client: Socket,
  server: Socket,
  { requestBytes = Infinity, answerBytes = Infinity, onEnd }: Cut = {},
): void {
  let isCut = false
  const cut = (): void => {
    isCut = true
    client.destroy()
    server.destroy()
  }
  carry(client, server, requestBytes, cut)
  carry(server, client, answerBytes, cut)
  client.on('close', () => {
    server.destroy()
    onEnd?.(isCut)
  })
  server.on('close', () => client.end())
  client.resume()
}

function carry(from: Socket, to: Socket, limit: number, cut: () => void): void {
  let left = limit
  from.on('data', (bytes: Buffer) => {
    if (left < bytes.length) to.write(bytes.subarray(0, left), cut)
    else if (!to.destroyed) to.write(bytes)
    left -= Math.min(left, bytes.length)
  })
  from.on('end', () => to.end())
}
