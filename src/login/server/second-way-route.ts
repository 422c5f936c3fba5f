import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import type { AuditAction } from '#audit/domain/audit-entry.ts'
import { err, ok, type Result } from '#kernel/result.ts'
import { type StaffId, staffId } from '#login/domain/identity.ts'
import {
  ConfirmSecondWay,
  type EnterAnswer,
  type EnterRefusal,
  SecondWayEntry,
  type SecondWayRefusal,
  type SecondWaySheet,
} from '#login/domain/second-way.ts'
import { NoWords } from '#login/domain/staff.ts'
import { appendAudit, auditActor } from '#server/audit.ts'
import type { Sql } from '#server/database.ts'
import type { ServerKit } from '#server/kit.ts'
import type { RateLimits } from '#server/rate-limits.ts'
import { askFresh } from './ask-fresh.ts'
import { removeSecondWay } from './end-all-ways-in.ts'
import { openLogin } from './logins.ts'
import { readBody, smallBody } from '#server/read-body.ts'
import { confirmSecondWay, createDoor, makeSecondWay } from './second-way.ts'
import { lockStaff, refusalOf } from './staff.ts'

const STATUS = {
  staff_unknown: 404,
  staff_disabled: 409,
  own_second_way: 409,
  second_way_unknown: 404,
  second_way_wrong: 409,
} as const satisfies Record<SecondWayRefusal['code'], number>

/** POST /api/sign-in/second-way: in by three numbers (docs/rules.md#second-way). Answers an `EnterAnswer` and the cookie, or an `EnterRefusal`.
 *  POST /api/admin/staff/:id/second-way makes a sheet (`SecondWaySheet`), …/confirm takes it into use, …/remove ends it. */
export function secondWayRoute(kit: ServerKit, limits: Pick<RateLimits, 'trySecondWay'>): Hono {
  const enter = createDoor(kit)
  const app = new Hono()
  app.use('/api/sign-in/second-way', smallBody)
  app.use('/api/admin/staff/:id/second-way/*', smallBody)
  app.post('/api/sign-in/second-way', async (c) => {
    c.header('Cache-Control', 'no-store')
    const entry = await readBody(c, SecondWayEntry)
    if (entry === null) return c.json({ code: 'unreadable_request' } satisfies EnterRefusal, 400)
    const counted = await limits.trySecondWay(c, entry.staffNumber)
    if (counted.restS !== null) return refuseTooMany(c, counted.restS)
    const entered = await enter(entry)
    if (entered === null) return c.json({ code: 'second_way_wrong' } satisfies EnterRefusal, 403)
    await counted.giveBack()
    await openLogin(c, kit, entered, 'secondWay')
    return c.json({ role: entered.role } satisfies EnterAnswer)
  })
  app.post('/api/admin/staff/:id/second-way', askFresh(kit), (c) => make(c, kit))
  app.post('/api/admin/staff/:id/second-way/confirm', (c) => confirm(c, kit))
  app.post('/api/admin/staff/:id/second-way/remove', (c) => remove(c, kit))
  return app
}

async function make(c: Context, kit: ServerKit): Promise<Response> {
  if ((await readBody(c, NoWords)) === null) return c.json({ code: 'unreadable_request' }, 400)
  const outcome = await decide<SecondWaySheet>(c, kit, 'secondWay.made', async (sql, about, madeBy) => {
    if (about === madeBy) return err({ code: 'own_second_way' })
    return ok(await makeSecondWay(sql, kit, { staffId: about, madeBy }))
  })
  c.header('Cache-Control', 'no-store')
  return outcome.ok ? c.json(outcome.value) : refuse(c, outcome.error.code)
}

async function confirm(c: Context, kit: ServerKit): Promise<Response> {
  const said = await readBody(c, ConfirmSecondWay)
  if (said === null) return c.json({ code: 'unreadable_request' }, 400)
  const outcome = await decide(c, kit, 'secondWay.confirmed', (sql, about) =>
    confirmSecondWay(sql, kit, { staffId: about, ...said }),
  )
  return outcome.ok ? c.body(null, 204) : refuse(c, outcome.error.code)
}

async function remove(c: Context, kit: ServerKit): Promise<Response> {
  if ((await readBody(c, NoWords)) === null) return c.json({ code: 'unreadable_request' }, 400)
  const outcome = await decide(c, kit, 'secondWay.removed', async (sql, about) => {
    const isRemoved = await removeSecondWay(sql, { city: kit.city, staffId: about, now: kit.now() })
    return isRemoved ? ok(null) : err({ code: 'second_way_unknown' })
  })
  return outcome.ok ? c.body(null, 204) : refuse(c, outcome.error.code)
}

type Decide<Value> = (sql: Sql, about: StaffId, by: StaffId | null) => Promise<Result<Value, SecondWayRefusal>>

/** One decision about the sheet of somebody active, with its line in the audit. */
async function decide<Value>(
  c: Context,
  { database, city, now, whoIs }: ServerKit,
  action: AuditAction,
  work: Decide<Value>,
): Promise<Result<Value, SecondWayRefusal>> {
  const id = v.safeParse(staffId, c.req.param('id'))
  if (!id.success) return err({ code: 'staff_unknown' })
  const who = await whoIs(c)
  return database.transaction(async (sql) => {
    const unfit = refusalOf(await lockStaff(sql, city), id.output)
    if (unfit?.code === 'staff_unknown' || unfit?.code === 'staff_disabled') return err({ code: unfit.code })
    const decision = await work(sql, id.output, who.staffId)
    const line = { at: now(), actor: auditActor(who), deviceId: null, object: `staff:${id.output}`, count: 1 }
    if (decision.ok) await appendAudit(sql, city, [{ ...line, action, reason: null }])
    return decision
  })
}

function refuse(c: Context, code: SecondWayRefusal['code']): Response {
  return c.json({ code } satisfies SecondWayRefusal, STATUS[code])
}

function refuseTooMany(c: Context, restS: number): Response {
  c.header('Retry-After', String(restS))
  return c.json({ code: 'too_many', restS } satisfies EnterRefusal, 429)
}
