import Papa from 'papaparse'
import { beforeAll, describe, expect, test } from 'vitest'
import type { AuditAnswer, AuditRow } from '#audit/domain/audit-page.ts'
import { auditRounds, purgeAudit } from '#audit/server/audit-rounds.ts'
import { checkAudit, verifyAudit } from '#audit/server/verify-audit.ts'
import { plusDays, localDateOf } from '#kernel/time.ts'
import { appendAudit } from '#server/audit.ts'
import { appendLines, behindTheTriggers, makeAuditEntry } from '../make/audit.ts'
import { makePeople } from '../make/names.ts'
import { makeMark, makeVenue } from '../make/payloads.ts'
import { type RunningProduct, startProduct } from '../make/running-product.ts'
import { publishSession, signUp } from '../make/said-by-office.ts'
import { makeHttpDevice } from '../make/signed-in.ts'
import { makeStaffLogin, type StaffLogin } from '../make/staff.ts'

const AS_WRITTEN = { delimiter: ',', newline: '\r\n' } as const

let product: RunningProduct
let admin: StaffLogin
beforeAll(async () => {
  product = await startProduct()
  admin = await makeStaffLogin(product, 'admin', { name: '海野 さくら' })
  return () => product.stop()
})

const ask = (path: string, { cookie }: { readonly cookie: string } = admin): Promise<Response> =>
  product.fetch(path, { headers: { Cookie: cookie } })

async function readPage(query = ''): Promise<AuditAnswer> {
  const answer = await ask(`/api/admin/audit${query}`)
  expect(answer.status).toBe(200)
  return (await answer.json()) as AuditAnswer
}

/** Newest first, as the page has them. */
async function actionsAfter(seq: number): Promise<readonly string[]> {
  const rows = await product.kit.database.sql<AuditRow>`
    select action, outcome from audit_log where city = ${product.kit.city} and seq > ${seq} order by seq`
  return rows.map(({ action, outcome }) => (outcome === 'accepted' ? action : `${action} ${outcome}`))
}

async function headSeq(): Promise<number> {
  return (await checkAudit(product.kit.database, product.kit.city)).head?.seq ?? 0
}

describe('what is written down', () => {
  test('each operation of a push, with who, which phone, and whether it was refused; nothing of what was said', async () => {
    const before = await headSeq()
    const office = makeHttpDevice(product, admin.cookie)
    const venue = makeVenue({ name: 'なぎさ公民館 大ホール' })
    const sessionId = '01990000-0000-7000-8000-00000000abcd'
    await office.push(office.op('venue.save', venue), office.op('session.publish', { sessionId }))
    expect(await actionsAfter(before)).toEqual(['venue.save', 'session.publish refused'])
    const [refused, saved] = (await readPage('?kind=changed')).rows
    expect(saved).toMatchObject({
      actorKind: 'staff',
      actorName: '海野 さくら',
      objects: [{ kind: 'venue', id: venue.venueId, name: 'なぎさ公民館 大ホール' }],
      count: null,
    })
    expect(refused).toMatchObject({
      reason: 'session_unknown',
      objects: [{ kind: 'session', id: sessionId, path: null }],
    })
    const [line] = await product.kit.database.sql<{ text: string }>`
      select audit_log::text as text from audit_log where city = ${product.kit.city} and seq = ${saved?.seq}`
    expect(line?.text).not.toContain('なぎさ')
  })

  test('a list of names that goes to a phone, once for each answer that holds names', async () => {
    const sessionId = await publishSession(product, { inDays: 0, capacity: 8, teacherCount: 2 })
    await signUp(product, sessionId, makePeople().slice(0, 3))
    const before = await headSeq()
    const desk = makeHttpDevice(product, admin.cookie)
    const { cursors } = await desk.push()
    await desk.post({ ...desk.request([]), cursors })
    const rows = (await readPage()).rows.filter(({ seq, action }) => seq > before && action === 'roster.sent')
    expect(rows).toMatchObject([{ count: 3, objects: [{ kind: 'session', id: sessionId }] }])
    const mark = makeMark({ sessionId })
    await desk.push(desk.op('attendance.mark', mark))
    expect((await readPage('?kind=changed')).rows[0]).toMatchObject({
      action: 'attendance.mark',
      objects: [{ kind: 'session' }, { kind: 'learner', id: mark.learnerId, name: null, path: null }],
    })
  })

  test('whoever looks at names in the office, and at the audit itself', async () => {
    const sessionId = await publishSession(product, { inDays: 3, capacity: 8, teacherCount: 2 })
    await signUp(product, sessionId, makePeople().slice(4, 6))
    const before = await headSeq()
    await ask(`/api/office/sessions/${sessionId}/enrollments`)
    await ask('/api/training/trainees') // nobody is in training: there is nothing to see
    await readPage()
    expect(await actionsAfter(before)).toEqual(['people.viewed', 'audit.viewed'])
    const { rows } = await readPage('?kind=viewed')
    expect(rows.find(({ action }) => action === 'people.viewed')).toMatchObject({
      count: 2,
      objects: [{ kind: 'session', path: `/office/sessions/${sessionId}` }],
    })
  })
})

