import { randomBytes } from 'node:crypto'
import type { EnrollmentId } from '#enrollment/domain/enrollment.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { Role } from '#login/domain/roles.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import type { Person } from './names.ts'
import { makeCertification, makeEnrollment, makeInstructor, makeMark } from './payloads.ts'
import { makeDeviceProof, pairPhone } from './pairing.ts'
import { makeIndicator } from './plan.ts'
import { type RunningProduct, startProduct } from './running-product.ts'
import { LATE, publishSession, setPlan, signUp } from './said-by-office.ts'
import { makeHttpDevice, newId, signIn } from './signed-in.ts'
import { makeStaffLogin } from './staff.ts'

/** What an address or a payload may name, by the name it has there. */
export type Objects = Readonly<Record<ObjectName, string>>
export type ObjectName =
  | 'sessionId'
  | 'learnerId'
  | 'enrollmentId'
  | 'receiptNumber'
  | 'phoneLast4'
  | 'instructorId'
  | 'staffId'
  | 'deviceId'
  | 'indicatorId'
  | 'venueId'
  | 'markId'
  | 'certificationId'
  | 'pairingId'
  | 'loginId'
  | 'credentialId'
  | 'recoveryId'

/** A city where something of everything has happened to two people, with words that nobody else says. */
export interface SeededCity {
  readonly product: RunningProduct
  /** Of the person who asks, where there is one; and of somebody else. */
  readonly own: Objects
  readonly other: Objects
  /** What nobody in another city may ever see. */
  readonly secrets: readonly string[]
  /** What nobody may see of somebody else who asks for what is their own. */
  readonly otherSecrets: readonly string[]
}

export interface TwoCities {
  readonly here: SeededCity
  readonly there: SeededCity
  /** The cookie of somebody who may do everything in the other city. */
  readonly foreignCookie: string
  stop(): Promise<void>
}

/** Two cities in one database, each with its own server. */
export async function makeTwoCities(): Promise<TwoCities> {
  const product = await startProduct()
  const neighbor = await startProduct({ beside: product })
  const here = await seedCity(product, 'うみ')
  const there = await seedCity(neighbor, 'やま')
  return {
    here,
    there,
    foreignCookie: (await makeStaffLogin(neighbor, 'admin', { name: 'やま職員' })).cookie,
    async stop() {
      await neighbor.stop()
      await product.stop()
    },
  }
}

async function seedCity(product: RunningProduct, word: string): Promise<SeededCity> {
  const office = product.device('organizer')
  await setPlan(product)
  const teacher = makeInstructor({ name: `${word}講師`, nameKana: 'こうし' })
  await office.push(office.op('instructor.save', teacher))
  const title = `${word}の教室`
  const sessionId = await publishSession(product, {
    ...LATE,
    inDays: 0,
    title,
    venueName: `${word}会館`,
    teachers: [{ instructorId: teacher.instructorId, role: 'instructor' }],
  })
  const person = (name: string, n: number): Person => ({
    name: `${word}野 ${name}`,
    nameKana: 'の こ',
    phone: `0990000${word === 'うみ' ? 70 : 80}${n}`,
  })
  const [first, second] = [person('一子', 1), person('二子', 2)]
  const training = await publishSession(product, {
    ...LATE,
    inDays: 0,
    title: `${word}の養成講座`,
    kind: 'instructorTraining',
  })
  await signUp(product, training, [first, second])
  const at = { sessionId, instructorId: teacher.instructorId }
  const own = await seedPerson(product, first, { ...at, colleague: `${word}職員一` })
  const other = await seedPerson(product, second, { ...at, colleague: `${word}職員二` })
  const secretsOf = ({ name, phone }: Person, { receiptNumber }: Objects) => [
    name,
    phone,
    `${receiptNumber.slice(0, 3)}-${receiptNumber.slice(3)}`,
  ]
  const otherSecrets = secretsOf(second, other)
  const places = [title, `${word}会館`, `${word}職員`, `${word}講師`]
  return { product, own, other, otherSecrets, secrets: [...places, ...secretsOf(first, own), ...otherSecrets] }
}

interface SeedPlace {
  readonly sessionId: SessionId
  readonly instructorId: InstructorId
  readonly colleague: string
}

/** Somebody who signed up on their own phone, came and was certified; and somebody of the office. */
async function seedPerson(
  product: RunningProduct,
  person: Person,
  { sessionId, instructorId, colleague }: SeedPlace,
): Promise<Objects> {
  const office = product.device('organizer')
  const phone = makeHttpDevice(product)
  const request = makeEnrollment({ sessionId, ...person, channel: 'web' })
  await phone.push(phone.op('enrollment.request', request))
  const found = await readEnrollment(product, request.enrollmentId)
  const mark = makeMark({ sessionId, learnerId: found.learnerId })
  const certification = makeCertification({ learnerId: found.learnerId })
  await office.push(office.op('attendance.mark', mark), office.op('training.certify', certification))
  return {
    sessionId,
    instructorId,
    enrollmentId: request.enrollmentId,
    ...found,
    phoneLast4: person.phone.slice(-4),
    deviceId: phone.request([]).device.id,
    markId: mark.markId,
    certificationId: certification.certificationId,
    indicatorId: makeIndicator('classAttendances').indicatorId,
    ...(await seedColleague(product, { name: colleague, instructorId })),
  }
}

