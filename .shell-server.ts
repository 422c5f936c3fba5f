import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { LANGUAGE_COOKIE, parseLanguage, readBackPath } from '#pages/domain/language.ts'
import { answerPage, languageOf, loadRenderer, renderShell } from '#server/pages.ts'
import { securityHeaders } from '#server/security-headers.ts'
import { staticFiles } from '#server/static-files.ts'
const city = { name: 'みなと市', phone: '0996-00-0000', hours: '月曜から金曜、午前8時30分から午後5時15分まで' }
const now = () => new Date().toISOString() as never
const day = (n: number) => new Date(Date.now() + n * 864e5).toISOString().slice(0, 10)
const session = (i: number) => ({ sessionId: `01990000-0000-7000-8000-00000000000${i}`, kind: 'class', title: `はじめてのスマホ教室 第${i}回 </script><b>`, venueName: '中央公民館', venueAddress: null, heldOn: day(i), startTime: '13:30', endTime: '15:00', startsAt: `${day(i)}T04:30:00.000Z`, endsAt: `${day(i)}T06:00:00.000Z`, enrollUntil: `${day(i)}T04:30:00.000Z`, note: null, cancelled: false, seats: 10, seatsLeft: i, waiting: 0 })
const sessions = [1, 2, 3, 4, 5].map(session) as never[]
const render = await loadRenderer(process.env.DIST ?? 'dist')
const shell = renderShell(render, { city, now: '2026-01-01T00:00:00.000Z' as never })
export const log: string[] = []
const app = new Hono()
app.use(async (c, next) => { await next(); console.log(c.req.method, c.req.path, c.res.status) })
app.use(securityHeaders())
app.route('/', await staticFiles({ folder: (process.env.DIST ?? 'dist') + '/client', shell: shell.html }))
app.get('/shell', (c) => answerPage(c, shell))
app.get('/language/:language', (c) => { const l = parseLanguage(c.req.param('language')); if (l) setCookie(c, LANGUAGE_COOKIE, l, { path: '/' }); return c.redirect(readBackPath(c.req.query('back'))) })
app.post('/api/sync', async (c) => { const b = await c.req.json(); const dev = `device:${b.device.id}`; const staff = process.env.STAFF ? { office: 1 } : {}
  return c.json({ outcomes: [], changes: b.cursors.public === 7 ? [] : sessions.map((body: any) => ({ bucket: 'public', kind: 'publicSession', id: body.sessionId, version: 7, body })), cursors: { public: 7, [dev]: 0, ...staff }, more: false }) })
app.get('/', (c) => answerPage(c, render({ path: '/', language: languageOf(c), role: 'resident', city, now: now(), data: { page: 'home', sessions } })))
for (const p of ['/hall', '/hall/*', '/office', '/office/*', '/device']) app.get(p, (c) => answerPage(c, render({ path: c.req.path, language: languageOf(c), role: 'organizer', city, now: now(), data: { page: 'staff' } })))
app.notFound((c) => answerPage(c, render({ path: c.req.path, language: languageOf(c), role: 'resident', city, now: now(), data: { page: 'notFound' } })) as never)
serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 4321), hostname: '127.0.0.1' })
