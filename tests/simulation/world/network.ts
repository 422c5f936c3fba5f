import type { Send } from '#sync/client/sync-once.ts'
import type { SyncAnswer, SyncRequest } from '#sync/domain/protocol.ts'
import type { SimPhone } from './phone.ts'
import { watchAnswer, watchSeats, watchWiped } from './watch.ts'
import { countFault, type Letter, type World } from './world.ts'

/** What a network does to one round trip.
 *  `requestLate`: the phone gives up, and its request arrives later. `answerLate`: the page waits, and much happens meanwhile.
 *  `twice`, `twiceLate`: the network repeats itself. `stranger`: somebody else answers, such as a hotel's Wi-Fi. */
export const WAYS = [
  'fine',
  'requestLost',
  'requestLate',
  'answerLost',
  'answerLate',
  'twice',
  'twiceLate',
  'cut',
  'torn',
  'stranger',
] as const
export type Way = (typeof WAYS)[number]

const COMES_LATER: ReadonlySet<Way> = new Set(['requestLate', 'twiceLate'])

const ROUNDS_MAX = 30

/** Lets the page that is open sync until there is nothing more; this happens to its first round trip. Tells how it ended. */
export async function syncPhone(world: World, phone: SimPhone, way: Way): Promise<string> {
  const { page } = phone
  let next = way
  let onHeld = (_isHeld: string): void => {}
  const isHeld = new Promise<string>((resolve) => (onHeld = resolve))
  const send: Send = (request) => {
    const mine = next
    next = 'fine'
    const letter = { phone, body: JSON.stringify(request) }
    return mine === 'answerLate' ? holdAnswer(letter) : carry(world, letter, mine)
  }

  async function run(): Promise<string> {
    let end = await page.sync(send)
    for (let round = 0; end.kind === 'done' && end.more; round += 1) {
      if (round > ROUNDS_MAX) throw new Error('It goes round in a circle')
      end = await page.sync(send)
    }
    return end.kind
  }

  async function holdAnswer(letter: Letter): Promise<Response> {
    const response = await deliver(world, letter)
    return new Promise((resolve, reject) => {
      world.held.set(phone, { arrive: () => resolve(response), lose: () => reject(new TypeError('Lost')), done })
      onHeld('waits')
    })
  }

  const done = run()
  if (way !== 'fine') countFault(world, `network ${way}`)
  return Promise.race([done, isHeld])
}

/** The answer that a page waits for arrives, or never does. */
export async function endHeld(world: World, phone: SimPhone, how: 'arrive' | 'lose'): Promise<string> {
  const held = world.held.get(phone)
  if (held === undefined) return 'nothing'
  world.held.delete(phone)
  held[how]()
  return held.done
}

async function carry(world: World, letter: Letter, way: Exclude<Way, 'answerLate'>): Promise<Response> {
  const { chance } = world.town
  if (way === 'stranger') return answerOfStranger(chance.int(0, 2))
  if (COMES_LATER.has(way)) world.underway.push(letter)
  if (way === 'requestLost' || way === 'requestLate') throw new TypeError('Failed to fetch')
  const answer = await deliver(world, letter)
  if (way === 'answerLost') throw new TypeError('Failed to fetch')
  if (way === 'cut' || way === 'torn') return cutShort(answer, chance.int(0, 99) / 100, way)
  if (way !== 'twice') return answer
  const again = await deliver(world, letter)
  return chance.happens(0.5) ? answer : again
}

/** A request arrives at the server. Its answer goes back to whoever waits for it. Rejects when the server ends meanwhile. */
export async function deliver(world: World, { phone, body }: Letter): Promise<Response> {
  const server = world.town.servers[world.serverIndex]
  if (server === undefined) throw new Error('There is a server')
  const headers = { 'Content-Type': 'application/json', ...(phone.cookie !== null && { Cookie: phone.cookie }) }
  const request = JSON.parse(body) as SyncRequest
  try {
    const response = await server.fetch(new Request('http://localhost/api/sync', { method: 'POST', headers, body }))
    const text = await response.text()
    if (response.status === 200) await watchAnswer(world, phone, JSON.parse(text) as SyncAnswer)
    else if (!world.mayFail) world.problems.push(`the server answered ${response.status} by itself: ${text}`)
    return new Response(text, { status: response.status, headers: response.headers })
  } finally {
    await watchSeats(world, request)
    await watchWiped(world, phone, request)
  }
}

async function cutShort(answer: Response, share: number, way: 'cut' | 'torn'): Promise<Response> {
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const first = bytes.subarray(0, Math.floor(bytes.length * share))
  if (way === 'cut') return new Response(first, answer)
  const body = new ReadableStream<Uint8Array>({
    start: (stream) => stream.enqueue(first),
    pull: (stream) => stream.error(new TypeError('The connection was torn')),
  })
  return new Response(body, answer)
}

function answerOfStranger(which: number): Response {
  if (which === 0) return new Response('<html>ようこそ</html>')
  return which === 1 ? new Response('', { status: 503 }) : Response.json({ ok: true })
}