/** Somebody of the office with a browser, a passkey and a wish to come in anew, and a helper's phone. */
async function seedColleague(
  product: RunningProduct,
  { name, instructorId }: { name: string; instructorId: InstructorId },
) {
  const { database, city, now } = product.kit
  const { staffId } = await makeStaffLogin(product, 'organizer', { name })
  const [recoveryId, credentialId] = [newId(), randomBytes(32).toString('base64url')]
  await database.sql`
    insert into passkeys (city, credential_id, staff_id, public_key, sign_count, label, created_at)
    values (${city}, ${credentialId}, ${staffId}, ${randomBytes(77)}, 0, '庁舎のパソコン', ${now()})`
  await database.sql`
    insert into recoveries (city, recovery_id, staff_id, asked_at) values (${city}, ${recoveryId}, ${staffId}, ${now()})`
  const device = makeDeviceProof()
  await pairPhone(product, device, instructorId)
  const [row] = await database.sql<{ loginId: Uuid; pairingId: Uuid }>`
    select (select login_id from logins where city = ${city} and staff_id = ${staffId}) as "loginId",
           (select pairing_id from pairings where city = ${city} and device_id = ${device.id}) as "pairingId"`
  if (row === undefined) throw new Error('Nobody is signed in')
  return { staffId, recoveryId, credentialId, ...row }
}

interface Found {
  readonly learnerId: LearnerId
  readonly receiptNumber: string
  readonly venueId: Uuid
}

async function readEnrollment({ kit }: RunningProduct, enrollmentId: EnrollmentId): Promise<Found> {
  const [row] = await kit.database.sql<Found>`
    select e.learner_id as "learnerId", e.receipt_number as "receiptNumber", s.venue_id as "venueId"
      from enrollments e join sessions s using (city, session_id)
     where e.city = ${kit.city} and e.enrollment_id = ${enrollmentId}`
  if (row === undefined) throw new Error('Nobody signed up')
  return row
}

/** Whoever asks, with a new way in for each question: what one of them ends does not change what the next may do. */
export interface Asker {
  readonly cookie: string
  readonly device: { readonly id: Uuid; readonly secret: string }
  readonly staffId: string | null
  readonly instructorId: InstructorId | null
}

/** Everybody there is, and the role by which the table knows them where a request carries only a cookie. */
export const ASKERS = {
  resident: 'resident',
  'volunteer by a demo link': 'volunteer',
  'volunteer on a paired phone': 'resident',
  viewer: 'viewer',
  organizer: 'organizer',
  admin: 'admin',
  'admin of the other city': 'resident',
} as const satisfies Readonly<Record<string, Role>>
export type AskerName = keyof typeof ASKERS

export async function makeAsker({ here, foreignCookie }: TwoCities, name: AskerName): Promise<Asker> {
  const { product, own } = here
  const device = makeDeviceProof()
  const nobody = { cookie: '', device, staffId: null, instructorId: null }
  if (name === 'resident') return nobody
  if (name === 'volunteer by a demo link') return { ...nobody, cookie: await signIn(product, 'volunteer') }
  if (name === 'volunteer on a paired phone') {
    const instructorId = own.instructorId as InstructorId
    await pairPhone(product, device, instructorId)
    return { ...nobody, instructorId }
  }
  if (name === 'admin of the other city') return { ...nobody, cookie: foreignCookie }
  return { ...nobody, ...(await makeStaffLogin(product, name)) }
}

/** Whose object a request names, seen from whoever asks in the first city. */
export const WHOSE = ['own', 'other person', 'other city'] as const
export type Whose = (typeof WHOSE)[number]

export function objectsOf({ here, there }: TwoCities, whose: Whose, asker: Asker): Objects {
  if (whose === 'other city') return there.other
  if (whose === 'other person') return here.other
  return { ...here.own, deviceId: asker.device.id, ...(asker.staffId !== null && { staffId: asker.staffId }) }
}

/** Everything that one city's tables hold, as one text that changes when anything does. Logins are noted elsewhere. */
export async function digestOf({ product: { kit } }: SeededCity): Promise<Readonly<Record<string, string>>> {
  const rows = await kit.database.sql<{ name: string; held: string }>`
    select table_name as name,
           query_to_xml(format('select md5(coalesce(string_agg(t::text, chr(10) order by t::text), '''')) as d from %I t where city = %L',
                               table_name, ${kit.city}::text), false, true, '')::text as held
      from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not in ('logins', 'migrations')
       and exists (select 1 from information_schema.columns c
                    where c.table_schema = 'public' and c.table_name = tables.table_name and c.column_name = 'city')`
  return Object.fromEntries(rows.map(({ name, held }) => [name, held]))
}
