import type { MiddlewareHandler } from 'hono'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])
const OWN = new Set(['same-origin', 'none'])

/** Refuses writes that another site caused. Browsers say where a request comes from in Sec-Fetch-Site or Origin;
 *  one that says neither (a text browser) carries no page of somebody else's and may use the plain forms. */
export const refuseOtherSites: MiddlewareHandler = async (c, next) => {
  if (SAFE.has(c.req.method)) return next()
  const site = c.req.header('sec-fetch-site')
  const origin = c.req.header('origin')
  const own = site === undefined ? origin === undefined || hostOf(origin) === c.req.header('host') : OWN.has(site)
  if (!own) return c.json({ code: 'other_site' }, 403)
  if (c.req.path.startsWith('/api/') && !isJson(c.req.header('content-type'))) {
    return c.json({ code: 'unreadable_request' }, 415)
  }
  return next()
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}

function isJson(contentType: string | undefined): boolean {
  return contentType?.split(';')[0]?.trim() === 'application/json'
}
