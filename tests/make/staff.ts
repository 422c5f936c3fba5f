import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { uuidv7 } from '#kernel/uuid.ts'
import type { StaffId } from '#login/domain/identity.ts'
import type { StaffRole } from '#login/domain/roles.ts'
import { openLogin } from '#login/server/logins.ts'
import { insertPasskey } from '#login/server/passkey-registration.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import type { ServerKit } from '#server/kit.ts'

type StaffKit = Pick<ServerKit, 'database' | 'city' | 'now'>
/** A server's kit, or whatever runs on one: a product, a town. */
export type OnKit = StaffKit | { readonly kit: StaffKit }

export interface StaffWanted {
  readonly name?: string
  readonly instructorId?: InstructorId
}

/** Somebody who works in the office, without a way in of their own. */
export async function makeStaff(on: OnKit, role: StaffRole, wanted: StaffWanted = {}): Promise<StaffId> {
  const { database, city, now } = kitOf(on)
  const staffId = uuidv7(Date.parse(now()), randomBytes(10)) as StaffId
  await database.sql`
    insert into staff (city, staff_id, name, role, instructor_id, created_at)
    values (${city}, ${staffId}, ${wanted.name ?? '海野 さくら'}, ${role}, ${wanted.instructorId ?? null}, ${now()})`
  return staffId
}

export interface StaffLogin {
  readonly staffId: StaffId
  /** For the `Cookie` header of a request. */
  readonly cookie: string
}

/** Somebody new who works in the office and is signed in, as after a passkey: the real login, by the real function. */
export async function makeStaffLogin(on: OnKit, role: StaffRole, wanted: StaffWanted = {}): Promise<StaffLogin> {
  const staffId = await makeStaff(on, role, wanted)
  return { staffId, cookie: await makeLogin(on, staffId, role) }
}

/** One more browser where somebody is signed in: its cookie. */
export async function makeLogin(on: OnKit, staffId: StaffId, role: StaffRole, browser = 'test'): Promise<string> {
  const door = new Hono().get('/', async (c) => {
    await openLogin(c, kitOf(on), { staffId, role })
    return c.body(null)
  })
  const answer = await door.request('/', { headers: { 'User-Agent': browser } })
  const [cookie] = (answer.headers.get('set-cookie') ?? '').split(';')
  if (!cookie) throw new Error('The login gave no cookie')
  return cookie
}

/** A passkey whose other half nobody has: it stands in lists and signs nobody in. */
export async function makePasskey(on: OnKit, staffId: StaffId): Promise<void> {
  const { database, city, now } = kitOf(on)
  const passkey = { staffId, publicKey: randomBytes(77), signCount: 0, transports: ['internal'] }
  const userAgent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/146.0.0.0 Safari/537.36'
  const credentialId = randomBytes(16).toString('base64url')
  await insertPasskey(database.sql, { city, now: now(), userAgent }, { ...passkey, credentialId })
}

function kitOf(on: OnKit): StaffKit {
  return 'kit' in on ? on.kit : on
}
