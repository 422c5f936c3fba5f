import { createHash, randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { instantOf, type Instant } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import { type Identity, NOBODY, type StaffId } from '#login/domain/identity.ts'
import { DEMO_LOGIN_MS, LOGIN_ABSOLUTE_MS, LOGIN_IDLE_MS } from '#login/domain/login-limits.ts'
import type { Role, StaffRole } from '#login/domain/roles.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import { appendAudit, auditActor } from '#server/audit.ts'
import type { Sql } from '#server/database.ts'
import type { ServerKit } from '#server/kit.ts'

/** `__Host-`: the browser takes it from this host alone, over https, for every path. Most take it from the machine itself as well. */
const COOKIE = '__Host-yorozu'
/** Of the links of demo mode without https, where Safari's family keeps no secure cookie. Lets nobody of the staff in. */
const DEMO_COOKIE = 'yorozu_demo'
const TOKEN_BYTES = 32
const BROWSER_MAX = 200
/** How stale «last seen» may become, so that not every request writes. */
const SEEN_EVERY_MS = 60_000

type LoginKit = Pick<ServerKit, 'database' | 'city' | 'now'>

/** Somebody who may be let in: a member of staff, or a role of demo mode. */
export type Entrant =
  | { readonly staffId: StaffId; readonly role: StaffRole }
  | { readonly staffId: null; readonly role: Role }

/** By what somebody came in, as the audit says it. */
export type WayIn = 'passkey' | 'secondWay' | 'invitation'

/** Lets somebody in: a new token of 256 random bits in a cookie, of which the database keeps only the hash. A login this browser
 *  had before ends, so that no token lives on from before. Writes `signIn.done` for staff. */
export async function openLogin(
  c: Context,
  kit: LoginKit,
  { staffId, role }: Entrant,
  by: WayIn = 'passkey',
): Promise<void> {
  const { database, city, now } = kit
  const token = randomBytes(TOKEN_BYTES)
  const browser = (c.req.header('User-Agent') ?? '').slice(0, BROWSER_MAX)
  await database.transaction(async (sql) => {
    await endLogin(sql, c, kit)
    await sql`
      insert into logins (city, token_hash, role, opened_at, staff_id, browser, last_seen_at)
      values (${city}, ${hashOf(token)}, ${role}, ${now()}, ${staffId}, ${browser}, ${now()})`
    if (staffId !== null) await auditOwn(sql, kit, { staffId, role }, by)
  })
  const isPlain = staffId === null && new URL(c.req.url).protocol === 'http:'
  setCookie(c, isPlain ? DEMO_COOKIE : COOKIE, token.toString('base64url'), {
    path: '/',
    httpOnly: true,
    secure: !isPlain,
    sameSite: 'Strict',
    maxAge: (staffId === null ? DEMO_LOGIN_MS : LOGIN_ABSOLUTE_MS) / 1000,
  })
}

/** Signs this browser out. */
export async function closeLogin(c: Context, kit: LoginKit): Promise<void> {
  if (tokenOf(c) === null) return
  await kit.database.transaction((sql) => endLogin(sql, c, kit))
  deleteCookie(c, COOKIE, { path: '/', secure: true })
  deleteCookie(c, DEMO_COOKIE, { path: '/' })
}

async function endLogin(sql: Sql, c: Context, kit: LoginKit): Promise<void> {
  const token = tokenOf(c)
  if (token === null) return
  const [ended] = await sql<{ staffId: StaffId | null; role: Role }>`
    update logins set ended_at = ${kit.now()}
     where city = ${kit.city} and token_hash = ${hashOf(token)} and ended_at is null
    returning staff_id as "staffId", role`
  if (ended !== undefined && ended.staffId !== null) await auditOwn(sql, kit, ended, null)
}

/** `by`: what somebody came in by; `null` when they left. */
function auditOwn(
  sql: Sql,
  { city, now }: LoginKit,
  { staffId, role }: Pick<Identity, 'staffId' | 'role'>,
  by: WayIn | null,
): Promise<void> {
  const actor = auditActor({ staffId, role, instructorId: null })
  const action = by === null ? 'signIn.ended' : 'signIn.done'
  return appendAudit(sql, city, [
    { at: now(), actor, deviceId: null, action, object: `staff:${staffId}`, reason: by, count: null },
  ])
}

/** Ends every login of one person, in the transaction that disables them, say. Answers how many there were. */
export async function endLoginsOf(sql: Sql, city: string, staffId: StaffId, now: Instant): Promise<number> {
  const ended = await sql`
    update logins set ended_at = ${now} where city = ${city} and staff_id = ${staffId} and ended_at is null
    returning 1 as one`
  return ended.length
}

/** Ends what links of demo mode have opened: outside of it they let nobody in. */
export async function endDemoLogins(sql: Sql, city: string, now: Instant): Promise<void> {
  await sql`update logins set ended_at = ${now} where city = ${city} and staff_id is null and ended_at is null`
}

/** The login behind the request's cookie, if it still stands; asked again for each request, so that disabling somebody ends it at once.
 *  `isUse`: false for what an open page does by itself, which keeps nobody signed in. */
export async function readLogin(
  c: Context,
  { database, city, now }: LoginKit,
  isUse = true,
): Promise<OpenLogin | null> {
  const token = tokenOf(c)
  if (token === null) return null
  const [row] = await database.sql<LoginRow>`
    select l.login_id, l.staff_id, l.opened_at, coalesce(s.role, l.role) as role, s.instructor_id, l.last_seen_at
      from logins l left join staff s on s.city = l.city and s.staff_id = l.staff_id
     where l.city = ${city} and l.token_hash = ${hashOf(token)} and l.ended_at is null and s.disabled_at is null
       and (l.staff_id is null or ${getCookie(c, COOKIE) !== undefined})
       and (l.staff_id is null and l.opened_at > ${earlier(now(), DEMO_LOGIN_MS)}
            or l.opened_at > ${earlier(now(), LOGIN_ABSOLUTE_MS)} and l.last_seen_at > ${earlier(now(), LOGIN_IDLE_MS)})`
  if (row === undefined) return null
  const isStale = row.last_seen_at === null || Date.parse(now()) - Date.parse(row.last_seen_at) > SEEN_EVERY_MS
  const isByHand = isUse && c.req.header('X-By-Itself') === undefined // said by src/client/use-online.ts
  if (isByHand && isStale)
    await database.sql`update logins set last_seen_at = ${now()} where city = ${city} and login_id = ${row.login_id}`
  const { login_id: loginId, staff_id: staffId, opened_at: openedAt, role, instructor_id: instructorId } = row
  return { loginId, staffId, openedAt, role, instructorId }
}

/** A login that stands. */
export interface OpenLogin {
  readonly loginId: Uuid
  readonly staffId: StaffId | null
  readonly openedAt: Instant
  readonly role: Role
  readonly instructorId: InstructorId | null
}

interface LoginRow {
  login_id: Uuid
  staff_id: StaffId | null
  opened_at: Instant
  role: Role
  instructor_id: InstructorId | null
  last_seen_at: Instant | null
}

/** Who asks: the login of the browser, and the person whose paired phone it is. */
export function createWhoIs(kit: LoginKit): ServerKit['whoIs'] {
  const { database, city } = kit
  return async (c, deviceId, isUse): Promise<Identity> => {
    const login = await readLogin(c, kit, isUse)
    const [paired] =
      deviceId === undefined
        ? []
        : await database.sql<{ instructor_id: InstructorId }>`
            select instructor_id from pairings where city = ${city} and device_id = ${deviceId} and ended_at is null`
    const instructorId = paired?.instructor_id ?? login?.instructorId ?? null
    if (login !== null) return { role: login.role, staffId: login.staffId, instructorId }
    return instructorId === null ? NOBODY : { role: 'volunteer', staffId: null, instructorId }
  }
}

function tokenOf(c: Context): Buffer | null {
  const token = Buffer.from(getCookie(c, COOKIE) ?? getCookie(c, DEMO_COOKIE) ?? '', 'base64url')
  return token.length === TOKEN_BYTES ? token : null
}

function hashOf(token: Buffer): Buffer {
  return createHash('sha256').update(token).digest()
}

function earlier(now: Instant, ms: number): Instant {
  return instantOf(Date.parse(now) - ms)
}
