import type { Instant } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { StaffId } from '#login/domain/identity.ts'
import type { Sql } from '#server/database.ts'
import {
  assessDevice,
  type DeviceFacts,
  type DeviceHolder,
  type DeviceLedger,
  type DeviceSum,
  type LedgerDevice,
  type LedgerList,
  type OwnProgram,
  type SilentSince,
} from '#sync/domain/device-ledger.ts'

/** A browser of the office forgets who it is when somebody signs out: after so many days, one with nothing left is not listed. */
const OFFICE_DAYS = 30
const DAY_MS = 24 * 60 * 60 * 1000

interface Asked {
  readonly city: string
  readonly now: Instant
  readonly own: OwnProgram | null
}

/** Each device of somebody who works here, those that need a look first; the others as sums. */
export async function readDeviceLedger(sql: Sql, { city, now, own }: Asked): Promise<DeviceLedger> {
  const rows = await readNamed(sql, city)
  const [silent, lists] = [await readSilent(sql, city, now), await readLists(sql, city)]
  const devices = withoutLeft(rows, silent, now).map((row): LedgerDevice => {
    const { deviceId, holder, name, endedAt, lastContactAt, unsentCount, gapCount, program, pairingId } = row
    const shown = { deviceId, holder, name, endedAt, lastContactAt, unsentCount, gapCount, program }
    const facts: DeviceFacts = { ...row, silent: silent.get(deviceId) ?? null }
    return {
      ...shown,
      isOtherProgram: own === null ? null : program !== own.name,
      lists: (pairingId !== null && lists.get(pairingId)) || [],
      concerns: assessDevice(facts, now, own),
    }
  })
  const sums = await readSums(sql, city)
  return {
    devices: [...devices.filter(needsLook), ...devices.filter((device) => !needsLook(device))],
    demo: sums.get('demo') ?? NONE,
    residents: sums.get('resident') ?? NONE,
  }
}

const NONE: DeviceSum = { deviceCount: 0, unsentCount: 0 }
const needsLook = ({ concerns }: LedgerDevice): boolean => concerns.length > 0

type NamedRow = Pick<LedgerDevice, 'deviceId' | 'holder' | 'name' | 'endedAt'> &
  Omit<DeviceFacts, 'silent'> & { readonly pairingId: Uuid | null; readonly staffId: StaffId | null }

function readNamed(sql: Sql, city: string): Promise<NamedRow[]> {
  return sql<NamedRow>`
    select d.device_id as "deviceId", d.holder, case d.holder when 'phone' then i.name else s.name end as name,
           case d.holder when 'phone' then d.ended_at end as "endedAt", d.last_contact_at as "lastContactAt",
           d.unsent_count as "unsentCount", d.oldest_unsent_at as "oldestUnsentAt", d.gap_count as "gapCount", d.program,
           case d.holder when 'phone' then d.pairing_id end as "pairingId", d.staff_id as "staffId"
      from device_ledger d
      left join instructors i using (city, instructor_id)
      left join staff s on s.city = d.city and s.staff_id = d.staff_id
     where d.city = ${city} and d.holder in ('phone', 'office')
     order by d.holder desc, i.name_kana, name, d.last_contact_at desc, d.device_id`
}

/** Without browsers of the office that somebody has left: of each person the newest one counts, and any with something missing. */
function withoutLeft(
  rows: readonly NamedRow[],
  silent: ReadonlyMap<Uuid, SilentSince>,
  now: Instant,
): readonly NamedRow[] {
  const seen = new Set<StaffId | null>()
  return rows.filter(({ holder, deviceId, staffId, unsentCount, gapCount, lastContactAt }) => {
    if (holder === 'phone') return true
    const isNewest = !seen.has(staffId)
    seen.add(staffId)
    const isRecent = Date.parse(now) - Date.parse(lastContactAt) <= OFFICE_DAYS * DAY_MS
    return unsentCount + gapCount > 0 || silent.has(deviceId) || (isNewest && isRecent)
  })
}

/** Of each device the first session that ended since its last contact. */
async function readSilent(sql: Sql, city: string, now: Instant): Promise<ReadonlyMap<Uuid, SilentSince>> {
  const rows = await sql<SilentSince & { readonly deviceId: Uuid }>`
    select distinct on (device_id) device_id as "deviceId", title, held_on as "heldOn", over_at as "overAt"
      from silent_devices where city = ${city} and over_at <= ${now} order by device_id, over_at, session_id`
  return new Map(rows.map(({ deviceId, ...silent }) => [deviceId, silent]))
}

async function readLists(sql: Sql, city: string): Promise<ReadonlyMap<Uuid, readonly LedgerList[]>> {
  const rows = await sql<LedgerList & { readonly pairingId: Uuid }>`
    select l.pairing_id as "pairingId", s.session_id as "sessionId", s.title, s.held_on as "heldOn"
      from pairing_lists l join sessions s using (city, session_id)
     where l.city = ${city} and l.until_at is null
     order by s.held_on, s.start_time, s.session_id`
  const lists = new Map<Uuid, LedgerList[]>()
  for (const { pairingId, ...list } of rows) lists.set(pairingId, [...(lists.get(pairingId) ?? []), list])
  return lists
}

async function readSums(sql: Sql, city: string): Promise<ReadonlyMap<DeviceHolder, DeviceSum>> {
  const rows = await sql<DeviceSum & { readonly holder: DeviceHolder }>`
    select holder, count(*)::int as "deviceCount", sum(unsent_count)::int as "unsentCount"
      from device_ledger where city = ${city} and holder in ('demo', 'resident') group by holder`
  return new Map(rows.map(({ holder, ...sum }) => [holder, sum]))
}
