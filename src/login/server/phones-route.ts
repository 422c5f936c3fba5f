import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import type { AuditAction } from '#audit/domain/audit-entry.ts'
import { uuid } from '#kernel/schema.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { Identity } from '#login/domain/identity.ts'
import { EndPairing, MakeCode, type PhonesRefusal } from '#login/domain/pairing-list.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import { appendAudit, auditActor } from '#server/audit.ts'
import type { Sql } from '#server/database.ts'
import type { ServerKit } from '#server/kit.ts'
import { readBody, smallBody } from '#server/read-body.ts'
import { makePairingCode } from './pairing-codes.ts'
import { endPairing } from './pairings.ts'
import { readHeld } from './phone-held.ts'
import { readPhones } from './phones.ts'

const STATUS = { unreadable_request: 400, instructor_unknown: 404, pairing_unknown: 404 } as const satisfies Record<
  PhonesRefusal['code'],
  number
>

/** /api/admin/phones: whose phones are paired, a code for one more, the end of one, and what it holds. */
export function phonesRoute(kit: ServerKit): Hono {
  const { database, city, now } = kit
  return new Hono()
    .get('/api/admin/phones', async (c) => c.json(await readPhones(database.sql, city, now())))
    .post('/api/admin/phones/code', smallBody, async (c) => {
      const request = await readBody(c, MakeCode)
      if (request === null) return refuse(c, 'unreadable_request')
      const who = await kit.whoIs(c)
      const made = await database.transaction(async (sql) => {
        if (!(await isInstructor(sql, city, request.instructorId))) return null
        const code = await makePairingCode(sql, kit, { ...request, madeBy: who.staffId })
        await audit(sql, kit, who, {
          action: 'pairing.codeMade',
          object: `instructor:${request.instructorId}`,
          reason: request.use,
        })
        return code
      })
      return made === null ? refuse(c, 'instructor_unknown') : c.json(made)
    })
    .post('/api/admin/phones/end', smallBody, async (c) => {
      const request = await readBody(c, EndPairing)
      if (request === null) return refuse(c, 'unreadable_request')
      const who = await kit.whoIs(c)
      const ended = await database.transaction(async (sql) => {
        if (!(await isPairing(sql, city, request.pairingId))) return null
        return endPairing(sql, kit, { ...request, by: who.staffId }, auditActor(who))
      })
      return ended === null ? refuse(c, 'pairing_unknown') : c.json({ ended })
    })
    .get('/api/admin/phones/:pairingId/held', async (c) => {
      const id = v.safeParse(uuid, c.req.param('pairingId'))
      const found = id.success ? await readHeld(database.sql, city, id.output) : null
      if (found === null) return refuse(c, 'pairing_unknown')
      const { deviceId, ...held } = found
      const seen = {
        action: 'people.viewed',
        object: `device:${deviceId}`,
        reason: null,
        count: held.peopleCount,
      } as const
      const who = await kit.whoIs(c)
      await database.transaction((sql) => audit(sql, kit, who, seen))
      return c.json(held)
    })
}

function refuse(c: Context, code: PhonesRefusal['code']): Response {
  return c.json({ code } satisfies PhonesRefusal, STATUS[code])
}

async function isInstructor(sql: Sql, city: string, id: InstructorId): Promise<boolean> {
  return (await sql`select 1 from instructors where city = ${city} and instructor_id = ${id}`).length > 0
}

async function isPairing(sql: Sql, city: string, id: Uuid): Promise<boolean> {
  return (await sql`select 1 from pairings where city = ${city} and pairing_id = ${id}`).length > 0
}

interface Seen {
  readonly action: AuditAction
  readonly object: string
  readonly reason: string | null
  readonly count?: number
}

function audit(
  sql: Sql,
  { city, now }: ServerKit,
  who: Identity,
  { action, object, reason, count }: Seen,
): Promise<void> {
  const line = { at: now(), actor: auditActor(who), deviceId: null, action, object, reason, count: count ?? null }
  return appendAudit(sql, city, [line])
}
