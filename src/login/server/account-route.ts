import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { type AccountRefusal, EndLoginsRequest } from '#login/domain/account.ts'
import { AddPasskeyRequest, RemovePasskeyRequest } from '#login/domain/passkey.ts'
import type { StaffRole } from '#login/domain/roles.ts'
import { audit, endOwnLogins, type Own, readAccount, removePasskey } from './account.ts'
import { askFresh } from './ask-fresh.ts'
import { readStaffName } from './join.ts'
import { closeLogin, readLogin } from './logins.ts'
import {
  askForPasskey,
  checkNewPasskey,
  insertPasskey,
  isKnownPasskey,
  type PasskeyKit,
} from './passkey-registration.ts'
import { readBody, smallBody } from '#server/read-body.ts'

const STATUS = {
  unreadable_request: 400,
  account_unknown: 404,
  sign_in_again: 403,
  passkey_refused: 403,
  passkey_unknown: 404,
  last_way_in: 409,
} as const satisfies Record<AccountRefusal['code'], number>

type Env = { Variables: { readonly own: Own } }

/** /api/account and below: how somebody comes in, and where they are in. Each person sees and changes their own only; what changes a way in
 *  asks for a sign-in of the last minutes. */
export function accountRoute(kit: PasskeyKit): Hono {
  const refuse = (c: Context, code: AccountRefusal['code']) => c.json({ code } satisfies AccountRefusal, STATUS[code])
  const { database, city } = kit
  const withOwn: MiddlewareHandler<Env> = async (c, next) => {
    const own = await readOwn(c, kit)
    if (own === null) return refuse(c, 'account_unknown')
    c.set('own', own)
    return next()
  }
  const whenFresh = askFresh(kit)
  const route = new Hono<Env>()
    .get('/api/account', withOwn, async (c) => c.json(await readAccount(database.sql, c.get('own'))))
    .post('/api/account/logins/end', smallBody, withOwn, async (c) => {
      const request = await readBody(c, EndLoginsRequest)
      if (request === null) return refuse(c, 'unreadable_request')
      const own = c.get('own')
      if (request.loginId === own.loginId) await closeLogin(c, kit)
      else await database.transaction((sql) => endOwnLogins(sql, own, request.loginId))
      return c.json({})
    })
    .post('/api/account/passkeys/options', smallBody, withOwn, whenFresh, async (c) => {
      const { staffId } = c.get('own')
      const name = (await readStaffName(database.sql, city, staffId)) ?? ''
      return c.json({ options: await askForPasskey(kit, { purpose: 'addPasskey', staffId, name }) })
    })
    .post('/api/account/passkeys', smallBody, withOwn, whenFresh, async (c) => {
      const request = await readBody(c, AddPasskeyRequest)
      if (request === null) return refuse(c, 'unreadable_request')
      const own = c.get('own')
      const passkey = await checkNewPasskey(kit, { purpose: 'addPasskey', answer: request.answer })
      if (passkey?.staffId !== own.staffId) return refuse(c, 'passkey_refused')
      if (await isKnownPasskey(database.sql, city, passkey)) return refuse(c, 'passkey_refused')
      const userAgent = c.req.header('User-Agent') ?? ''
      await database.transaction(async (sql) => {
        await insertPasskey(sql, { ...own, userAgent }, passkey)
        await audit(sql, own, 'passkey.added', null)
      })
      return c.json({})
    })
    .post('/api/account/passkeys/remove', smallBody, withOwn, whenFresh, async (c) => {
      const request = await readBody(c, RemovePasskeyRequest)
      if (request === null) return refuse(c, 'unreadable_request')
      const removed = await database.transaction((sql) => removePasskey(sql, c.get('own'), request.credentialId))
      return removed.ok ? c.json({}) : refuse(c, removed.error.code)
    })
  return new Hono().route('/', route)
}

async function readOwn(c: Context, kit: PasskeyKit): Promise<Own | null> {
  const login = await readLogin(c, kit)
  if (login === null || login.staffId === null) return null
  const { staffId, role, loginId } = login
  return { city: kit.city, now: kit.now(), staffId, role: role as StaffRole, loginId } // staff have no other roles
}
