import { randomBytes } from 'node:crypto'
import type { AuditAction, AuditActor } from '#audit/domain/audit-entry.ts'
import { invariant } from '#kernel/invariant.ts'
import { err, ok, type Result } from '#kernel/result.ts'
import { type Uuid, uuidv7 } from '#kernel/uuid.ts'
import type { StaffId } from '#login/domain/identity.ts'
import type { PairAnswer, PairingEnd, PairLeaveRequest, PairRequest } from '#login/domain/pairing.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import { appendAudit } from '#server/audit.ts'
import type { Sql } from '#server/database.ts'
import { type DeviceProof, isSameDevice, notePairedContact } from '#server/devices.ts'
import type { ServerKit } from '#server/kit.ts'
import { poke } from '#server/poke.ts'
import { takePairingCode, voidPairingCodes, wasToken } from './pairing-codes.ts'

export type PairingKit = Pick<ServerKit, 'database' | 'city' | 'now' | 'keyFor'>

const NOBODY: AuditActor = { kind: 'resident', id: null, role: 'resident' }
const volunteer = (id: InstructorId): AuditActor => ({ kind: 'instructor', id, role: 'volunteer' })

/** Makes a device the phone of whoever was given this code. A phone has one person at a time: whose it was before ends with `changed`. */
export function pairDevice(
  kit: PairingKit,
  { device, ...proof }: PairRequest,
): Promise<Result<PairAnswer, { readonly code: 'pairing_code_unknown' | 'device_unknown' }>> {
  return kit.database.transaction(async (sql) => {
    if ((await isSameDevice(sql, kit.city, device)) === false) return err({ code: 'device_unknown' })
    const instructorId = await takePairingCode(sql, kit, proof)
    if (instructorId === null) {
      // A guess at a link leaves no line: anybody can make as many as they like, and none of them can be right.
      const isWorthALine = 'code' in proof || (await wasToken(sql, kit.city, proof.token))
      if (isWorthALine) await audit(sql, kit, { actor: NOBODY, device, action: 'pairing.refused', reason: null })
      return err({ code: 'pairing_code_unknown' })
    }
    const isOwn = await notePairedContact(sql, { city: kit.city, device, now: kit.now() })
    invariant(isOwn, 'nobody else begins with the same device id in the same moment')
    await givePhone(sql, kit, device, instructorId)
    const [person] = await sql<PairAnswer>`
      select name from instructors where city = ${kit.city} and instructor_id = ${instructorId}`
    invariant(person !== undefined, 'a code is made for somebody')
    return ok(person)
  })
}

/** Whoever holds this phone hands it on. `null`: the secret is not the device's. */
export function leavePhone(kit: PairingKit, { device }: PairLeaveRequest): Promise<{ ended: boolean } | null> {
  return kit.database.transaction(async (sql) => {
    if ((await isSameDevice(sql, kit.city, device)) !== true) return null
    const current = await readCurrent(sql, kit.city, device.id)
    if (current === null) return { ended: false }
    const ending = { pairingId: current.pairingId, reason: 'signedOut', by: null } as const
    return { ended: await endPairing(sql, kit, ending, volunteer(current.instructorId)) }
  })
}

interface Ending {
  readonly pairingId: Uuid
  readonly reason: PairingEnd
  /** Who of the office ends it; `null` = the phone itself, or nobody by name. */
  readonly by: StaffId | null
}

/** Ends a pairing: from now on the phone is given nothing, and hears of it at once when it is there. `false`: it had ended before. */
export async function endPairing(
  sql: Sql,
  kit: Pick<ServerKit, 'city' | 'now'>,
  { pairingId, reason, by }: Ending,
  actor: AuditActor,
): Promise<boolean> {
  const [ended] = await sql<{ device_id: Uuid; instructor_id: InstructorId }>`
    update pairings set ended_at = ${kit.now()}, end_reason = ${reason}, ended_by = ${by}
     where city = ${kit.city} and pairing_id = ${pairingId} and ended_at is null
    returning device_id, instructor_id`
  if (ended === undefined) return false
  if (reason === 'lost' || reason === 'left') await voidPairingCodes(sql, kit.city, ended.instructor_id, kit.now())
  await poke(sql, kit.city, [`device:${ended.device_id}`])
  await audit(sql, kit, { actor, device: { id: ended.device_id }, action: 'pairing.ended', reason })
  return true
}

async function givePhone(sql: Sql, kit: PairingKit, device: DeviceProof, to: InstructorId): Promise<void> {
  const { city, now } = kit
  const current = await readCurrent(sql, city, device.id)
  if (current !== null && current.instructorId !== to) {
    const ending = { pairingId: current.pairingId, reason: 'changed', by: null } as const
    await endPairing(sql, kit, ending, volunteer(to))
  }
  if (current?.instructorId !== to) {
    const pairingId = uuidv7(Date.parse(now()), randomBytes(10))
    await sql`
      insert into pairings (city, pairing_id, device_id, instructor_id, paired_at)
      values (${city}, ${pairingId}, ${device.id}, ${to}, ${now()})`
  }
  await poke(sql, city, [`device:${device.id}`])
  await audit(sql, kit, { actor: volunteer(to), device, action: 'pairing.done', reason: null })
}

async function readCurrent(
  sql: Sql,
  city: string,
  deviceId: Uuid,
): Promise<{ readonly pairingId: Uuid; readonly instructorId: InstructorId } | null> {
  const [current] = await sql<{ pairingId: Uuid; instructorId: InstructorId }>`
    select pairing_id as "pairingId", instructor_id as "instructorId" from pairings
     where city = ${city} and device_id = ${deviceId} and ended_at is null`
  return current ?? null
}

interface Line {
  readonly actor: AuditActor
  readonly device: Pick<DeviceProof, 'id'>
  readonly action: AuditAction
  readonly reason: string | null
}

function audit(sql: Sql, { city, now }: Pick<ServerKit, 'city' | 'now'>, line: Line): Promise<void> {
  const { actor, device, action, reason } = line
  return appendAudit(sql, city, [
    { at: now(), actor, deviceId: device.id, action, object: `device:${device.id}`, reason, count: null },
  ])
}
