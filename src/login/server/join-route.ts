import { randomBytes } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { uuidv7 } from '#kernel/uuid.ts'
import type { StaffId } from '#login/domain/identity.ts'
import { JoinOptionsRequest, type JoinRefusal, JoinRequest } from '#login/domain/passkey.ts'
import type { RateLimits } from '#server/rate-limits.ts'
import { readBody, smallBody } from '#server/read-body.ts'
import { refuseTooMany } from '#server/too-many.ts'
import { readInvitation } from './invitations.ts'
import { join, readStaffName } from './join.ts'
import { openLogin } from './logins.ts'
import { askForPasskey, checkNewPasskey, type PasskeyKit } from './passkey-registration.ts'

const STATUS = {
  unreadable_request: 400,
  invitation_unknown: 410,
  passkey_refused: 403,
  name_missing: 422,
} as const satisfies Record<JoinRefusal['code'], number>

/** POST /api/join/options: whom an invitation is for, and a question for a new passkey. POST /api/join: uses the invitation up, keeps the
 *  passkey, and lets its owner in. */
export function joinRoute(kit: PasskeyKit, { trySignIn }: Pick<RateLimits, 'trySignIn'>): Hono {
  const refuse = (c: Context, code: JoinRefusal['code']) => c.json({ code } satisfies JoinRefusal, STATUS[code])
  const { database, city, now } = kit
  return new Hono()
    .post('/api/join/options', smallBody, async (c) => {
      const request = await readBody(c, JoinOptionsRequest)
      if (request === null) return refuse(c, 'unreadable_request')
      const tried = await trySignIn(c, null)
      if (tried.restS !== null) return refuseTooMany(c, tried.restS)
      const invitation = await readInvitation(database.sql, { city, now: now(), ...request })
      if (!invitation.ok) return refuse(c, invitation.error.code)
      await tried.giveBack()
      const { purpose, name, staffId } = invitation.value
      const shownName = staffId === null ? name : await readStaffName(database.sql, city, staffId)
      const asked = { purpose: 'join', staffId: staffId ?? newStaffId(kit), name: shownName ?? 'よろず' } as const
      return c.json({ purpose, name: shownName, options: await askForPasskey(kit, asked) })
    })
    .post('/api/join', smallBody, async (c) => {
      const request = await readBody(c, JoinRequest)
      if (request === null) return refuse(c, 'unreadable_request')
      const tried = await trySignIn(c, null)
      if (tried.restS !== null) return refuseTooMany(c, tried.restS)
      const passkey = await checkNewPasskey(kit, { purpose: 'join', answer: request.answer })
      if (passkey === null) return refuse(c, 'passkey_refused')
      const { token, name } = request
      const joined = await join(kit, { token, name, passkey, userAgent: c.req.header('User-Agent') ?? '' })
      if (!joined.ok) return refuse(c, joined.error.code)
      await tried.giveBack()
      await openLogin(c, kit, joined.value, 'invitation')
      return c.json({ role: joined.value.role })
    })
}

function newStaffId({ now }: Pick<PasskeyKit, 'now'>): StaffId {
  return uuidv7(Date.parse(now()), randomBytes(10)) as StaffId
}
