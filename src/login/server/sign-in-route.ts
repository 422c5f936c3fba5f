import { Hono } from 'hono'
import { SignOutRequest } from '#login/domain/account.ts'
import { NOBODY } from '#login/domain/identity.ts'
import { type SignInRefusal, SignInRequest } from '#login/domain/passkey.ts'
import { appendAudit, auditActor } from '#server/audit.ts'
import type { RateLimits } from '#server/rate-limits.ts'
import { readBody, smallBody } from '#server/read-body.ts'
import { refuseTooMany } from '#server/too-many.ts'
import { closeLogin, openLogin } from './logins.ts'
import type { PasskeyKit } from './passkey-registration.ts'
import { askPasskey, type KnownStaff, readSignedIn, type SignInFault } from './passkey-sign-in.ts'

const STATUS = { unreadable_request: 400, sign_in_refused: 403 } as const satisfies Record<
  SignInRefusal['code'],
  number
>

/** POST /api/sign-in/options: a question for the browser's passkeys. POST /api/sign-in: its answer; 200 with the role, and the cookie.
 *  POST /api/sign-out: ends the login of this browser and, where nothing unsent waits there, has it forget everything it keeps. */
export function signInRoute(kit: PasskeyKit, { trySignIn }: Pick<RateLimits, 'trySignIn'>): Hono {
  const refuse = (code: SignInRefusal['code']) => [{ code } satisfies SignInRefusal, STATUS[code]] as const
  return new Hono()
    .post('/api/sign-in/options', async (c) => c.json({ options: await askPasskey(kit) }))
    .post('/api/sign-in', smallBody, async (c) => {
      const request = await readBody(c, SignInRequest)
      if (request === null) return c.json(...refuse('unreadable_request'))
      const tried = await trySignIn(c, request.answer.id)
      if (tried.restS !== null) return refuseTooMany(c, tried.restS)
      const known = await readSignedIn(kit, request.answer)
      if (!known.ok) {
        await auditRefused(kit, known.error.staff, known.error.fault)
        return c.json(...refuse('sign_in_refused'))
      }
      await tried.giveBack()
      await openLogin(c, kit, known.value, 'passkey')
      return c.json({ role: known.value.role })
    })
    .post('/api/sign-out', smallBody, async (c) => {
      const request = await readBody(c, SignOutRequest)
      if (request === null) return c.json(...refuse('unreadable_request'))
      await closeLogin(c, kit)
      if (request.clear) c.header('Clear-Site-Data', '"cache", "storage"')
      return c.json({})
    })
}

/** Puts down that somebody was not let in, and as far as it is known who they said they were. */
function auditRefused(
  { database, city, now }: PasskeyKit,
  staff: KnownStaff | null,
  reason: SignInFault,
): Promise<void> {
  const actor = auditActor(staff === null ? NOBODY : { ...staff, instructorId: null })
  const object = staff && `staff:${staff.staffId}`
  const entry = { at: now(), actor, deviceId: null, action: 'signIn.refused', object, reason, count: null } as const
  return database.transaction((sql) => appendAudit(sql, city, [entry]))
}
