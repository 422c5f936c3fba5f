import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import type { AuditAction } from '#audit/domain/audit-entry.ts'
import { staffId } from '#login/domain/identity.ts'
import {
  ChangeRole,
  DisableStaff,
  InviteStaff,
  type LinkAnswer,
  LinkInstructor,
  NoWords,
  type StaffAnswer,
  type StaffRefusal,
} from '#login/domain/staff.ts'
import { appendAudit, auditActor } from '#server/audit.ts'
import type { Sql } from '#server/database.ts'
import type { ServerKit } from '#server/kit.ts'
import { askFresh } from './ask-fresh.ts'
import { invitationPath, makeInvitation } from './invitations.ts'
import { readBody, smallBody } from '#server/read-body.ts'
import {
  type Changed,
  changeRole,
  disableStaff,
  enableStaff,
  linkInstructor,
  readStaff,
  type StaffChange,
} from './staff.ts'

const STATUS = {
  staff_unknown: 404,
  staff_disabled: 409,
  instructor_unknown: 404,
  instructor_taken: 409,
  last_admin: 409,
} as const satisfies Record<StaffRefusal['code'], number>

/** 職員, for 管理者: GET /api/admin/staff lists them, POST …/invite makes a link, POST …/:id/{role,disable,enable,instructor} change one.
 *  Answers 204, a `LinkAnswer`, or a `StaffRefusal`; what changes something asks for a fresh sign-in first. */
export function staffRoute(kit: ServerKit): Hono {
  const app = new Hono()
  app.use('/api/admin/staff/*', smallBody)
  app.get('/api/admin/staff', async (c) => {
    c.header('Cache-Control', 'no-store')
    return c.json(await readAnswer(c, kit))
  })
  const fresh = askFresh(kit)
  app.post('/api/admin/staff/invite', fresh, (c) => invite(c, kit))
  app.post('/api/admin/staff/:id/role', fresh, (c) =>
    change(c, kit, {
      schema: ChangeRole,
      action: 'staff.roleChanged',
      apply: (sql, one, { role }) => changeRole(sql, one, role),
      reasonOf: ({ role, reason }) => `${role} ${reason}`,
    }),
  )
  app.post('/api/admin/staff/:id/disable', fresh, (c) =>
    change(c, kit, {
      schema: DisableStaff,
      action: 'staff.disabled',
      apply: disableStaff,
      reasonOf: ({ reason }) => reason,
    }),
  )
  app.post('/api/admin/staff/:id/enable', fresh, (c) =>
    change(c, kit, { schema: NoWords, action: 'staff.enabled', apply: enableStaff }),
  )
  app.post('/api/admin/staff/:id/instructor', fresh, (c) =>
    change(c, kit, {
      schema: LinkInstructor,
      action: 'staff.instructorLinked',
      apply: (sql, one, { instructorId }) => linkInstructor(sql, one, instructorId),
      reasonOf: ({ instructorId }) => instructorId && `instructor:${instructorId}`,
    }),
  )
  return app
}

async function readAnswer(c: Context, { database, city, whoIs }: ServerKit): Promise<StaffAnswer> {
  const who = await whoIs(c)
  const staff = await readStaff(database.sql, city)
  const instructors = await database.sql<StaffAnswer['instructors'][number]>`
    select instructor_id as "instructorId", name from instructors where city = ${city} order by name_kana`
  return { self: who.staffId, staff, instructors }
}

async function invite(c: Context, { database, city, now, whoIs }: ServerKit): Promise<Response> {
  const wanted = await readBody(c, InviteStaff)
  if (wanted === null) return c.json({ code: 'unreadable_request' }, 400)
  const who = await whoIs(c)
  const answer = await database.transaction(async (sql): Promise<LinkAnswer> => {
    const at = now()
    const invitation = { city, now: at, purpose: 'join' as const, madeBy: who.staffId, ...wanted }
    const { token, expiresAt } = await makeInvitation(sql, invitation)
    const line = { at, actor: auditActor(who), deviceId: null, object: null, count: 1 }
    await appendAudit(sql, city, [{ ...line, action: 'staff.invited', reason: wanted.role }])
    return { path: invitationPath(token), expiresAt }
  })
  c.header('Cache-Control', 'no-store')
  return c.json(answer)
}

interface Change<Schema extends v.GenericSchema> {
  readonly schema: Schema
  readonly action: AuditAction
  readonly apply: (sql: Sql, change: StaffChange, said: v.InferOutput<Schema>) => Changed
  /** What the audit keeps of it besides the person. */
  readonly reasonOf?: (said: v.InferOutput<Schema>) => string | null
}

/** Reads, decides and writes one change of one person, with its line in the audit: both, or neither. */
async function change<Schema extends v.GenericSchema>(
  c: Context,
  { database, city, now, whoIs }: ServerKit,
  { schema, action, apply, reasonOf = () => null }: Change<Schema>,
): Promise<Response> {
  const said = await readBody(c, schema)
  const id = v.safeParse(staffId, c.req.param('id'))
  if (said === null) return c.json({ code: 'unreadable_request' }, 400)
  if (!id.success) return refuse(c, 'staff_unknown')
  const who = await whoIs(c)
  const outcome = await database.transaction(async (sql) => {
    const at = now()
    const decision = await apply(sql, { city, now: at, staffId: id.output }, said)
    if (!decision.ok) return decision
    const line = { at, actor: auditActor(who), deviceId: null, object: `staff:${id.output}`, count: 1 }
    await appendAudit(sql, city, [{ ...line, action, reason: reasonOf(said) }])
    return decision
  })
  return outcome.ok ? c.body(null, 204) : refuse(c, outcome.error.code)
}

function refuse(c: Context, code: StaffRefusal['code']): Response {
  return c.json({ code } satisfies StaffRefusal, STATUS[code])
}
