import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import type { ServerKit } from '#server/kit.ts'
import { openLogin } from './logins.ts'

const FIRST_PAGE = { volunteer: '/hall', organizer: '/office' } as const
export type LinkedRole = keyof typeof FIRST_PAGE
/** The organizer of a demo may try everything, also what only a 管理者 may do. */
const ROLE_OF = { volunteer: 'volunteer', organizer: 'admin' } as const

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
    await openLogin(c, kit, { staffId: null, role: ROLE_OF[role] })
    return c.redirect(FIRST_PAGE[role])
  })
}

function sameText(expected: string, given: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(expected), digest(given))
}
