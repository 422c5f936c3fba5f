import { randomBytes } from 'node:crypto'
import { invariant } from '#kernel/invariant.ts'
import { err, ok, type Result } from '#kernel/result.ts'
import { type Instant, instantOf } from '#kernel/time.ts'
import { type Uuid, uuidv7 } from '#kernel/uuid.ts'
import { NOBODY, type StaffId } from '#login/domain/identity.ts'
import type { StaffRole } from '#login/domain/roles.ts'
import {
  CONFIRM_WITHIN_MS,
  type SecondWayEntry,
  type SecondWayRefusal,
  type SecondWaySheet,
  SHEET_CODE_COUNT,
  SHEET_CODE_DIGITS,
  STAFF_NUMBER_DIGITS,
} from '#login/domain/second-way.ts'
import { appendAudit, auditActor } from '#server/audit.ts'
import type { Sql } from '#server/database.ts'
import type { ServerKit } from '#server/kit.ts'
import { removeSecondWay } from './end-all-ways-in.ts'
import {
  describeSecret,
  hashSheetCode,
  makeDigits,
  makeSecret,
  openSecret,
  sealSecret,
  stepOf,
} from './second-way-secrets.ts'

type WayKit = Pick<ServerKit, 'database' | 'city' | 'now' | 'keyFor'>

/** Makes the sheet of a member of staff; the one before is void. Inside a transaction. */
export async function makeSecondWay(
  sql: Sql,
  { city, now, keyFor }: WayKit,
  { staffId, madeBy }: { readonly staffId: StaffId; readonly madeBy: StaffId | null },
): Promise<SecondWaySheet> {
  const at = now()
  await removeSecondWay(sql, { city, staffId, now: at })
  const owner = { city, secondWayId: uuidv7(Date.parse(at), randomBytes(10)) }
  const staffNumber = await freeStaffNumber(sql, city)
  const secret = makeSecret()
  const sheetCodes = makeSheetCodes()
  const sealed = sealSecret(keyFor, owner, secret)
  await sql`
    insert into second_ways (city, second_way_id, staff_id, staff_number, secret, made_by, made_at)
    values (${city}, ${owner.secondWayId}, ${staffId}, ${staffNumber}, ${sealed}, ${madeBy}, ${at})`
  const hashes = sheetCodes.map((code) => hashSheetCode(keyFor, owner, code).toString('hex'))
  await sql`
    insert into second_way_codes (city, second_way_id, code_hash)
    select ${city}, ${owner.secondWayId}, decode(hash, 'hex') from unnest(${hashes}::text[]) as t(hash)`
  return { staffNumber, sheetCodes, ...describeSecret(secret, staffNumber) }
}

/** Takes a sheet into use by a code from the app: a secret that was copied wrongly is found now and not at the door. */
export async function confirmSecondWay(
  sql: Sql,
  { city, now, keyFor }: WayKit,
  { staffId, changingCode }: { readonly staffId: StaffId; readonly changingCode: string },
): Promise<Result<null, SecondWayRefusal>> {
  const [way] = await sql<{ secondWayId: Uuid; secret: Buffer }>`
    select second_way_id as "secondWayId", secret from second_ways
     where city = ${city} and staff_id = ${staffId} and removed_at is null and confirmed_at is null
       and made_at > ${instantOf(Date.parse(now()) - CONFIRM_WITHIN_MS)}
       for update`
  if (way === undefined) return err({ code: 'second_way_unknown' })
  const step = stepOf(openSecret(keyFor, { city, ...way }, way.secret), changingCode, now())
  if (step === null) return err({ code: 'second_way_wrong' })
  await sql`
    update second_ways set confirmed_at = ${now()}, last_step = ${step}
     where city = ${city} and second_way_id = ${way.secondWayId}`
  return ok(null)
}

/** Whoever may come in by the second way. */
interface Entered {
  readonly staffId: StaffId
  readonly role: StaffRole
}

interface Way {
  readonly secondWayId: Uuid
  readonly staffId: StaffId
  readonly secret: Buffer
  readonly lastStep: number | null
  readonly role: StaffRole
}

/** Looks at three numbers and uses them up when they are right. Where nobody has this staff number the same is done with a secret of
 *  nobody, statement by statement, so that neither the answer nor its time tells which numbers there are. */
export function createDoor(kit: WayKit): (entry: SecondWayEntry) => Promise<Entered | null> {
  const { database, city, now, keyFor } = kit
  const nobodysId = uuidv7(0, randomBytes(10))
  const nobody = {
    secondWayId: nobodysId,
    secret: sealSecret(keyFor, { city, secondWayId: nobodysId }, makeSecret()),
    lastStep: null,
  }
  return ({ staffNumber, sheetCode, changingCode }) =>
    database.transaction(async (sql) => {
      const found = await readWay(sql, city, staffNumber)
      const way = found ?? nobody
      const owner = { city, secondWayId: way.secondWayId }
      const step = stepOf(openSecret(keyFor, owner, way.secret), changingCode, now())
      const codeHash = hashSheetCode(keyFor, owner, sheetCode)
      const unused = await sql`
        select 1 as one from second_way_codes
         where city = ${city} and second_way_id = ${way.secondWayId} and code_hash = ${codeHash} and used_at is null`
      const isRight = found !== null && step !== null && step > (way.lastStep ?? 0) && unused.length === 1
      await sql`
        update second_way_codes set used_at = ${now()}
         where city = ${city} and second_way_id = ${way.secondWayId} and code_hash = ${codeHash} and ${isRight}`
      await sql`
        update second_ways set last_step = ${step}
         where city = ${city} and second_way_id = ${way.secondWayId} and ${isRight}`
      if (isRight) return { staffId: found.staffId, role: found.role } // `openLogin` writes that down
      await noteRefused(sql, city, now(), found)
      return null
    })
}

/** Locked, so that of two who send the same numbers at once, one comes in. */
async function readWay(sql: Sql, city: string, staffNumber: string): Promise<Way | null> {
  const [way] = await sql<Way>`
    select w.second_way_id as "secondWayId", w.staff_id as "staffId", w.secret, w.last_step as "lastStep", s.role
      from second_ways w join staff s on s.city = w.city and s.staff_id = w.staff_id
     where w.city = ${city} and w.staff_number = ${staffNumber} and w.removed_at is null
       and w.confirmed_at is not null and s.disabled_at is null
       for update of w`
  return way ?? null
}

/** The audit, unlike whoever asks, is told whose number it was. */
function noteRefused(sql: Sql, city: string, at: Instant, found: Way | null): Promise<void> {
  const object = found === null ? null : `staff:${found.staffId}`
  const line = { at, actor: auditActor(NOBODY), deviceId: null, object, reason: 'secondWay', count: null }
  return appendAudit(sql, city, [{ ...line, action: 'signIn.refused' }])
}

const TRIES_MAX = 50

async function freeStaffNumber(sql: Sql, city: string): Promise<string> {
  for (let time = 0; time < TRIES_MAX; time++) {
    const number = makeDigits(STAFF_NUMBER_DIGITS)
    const taken = await sql`
      select 1 as one from second_ways where city = ${city} and staff_number = ${number} and removed_at is null`
    if (taken.length === 0) return number
  }
  invariant(false, 'a city has a free staff number')
}

function makeSheetCodes(): readonly string[] {
  const codes = new Set<string>()
  while (codes.size < SHEET_CODE_COUNT) codes.add(makeDigits(SHEET_CODE_DIGITS))
  return [...codes]
}
