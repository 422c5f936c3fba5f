import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { instantOf } from '#kernel/time.ts'
import { type Uuid, uuidv7 } from '#kernel/uuid.ts'
import type { MadeCode } from '#login/domain/pairing-list.ts'
import { createWhoIs } from '#login/server/logins.ts'
import { makePairingCode } from '#login/server/pairing-codes.ts'
import { pairingRoute } from '#login/server/pairing-route.ts'
import { pairDevice, type PairingKit } from '#login/server/pairings.ts'
import { phonesRoute } from '#login/server/phones-route.ts'
import type { Instructor, InstructorId } from '#people/domain/instructor.ts'
import type { ServerKit } from '#server/kit.ts'
import { createRateLimits } from '#server/rate-limits.ts'
import { PROTOCOL } from '#sync/domain/limits.ts'
import type { SyncAnswer, SyncRequest } from '#sync/domain/protocol.ts'
import { syncRoute } from '#sync/server/sync-route.ts'
import { makeInstructor } from './payloads.ts'
import { makeTestDevice } from './server-kit.ts'

/** What a device proves itself with. */
export interface DeviceProof {
  readonly id: Uuid
  readonly secret: string
}

/** A server's kit, or whatever runs on one: a product, a town. */
type OnKit = PairingKit | { readonly kit: PairingKit }

/** A device nobody has met. */
export function makeDeviceProof(): DeviceProof {
  return { id: uuidv7(Date.now(), randomBytes(10)), secret: randomBytes(32).toString('hex') }
}

/** Somebody who teaches or helps, as the office writes them down. */
export async function saveInstructor(kit: ServerKit, given: Partial<Instructor> = {}): Promise<InstructorId> {
  const office = makeTestDevice(kit, { role: 'organizer' })
  const instructor = makeInstructor(given)
  await office.push(office.op('instructor.save', instructor))
  return instructor.instructorId
}

/** Digits and a link for one phone, as the organizer's page makes them. */
export function makeCode(
  on: OnKit,
  instructorId: InstructorId,
  use: 'screen' | 'printed' = 'screen',
): Promise<MadeCode> {
  const kit = kitOf(on)
  return kit.database.transaction((sql) => makePairingCode(sql, kit, { instructorId, use, madeBy: null }))
}

/** Makes a device somebody's phone, by a real code and the real function. */
export async function pairPhone(on: OnKit, device: DeviceProof, instructorId: InstructorId): Promise<void> {
  const { token } = await makeCode(on, instructorId)
  const paired = await pairDevice(kitOf(on), { device: { id: device.id, secret: device.secret }, token })
  if (!paired.ok) throw new Error(`Not paired: ${paired.error.code}`)
}

/** The routes of phones over one database, with whoever asks known as in the product. `x-test-address` says where a request comes from. */
export function phoneServer(kit: Omit<ServerKit, 'whoIs'>): Hono {
  const served: ServerKit = { ...kit, whoIs: createWhoIs(kit) }
  const limits = createRateLimits({ addressOf: (c) => c.req.header('x-test-address') || null })
  return new Hono()
    .route('/', syncRoute(served, limits))
    .route('/', pairingRoute(served, limits))
    .route('/', phonesRoute(served))
}

/** How a phone reaches the server: `product.fetch`, or the `request` of some routes. */
type Ask = (path: string, init: RequestInit) => Response | Promise<Response>

type Says = Partial<Pick<SyncRequest['device'], 'lastSeq' | 'oldestUnsentAt' | 'program'>>

/** A phone that speaks HTTP and remembers what it was given, as the browser does. */
export function makeHttpPhone(ask: Ask, address = '') {
  const device = makeDeviceProof()
  let cursors: SyncAnswer['cursors'] = {}
  let seq = 0
  async function post(path: string, body: object): Promise<Response> {
    const headers = { 'Content-Type': 'application/json', 'x-test-address': address }
    return ask(path, { method: 'POST', headers, body: JSON.stringify(body) })
  }
  return {
    device,
    /** The buckets it holds. */
    held: () => Object.keys(cursors),
    op: (name: string, payload: unknown) => ({
      id: uuidv7(Date.now(), randomBytes(10)),
      seq: ++seq,
      at: instantOf(Date.now()),
      name,
      payload,
    }),
    pair: (proof: object) => post('/api/pair', { device, ...proof }),
    leave: () => post('/api/pair/leave', { device }),
    /** One round trip. `stillWaiting`: what it keeps back for the next one; `says`: what else it reports of itself. */
    async sync(push: readonly unknown[] = [], stillWaiting = 0, says: Says = {}): Promise<SyncAnswer> {
      const unsentCount = push.length + stillWaiting
      const response = await post('/api/sync', {
        protocol: PROTOCOL,
        device: { ...device, unsentCount, ...says },
        push,
        cursors,
      })
      if (response.status !== 200) throw new Error(`Answered with ${response.status}: ${await response.text()}`)
      const answer = (await response.json()) as SyncAnswer
      cursors = answer.cursors
      return answer
    },
  }
}

function kitOf(on: OnKit): PairingKit {
  return 'kit' in on ? on.kit : on
}
