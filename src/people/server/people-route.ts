import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import type { AuditAction } from '#audit/domain/audit-entry.ts'
import { hasRole } from '#login/domain/identity.ts'
import { ADMIN } from '#login/domain/roles.ts'
import { type Dossier, type DossierRefusal, SearchPeople } from '#people/domain/dossier.ts'
import { dossierCsv } from '#people/domain/dossier-csv.ts'
import { learnerId, type LearnerId } from '#people/domain/learner.ts'
import { appendAudit, auditActor } from '#server/audit.ts'
import type { ServerKit } from '#server/kit.ts'
import { readBody, smallBody } from '#server/read-body.ts'
import { readDossier } from './dossier.ts'
import { searchPeople } from './search-people.ts'

/** POST /api/people/search, GET /api/people/:id and GET /api/people/:id/export/:format (`csv` or `json`), for the office only. What is
 *  looked at is written down: how many were found, and whose record was opened or taken along. */
export function peopleRoute(kit: ServerKit): Hono {
  const app = new Hono()
  app.use('/api/people/*', async (c, next) => {
    c.header('Cache-Control', 'no-store')
    return next()
  })
  app.post('/api/people/search', smallBody, async (c) => {
    const asked = await readBody(c, SearchPeople)
    if (asked === null) return refuse(c, 'unreadable_request')
    const found = await searchPeople(kit.database.sql, kit.city, asked.query)
    await note(c, kit, { action: 'people.viewed', object: null, count: found.hits.length })
    return c.json(found)
  })
  app.get('/api/people/:id', async (c) => {
    const dossier = await openDossier(c, kit, 'person.viewed')
    return dossier === null ? refuse(c, 'learner_unknown') : c.json(dossier)
  })
  app.get('/api/people/:id/export/:format', async (c) => {
    const format = c.req.param('format')
    if (format !== 'csv' && format !== 'json') return c.notFound()
    const dossier = await openDossier(c, kit, 'person.exported')
    if (dossier === null) return refuse(c, 'learner_unknown')
    const { erasure: _ofTheOffice, ...held } = dossier
    c.header('Content-Disposition', `attachment; filename="person-record.${format}"`)
    if (format === 'json') return c.json(held)
    return c.body(dossierCsv(dossier), 200, { 'Content-Type': 'text/csv; charset=utf-8' })
  })
  return app
}

/** What is held about the person of the address, and in the same transaction a line that somebody looked. */
async function openDossier(
  c: Context,
  kit: ServerKit,
  action: 'person.viewed' | 'person.exported',
): Promise<Dossier | null> {
  const id = v.safeParse(learnerId, c.req.param('id'))
  if (!id.success) return null
  const identity = await kit.whoIs(c)
  const { city } = kit
  return kit.database.transaction(async (sql) => {
    const mayErase = hasRole(identity, ADMIN)
    const dossier = await readDossier({ sql, city, learnerId: id.output }, { now: kit.now(), mayErase })
    if (dossier === null) return null
    await appendAudit(sql, city, [{ ...lineOf(kit, identity), action, object: objectOf(id.output), count: 1 }])
    return dossier
  })
}

async function note(
  c: Context,
  kit: ServerKit,
  said: { readonly action: AuditAction; readonly object: string | null; readonly count: number },
): Promise<void> {
  const identity = await kit.whoIs(c)
  await kit.database.transaction((sql) => appendAudit(sql, kit.city, [{ ...lineOf(kit, identity), ...said }]))
}

function lineOf({ now }: ServerKit, identity: Awaited<ReturnType<ServerKit['whoIs']>>) {
  return { at: now(), actor: auditActor(identity), deviceId: null, reason: null } as const
}

function objectOf(id: LearnerId): string {
  return `learner:${id}`
}

function refuse(c: Context, code: DossierRefusal['code']): Response {
  return c.json({ code } satisfies DossierRefusal, code === 'learner_unknown' ? 404 : 400)
}
