import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as v from 'valibot'
import { answerJson } from '#server/answer-json.ts'
import type { Actor } from '#server/apply.ts'
import { isLatelyNoted, noteContacts, OtherSecret, readKnown } from '#server/devices.ts'
import type { ServerKit } from '#server/kit.ts'
import { createRateLimits, type RateLimits } from '#server/rate-limits.ts'
import { refuseTooMany } from '#server/too-many.ts'
import { PROTOCOL } from '#sync/domain/limits.ts'
import { type SyncAnswer, type SyncRefusal, SyncRequest } from '#sync/domain/protocol.ts'
import { auditRosters } from './audit-sync.ts'
import { countTries } from './booking-tries.ts'
import { grantedBuckets } from './buckets.ts'
import { isAheadOfCity, readFeed } from './feed.ts'
import { readHolder } from './holder.ts'
import { notePhone } from './phones.ts'
import { applyPush, type PushContact } from './push.ts'

const BODY_MAX_BYTES = 1024 * 1024 // 200 operations of the largest kind stay far below
const STATUS = { unreadable_request: 400, device_unknown: 403, protocol_too_new: 409 } as const satisfies Record<
  SyncRefusal['code'],
  number
>

/** Of a newer protocol nothing is known but that it is newer. */
const NewerRequest = v.looseObject({ protocol: v.pipe(v.number(), v.gtValue(PROTOCOL)) })

/** POST /api/sync: push and pull in one round trip. Answers a `SyncAnswer`, or a `SyncRefusal` for the request as a whole. */
export function syncRoute(kit: ServerKit, limits: RateLimits = createRateLimits()): Hono {
  const tooLarge = bodyLimit({ maxSize: BODY_MAX_BYTES, onError: (c) => refuse(c, 'unreadable_request') })
  return new Hono().post('/api/sync', tooLarge, async (c) => {
    const sent = await readJson(c)
    if (v.is(NewerRequest, sent)) return refuse(c, 'protocol_too_new')
    const request = v.safeParse(SyncRequest, sent)
    const restS = await limits.restOfDevice(c, request.success ? request.output.device.id : null)
    if (restS !== null) return refuseTooMany(c, restS)
    return request.success ? answerDevice(c, { kit, limits }, request.output) : refuse(c, 'unreadable_request')
  })
}

interface Served {
  readonly kit: ServerKit
  readonly limits: RateLimits
}

async function answerDevice(c: Context, { kit, limits }: Served, request: SyncRequest): Promise<Response> {
  const { protocol, device, push, cursors } = request
  const who = await kit.whoIs(c, device.id, push.length > 0)
  const known = await readKnown(kit.database.sql, kit.city, device)
  if (known === 'stranger') return refuse(c, 'device_unknown')
  const tries = await countTries(c, limits, push)
  if ('restS' in tries) return refuseTooMany(c, tries.restS)
  const contact = { device, protocol, role: who.role, staffId: who.staffId }
  const isNoted = push.length === 0 && (who.role !== 'resident' || known === 'phone')
  const exchanged = await noteLook(kit, isNoted ? contact : null)
    .then(() => exchange(kit, { ...who, deviceId: device.id }, request, contact))
    .catch(async (error: unknown) => {
      await tries.settle(null)
      return nullWhenOther(error)
    })
  if (exchanged === null) return refuse(c, 'device_unknown')
  const { changes, ...answer } = exchanged
  await tries.settle(answer.outcomes)
  if (known === 'phone') await notePhone(kit, { device, cursors, answer })
  return answerJson(c, `{"changes":${changes},${JSON.stringify(answer).slice(1)}`)
}

function nullWhenOther(error: unknown): null {
  if (error instanceof OtherSecret) return null
  throw error
}

/** Notes a device that only asks for news. A resident who only looks leaves no trace: their device is written down when it first says
 *  something. */
async function noteLook({ database, city, now }: ServerKit, contact: PushContact | null): Promise<void> {
  if (contact === null || (await isLatelyNoted(database.sql, city, now(), contact))) return
  await database.transaction(async (sql) => {
    await sql`set local synchronous_commit = off` // what a power cut takes from the ledger, the next look puts back
    await noteContacts(sql, city, now(), [{ ...contact, answered: 0 }])
  })
}

/** An answer whose changes are still the text that goes out. */
type Exchanged = Omit<SyncAnswer, 'changes'> & { readonly changes: string }

/** What a device brings and what it gets, once it is known who it is. */
export async function exchange(
  kit: ServerKit,
  actor: Actor,
  { push, cursors, place }: Pick<SyncRequest, 'push' | 'cursors' | 'place'>,
  contact: PushContact | null = null,
): Promise<Exchanged> {
  const { sql } = kit.database
  const isAhead = !place && (await isAheadOfCity(sql, kit.city, cursors)) // before the push, which brings the version closer
  const outcomes = await applyPush(kit, actor, push, contact)
  const granted = isAhead ? [] : await grantedBuckets(kit, actor)
  const { people, ...feed } = await readFeed(sql, kit.city, granted, { cursors, place })
  await auditRosters(kit, actor, people) // before it leaves: no list without its line
  const holder = await readHolder(kit, actor)
  return { outcomes, ...feed, more: feed.more || isAhead, holder }
}

async function readJson(c: Context): Promise<unknown> {
  try {
    return await c.req.json()
  } catch {
    return null
  }
}

function refuse(c: Context, code: SyncRefusal['code']): Response {
  return c.json({ code } satisfies SyncRefusal, STATUS[code])
}
