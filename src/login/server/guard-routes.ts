import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import { ROUTES } from '#login/domain/access.ts'
import { hasRole } from '#login/domain/identity.ts'
import type { ServerKit } from '#server/kit.ts'

/** Stands before every route and asks the one table of who may use it. What is not in the table is not there for anybody. */
export function guardRoutes(kit: Pick<ServerKit, 'whoIs'>): MiddlewareHandler {
  return async (c, next) => {
    const route = matchedRoutes(c).findLast(({ method }) => method !== 'ALL')
    if (route === undefined) return next() // no such address: the page that says so
    const rule = ROUTES[`${route.method} ${route.path}`]
    if (rule === undefined) return c.notFound()
    if (rule.of === 'public' || hasRole(await kit.whoIs(c), rule.roles)) return next()
    return c.json({ code: 'not_permitted' }, 403)
  }
}