describe('the page of the audit', () => {
  test('is for 管理者 alone', async () => {
    for (const role of ['organizer', 'viewer'] as const) {
      const other = await makeStaffLogin(product, role)
      for (const path of ['/api/admin/audit', '/api/admin/audit/file'])
        expect((await ask(path, other)).status).toBe(403)
    }
    expect((await product.fetch('/api/admin/audit')).status).toBe(403)
  })

  test('shows 50 lines at a time, and each line once on the way to the first', async () => {
    await appendLines(product.kit.database, product.kit.city, 120)
    const seen: number[] = []
    for (let before = '', more = true; more;) {
      const page = await readPage(before)
      expect(page.rows.length).toBeLessThanOrEqual(50)
      seen.push(...page.rows.map(({ seq }) => seq))
      before = `?before=${seen.at(-1)}`
      ;({ more } = page)
    }
    const first = seen[0] ?? 0
    expect(seen).toEqual(Array.from({ length: first }, (_, index) => first - index))
  })

  test('finds by day of Japan, by person and by kind', async () => {
    const { city, database } = product.kit
    const line = makeAuditEntry({ at: '2027-02-01T15:30:00.000Z' as never, action: 'person.erase' })
    await appendAudit(database.sql, city, [line])
    const found = async (query: string) => (await readPage(query)).rows.map(({ action }) => action)
    expect(await found('?from=2027-02-02&until=2027-02-02')).toEqual(['person.erase'])
    expect(await found('?from=2027-02-01&until=2027-02-01')).toEqual([])
    expect(await found('?from=2027-02-02&kind=erased')).toEqual(['person.erase'])
    expect(await found(`?who=staff:${line.actor.id}`)).toEqual(['person.erase'])
    expect(await found('?who=system')).toEqual([])
    expect((await readPage()).people).toContainEqual({ who: `staff:${admin.staffId}`, name: '海野 さくら' })
    const today = localDateOf(product.kit.now())
    expect((await readPage(`?from=${today}&until=${plusDays(today, 1)}&who=staff:${admin.staffId}`)).rows).not.toEqual(
      [],
    )
    for (const bad of ['?from=today', '?who=staff:1', '?kind=all', '?before=0', '?other=1'])
      expect((await ask(`/api/admin/audit${bad}`)).status).toBe(400)
  })

  test('checks when asked to, and says what it found until the next time', async () => {
    const headers = { Cookie: admin.cookie, 'Content-Type': 'application/json' }
    const check = () => product.fetch('/api/admin/audit/check', { method: 'POST', headers, body: '{}' })
    expect(await (await check()).json()).toMatchObject({ breakCount: 0 })
    const { head, check: last } = await readPage()
    expect(last).toMatchObject({ breakCount: 0, breaks: [] })
    expect(head?.seq).toBeGreaterThanOrEqual(last?.head?.seq ?? 0)
  })
})

describe('the file for spreadsheets', () => {
  test('holds the lines that were searched for, and is written down itself', async () => {
    const before = await headSeq()
    const answer = await ask('/api/admin/audit/file?kind=erased')
    expect(answer.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
    expect(answer.headers.get('Cache-Control')).toBe('no-store')
    const { data } = Papa.parse<string[]>(await answer.text(), AS_WRITTEN)
    expect(data[1]).toEqual(expect.arrayContaining(['1人の記録を消した', 'person.erase', 'できた']))
    expect(await actionsAfter(before)).toEqual(['list.exported'])
  })
})

describe('what is kept long enough', () => {
  const later = (now: string) => ({ ...product.kit, now: () => now as never })

  test('goes by whole months, leaves a line that says what went, and the check begins there', async () => {
    const { database, city } = product.kit
    const before = await headSeq()
    const rest = await checkAudit(database, city)
    expect(await purgeAudit(later('2026-04-30T00:00:00.000Z'), 3)).toBe(0)
    await appendAudit(database.sql, city, [makeAuditEntry({ at: '2040-01-01T00:00:00.000Z' as never })])
    const gone = await purgeAudit(later('2040-02-10T00:00:00.000Z'), 3)
    expect(gone).toBe(rest.lineCount)
    const check = await checkAudit(database, city)
    expect(check).toMatchObject({ lineCount: 2, breakCount: 0, head: { seq: before + 2 } })
    const [line] = (await readPage('?kind=erased')).rows
    expect(line).toMatchObject({ action: 'audit.purged', actorKind: 'system', count: gone })
    expect(await purgeAudit(later('2040-02-10T01:00:00.000Z'), 3)).toBe(0)
  })

  test('lines that go in any other way are missed, also the oldest ones', async () => {
    const { database, city } = product.kit
    await appendLines(database, city, 10)
    const first = (await headSeq()) - (await checkAudit(database, city)).lineCount + 1
    const crime = (sql: typeof database.sql) => sql`delete from audit_log where city = ${city} and seq = ${first}`
    const found = await behindTheTriggers(database, crime, (sql) => checkAuditIn(sql, city))
    expect(found).toEqual([{ kind: 'missing', seq: first, until: first }])
  })

  test('once a day the program checks by itself', async () => {
    const { database, city } = product.kit
    const count = async () => (await database.sql`select 1 from audit_checks where city = ${city}`).length
    const before = await count()
    await auditRounds(later('2040-03-01T00:00:00.000Z'), 3)
    await auditRounds(later('2040-03-01T01:00:00.000Z'), 3)
    expect(await count()).toBe(before + 1)
    await auditRounds(later('2040-03-02T00:00:00.000Z'), 3)
    expect(await count()).toBe(before + 2)
  })
})

async function checkAuditIn(sql: RunningProduct['kit']['database']['sql'], city: string) {
  return (await verifyAudit(sql, city)).breaks
}
