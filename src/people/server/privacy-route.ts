import { Hono } from 'hono'
import { assessRegister, fileRegister, type PrivacyAnswer, registerCsv } from '#people/domain/file-register.ts'
import { appendAudit, auditActor } from '#server/audit.ts'
import type { ServerKit } from '#server/kit.ts'
import type { RetentionPart } from '#server/retention-part.ts'
import { readRetention } from './retention.ts'

/** GET /api/privacy: what would go today, how many people are held, and the 個人情報ファイル簿; GET /api/privacy/register.csv: the same
 *  as a file. For 管理者 only. Changes nothing. */
export function privacyRoute(kit: ServerKit, parts: readonly RetentionPart[]): Hono {
  return new Hono()
    .get('/api/privacy', async (c) => {
      c.header('Cache-Control', 'no-store')
      return c.json(await readPrivacy(kit, parts))
    })
    .get('/api/privacy/register.csv', async (c) => {
      const { register } = await readPrivacy(kit, parts)
      const line = { at: kit.now(), actor: auditActor(await kit.whoIs(c)), deviceId: null, reason: null }
      await kit.database.transaction((sql) =>
        appendAudit(sql, kit.city, [{ ...line, action: 'list.exported', object: 'register', count: register.length }]),
      )
      return c.body(registerCsv(register), 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': 'attachment; filename="personal-data-register.csv"',
        'Cache-Control': 'no-store',
      })
    })
}

async function readPrivacy(kit: ServerKit, parts: readonly RetentionPart[]): Promise<PrivacyAnswer> {
  const { city, database } = kit
  const [row] = await database.sql<{ name: string; phone: string; held: number; erased: number }>`
    select c.name, c.phone,
           (select count(*)::int from learners where city = c.city and erased_at is null) as held,
           (select count(*)::int from learners where city = c.city and erased_at is not null) as erased
      from cities c where c.city = ${city}`
  const { name = '', phone = '', held: peopleCount = 0, erased: erasedCount = 0 } = row ?? {}
  return {
    peopleCount,
    erasedCount,
    level: assessRegister(peopleCount),
    retention: await readRetention(kit, parts),
    register: fileRegister({ name, phone, peopleCount }),
  }
}
