import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import type { AuditAction } from '#audit/domain/audit-entry.ts'
import { uuid } from '#kernel/schema.ts'
import type { Identity, StaffId } from '#login/domain/identity.ts'
import { AskRecovery, type LinkAnswer, NoWords, type RecoveryRefusal } from '#login/domain/staff.ts'
import { appendAudit, auditActor } from '#server/audit.ts'
import type { Sql } from '#server/database.ts'
import type { ServerKit } from '#server/kit.ts'
import { readBody, smallBody } from '#server/read-body.ts'
import { askFresh } from './ask-fresh.ts'
import { approveRecovery, askRecovery, readRecoveries, withdrawRecovery } from './recovery.ts'

const STATUS = {
  not_an_admin: 403,
  own_recovery: 409,
  asked_by_yourself: 409,
  staff_unknown: 404,
  staff_disabled: 409,
  recovery_waiting: 409,
  recovery_unknown: 404,
} as const satisfies Record<RecoveryRefusal['code'], number>

/** A colleague who lost every way in (docs/rules.md#recovery). GET /api/admin/recovery lists what waits, POST asks,
 *  POST …/:id/approve answers the second of two with a `LinkAnswer`, POST …/:id/withdraw takes it back. */
export function recoveryRoute(kit: ServerKit): Hono {
  const { database, city, now, whoIs } = kit
  const app = new Hono()
  app.use('/api/admin/recovery/*', smallBody)
  app.get('/api/admin/recovery', async (c) => {
    c.header('Cache-Control', 'no-store')
    return c.json(await readRecoveries(database.sql, { city, now: now(), who: await whoIs(c) }))
  })
  app.post('/api/admin/recovery', askFresh(kit), async (c) => {
    const said = await readBody(c, AskRecovery)
    if (said === null) return c.json({ code: 'unreadable_request' }, 400)
    const who = await whoIs(c)
    const { staffId, reason } = said
    const outcome = await database.transaction(async (sql) => {
      const decision = await askRecovery(sql, { city, now: now(), who }, staffId)
      if (decision.ok) await note(sql, kit, { who, action: 'staff.recoveryAsked', staffId, reason })
      return decision
    })
    return outcome.ok ? c.body(null, 204) : refuse(c, outcome.error.code)
  })
  app.post('/api/admin/recovery/:id/approve', askFresh(kit), (c) => approve(c, kit))
  app.post('/api/admin/recovery/:id/withdraw', (c) => withdraw(c, kit))
  return app
}

async function approve(c: Context, kit: ServerKit): Promise<Response> {
  const { database, city, now } = kit
  const recoveryId = v.safeParse(uuid, c.req.param('id'))
  if (!recoveryId.success || (await readBody(c, NoWords)) === null) return c.json({ code: 'unreadable_request' }, 400)
  const who = await kit.whoIs(c)
  const outcome = await database.transaction(async (sql) => {
    const decision = await approveRecovery(sql, { city, now: now(), who }, recoveryId.output)
    if (decision.ok) {
      const { staffId } = decision.value
      await note(sql, kit, { who, action: 'staff.recoveryApproved', staffId, reason: 'seen_at_desk' })
    }
    return decision
  })
  if (!outcome.ok) return refuse(c, outcome.error.code)
  const { path, expiresAt } = outcome.value
  c.header('Cache-Control', 'no-store')
  return c.json({ path, expiresAt } satisfies LinkAnswer)
}

async function withdraw(c: Context, kit: ServerKit): Promise<Response> {
  const { database, city, now } = kit
  const recoveryId = v.safeParse(uuid, c.req.param('id'))
  if (!recoveryId.success || (await readBody(c, NoWords)) === null) return c.json({ code: 'unreadable_request' }, 400)
  const who = await kit.whoIs(c)
  const outcome = await database.transaction(async (sql) => {
    const decision = await withdrawRecovery(sql, { city, now: now(), who }, recoveryId.output)
    if (decision.ok) {
      const { staffId } = decision.value
      await note(sql, kit, { who, action: 'staff.recoveryWithdrawn', staffId, reason: null })
    }
    return decision
  })
  return outcome.ok ? c.body(null, 204) : refuse(c, outcome.error.code)
}

interface Noted {
  readonly who: Identity
  readonly action: AuditAction
  readonly staffId: StaffId
  readonly reason: string | null
}

function note(sql: Sql, { city, now }: ServerKit, { who, action, staffId, reason }: Noted): Promise<void> {
  const object = `staff:${staffId}`
  return appendAudit(sql, city, [
    { at: now(), actor: auditActor(who), deviceId: null, action, object, reason, count: 1 },
  ])
}

function refuse(c: Context, code: RecoveryRefusal['code']): Response {
  return c.json({ code } satisfies RecoveryRefusal, STATUS[code])
}
