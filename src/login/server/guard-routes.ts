import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import { ROUTES } from '#login/domain/access.ts'
import { hasRole } from '#login/domain/identity.ts'
import { ROLES } from '#login/domain/roles.ts'
import type { ServerKit } from '#server/kit.ts'

/** Stands before every route and asks the one table of who may use it. What is not in the table is not there for anybody.
 *  Where an address fits several routes (`/admin/list` and `/admin/*`), each of them has to let the person through. */
export function guardRoutes(kit: Pick<ServerKit, 'whoIs'>): MiddlewareHandler {
  return async (c, next) => {
    const matched = matchedRoutes(c).filter(({ method }) => method !== 'ALL') // those stand around routes, this one too
    const names = new Set(matched.map(({ method, path }) => `${method} ${path}`))
    const rules = [...names].map((name) => (Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined))
    if (rules.length === 0) return c.notFound()
    for (const rule of rules) {
      if (rule === undefined) return c.notFound()
      if (rule.roles === ROLES) continue // everybody: nobody has to be looked up
      if (!hasRole(await kit.whoIs(c), rule.roles)) return c.json({ code: 'not_permitted' }, 403)
    }
    return next()
  }
}
