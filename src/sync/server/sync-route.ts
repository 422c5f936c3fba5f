import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as v from 'valibot'
import type { Actor } from '#server/apply.ts'
import type { ServerKit } from '#server/kit.ts'
import { PROTOCOL, type SyncAnswer, type SyncRefusal, SyncRequest } from '#sync/domain/protocol.ts'
import { grantedBuckets } from './buckets.ts'
import { noteContact } from './devices.ts'
import { readFeed } from './feed.ts'
import { applyPush } from './push.ts'

const BODY_MAX_BYTES = 1024 * 1024 // 200 operations of the largest kind stay far below
const STATUS = { unreadable_request: 400, device_unknown: 403, protocol_too_new: 409 } as const satisfies Record<
  SyncRefusal['code'],
  number
>

/** POST /api/sync: push and pull in one round trip. Answers a `SyncAnswer`, or a `SyncRefusal` for the request as a whole. */
export function syncRoute(kit: ServerKit): Hono {
  const tooLarge = bodyLimit({ maxSize: BODY_MAX_BYTES, onError: (c) => refuse(c, 'unreadable_request') })
  return new Hono().post('/api/sync', tooLarge, async (c) => {
    const request = v.safeParse(SyncRequest, await readJson(c))
    if (!request.success) return refuse(c, 'unreadable_request')
    if (request.output.protocol > PROTOCOL) return refuse(c, 'protocol_too_new')
    const { device, push, cursors } = request.output
    const role = await kit.roleOf(c)
    const contact = { city: kit.city, device, role, now: kit.now(), brings: push.length > 0 }
    const known = await noteContact(kit.database.sql, contact)
    if (!known) return refuse(c, 'device_unknown')
    return c.json(await exchange(kit, { role, deviceId: device.id }, { push, cursors }))
  })
}

/** What a device brings and what it gets, once it is known who it is. */
export async function exchange(
  kit: ServerKit,
  actor: Actor,
  { push, cursors }: Pick<SyncRequest, 'push' | 'cursors'>,
): Promise<SyncAnswer> {
  const outcomes = await applyPush(kit, actor, push)
  const granted = await grantedBuckets(kit, actor)
  const feed = await readFeed(kit.database.sql, kit.city, granted, cursors)
  return { outcomes, ...feed }
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
