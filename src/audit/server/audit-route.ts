import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { auditCsv } from '#audit/domain/audit-csv.ts'
import type { AuditAction } from '#audit/domain/audit-entry.ts'
import { AUDIT_FILE_MAX, AUDIT_PAGE_MAX, type AuditAnswer, AuditQuery } from '#audit/domain/audit-page.ts'
import { appendAudit, auditActor } from '#server/audit.ts'
import type { ServerKit } from '#server/kit.ts'
import { keepCheck, readHead, readLastCheck } from './keep-check.ts'
import { readAudit, readPeople } from './read-audit.ts'

/** GET /api/admin/audit, its file (/file), and POST /api/admin/audit/check, for 管理者 only. Whoever looks is written down as well. */
export function auditRoute(kit: ServerKit): Hono {
  const { database, city } = kit
  const { sql } = database
  const app = new Hono()
  app.use('/api/admin/audit/*', async (c, next) => {
    c.header('Cache-Control', 'no-store')
    return next()
  })
  app.get('/api/admin/audit', async (c) => {
    const query = v.safeParse(AuditQuery, c.req.query())
    if (!query.success) return c.json({ code: 'unreadable_request' }, 400)
    const { rows, more } = await readAudit(sql, city, query.output, AUDIT_PAGE_MAX)
    const [people, head, check] = [
      await readPeople(sql, city),
      await readHead(sql, city),
      await readLastCheck(sql, city),
    ]
    await noteLook(c, kit, { action: 'audit.viewed', count: rows.length })
    return c.json({ rows, more, people, head, check } satisfies AuditAnswer)
  })
  app.get('/api/admin/audit/file', async (c) => {
    const query = v.safeParse(AuditQuery, c.req.query())
    if (!query.success) return c.json({ code: 'unreadable_request' }, 400)
    const { rows, more } = await readAudit(sql, city, query.output, AUDIT_FILE_MAX)
    await noteLook(c, kit, { action: 'list.exported', count: rows.length })
    c.header('Content-Disposition', 'attachment; filename="audit.csv"')
    return c.body(auditCsv(rows, more), 200, { 'Content-Type': 'text/csv; charset=utf-8' })
  })
  app.post('/api/admin/audit/check', async (c) => c.json(await keepCheck(kit)))
  return app
}

async function noteLook(
  c: Context,
  { database, city, now, whoIs }: ServerKit,
  { action, count }: { readonly action: AuditAction; readonly count: number },
): Promise<void> {
  const actor = auditActor(await whoIs(c))
  const line = { at: now(), actor, deviceId: null, action, object: 'list:audit', reason: null, count }
  await appendAudit(database.sql, city, [line])
}
