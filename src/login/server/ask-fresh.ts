import type { MiddlewareHandler } from 'hono'
import { LOGIN_FRESH_MS } from '#login/domain/login-limits.ts'
import type { ServerKit } from '#server/kit.ts'
import { readLogin } from './logins.ts'

/** Before what decides who may come in: asks for a sign-in of the last minutes (docs/rules.md#sign-in), so that nobody becomes a
 *  colleague for ever at a machine that was left open. The links of demo mode are nobody's. */
export function askFresh(kit: Pick<ServerKit, 'database' | 'city' | 'now'>): MiddlewareHandler {
  return async (c, next) => {
    const login = await readLogin(c, kit)
    const isFresh = login?.staffId == null || Date.parse(kit.now()) - Date.parse(login.openedAt) <= LOGIN_FRESH_MS
    return isFresh ? next() : c.json({ code: 'sign_in_again' }, 403)
  }
}
