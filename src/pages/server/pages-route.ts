import { Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import * as v from 'valibot'
import { LANGUAGE_COOKIE, LANGUAGE_COOKIE_AGE_S, parseLanguage, readBackPath } from '#pages/domain/language.ts'
import { sessionId } from '#sessions/domain/session.ts'
import { answerPage, renderShell } from '#server/pages.ts'
import { makeFormSheet } from './form-token.ts'
import { type PagesKit, showPage } from './pages-kit.ts'
import { readPublicSession, readUpcoming } from './public-sessions.ts'

/** Every page that can be asked for with GET. Public ones arrive with their words; those of staff as a frame that the device fills. */
export function pagesRoute(kit: PagesKit): Hono {
  const staff = new Hono().get('*', (c) => showPage(c, kit, { page: 'staff' }))
  return new Hono()
    .get('/', async (c) => {
      const sessions = await readUpcoming(kit.database.sql, kit.city, kit.now())
      return showPage(c, kit, { page: 'home', sessions })
    })
    .get('/sessions/:id', async (c) => {
      const id = v.safeParse(sessionId, c.req.param('id'))
      const session = id.success ? await readPublicSession(kit.database.sql, kit.city, id.output) : null
      if (session === null) return showPage(c, kit, { page: 'notFound' }, { status: 404 })
      return showPage(c, kit, { page: 'session', session, sheet: makeFormSheet(kit, 'enroll') })
    })
    .get('/language/:language', (c) => {
      const language = parseLanguage(c.req.param('language'))
      if (language !== null) {
        setCookie(c, LANGUAGE_COOKIE, language, { path: '/', sameSite: 'Lax', maxAge: LANGUAGE_COOKIE_AGE_S })
      }
      return c.redirect(readBackPath(c.req.query('back')))
    })
    .get('/shell', (c) => answerPage(c, renderShell(kit.renderPage, { city: kit.cityWords, now: kit.now() })))
    .route('/hall', staff)
    .route('/office', staff)
    .route('/device', staff)
    .route('/admin', staff)
    .route('/sign-in', staff)
    .route('/pair', staff)
}
