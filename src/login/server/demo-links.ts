import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Role } from '#login/domain/roles.ts'
import type { ServerKit } from '#server/kit.ts'

const COOKIE = 'yorozu_login'
const FIRST_PAGE = { volunteer: '/hall', organizer: '/office' } as const
export type LinkedRole = keyof typeof FIRST_PAGE

/** One secret link per role, good until the program ends. Demo mode only: whoever has the link has the role. */
export type DemoLinks = Readonly<Record<LinkedRole, string>>

export function makeDemoLinks(): DemoLinks {
  const token = (): string => randomBytes(16).toString('base64url')
  return { volunteer: `/demo/volunteer/${token()}`, organizer: `/demo/organizer/${token()}` }
}

/** GET /demo/:role/:token: opens the role on this browser and goes to its first page. */
export function demoRoute(kit: Pick<ServerKit, 'database' | 'city' | 'now'>, links: DemoLinks): Hono {
  return new Hono().get('/demo/:role/:token', async (c) => {
    const role = (['volunteer', 'organizer'] as const).find((one) => sameText(links[one], c.req.path))
    if (role === undefined) return c.redirect('/')
    const token = randomBytes(32)
    await kit.database.sql`
      insert into logins (city, token_hash, role, opened_at) values (${kit.city}, ${hashOf(token)}, ${role}, ${kit.now()})`
    const secure = new URL(c.req.url).protocol === 'https:'
    setCookie(c, COOKIE, token.toString('hex'), {
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
      secure,
      maxAge: 7 * 24 * 3600,
    })
    return c.redirect(FIRST_PAGE[role])
  })
}

/** The role of whoever sent a request: what their cookie was given, else a resident. */
export function createRoleOf({ database, city }: Pick<ServerKit, 'database' | 'city'>): ServerKit['roleOf'] {
  return async (c: Context): Promise<Role> => {
    const token = getCookie(c, COOKIE)
    if (token === undefined || !/^[0-9a-f]{64}$/.test(token)) return 'resident'
    const [row] = await database.sql<{ role: Role }>`
      select role from logins where city = ${city} and token_hash = ${hashOf(Buffer.from(token, 'hex'))}`
    return row?.role ?? 'resident'
  }
}

function hashOf(token: Buffer): Buffer {
  return createHash('sha256').update(token).digest()
}

function sameText(expected: string, given: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(expected), digest(given))
}
