import { compareKana } from '#kernel/kana.ts'
import { type Instant, plusMinutes } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { EndedPhone, HeldList, PairedPhone, PhoneOwner, PhonesAnswer } from '#login/domain/pairing-list.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import type { Sql } from '#server/database.ts'

const ENDED_SHOWN_MIN = 30 * 24 * 60

/** Everybody who teaches or helps with their phones, and the phones that somebody ended lately. */
export async function readPhones(sql: Sql, city: string, now: Instant): Promise<PhonesAnswer> {
  const people = await sql<Omit<PhoneOwner, 'phones'>>`
    select instructor_id as "instructorId", name, name_kana as "nameKana" from instructors where city = ${city}`
  const phones = await readPaired(sql, city)
  return {
    people: people
      .map((person) => ({ ...person, phones: phones.get(person.instructorId) ?? [] }))
      .sort((one, other) => compareKana(one.nameKana, other.nameKana)),
    ended: await readEnded(sql, city, now),
  }
}

async function readPaired(sql: Sql, city: string): Promise<ReadonlyMap<InstructorId, readonly PairedPhone[]>> {
  const rows = await sql<Omit<PairedPhone, 'lists'> & { readonly instructorId: InstructorId }>`
    select p.instructor_id as "instructorId", p.pairing_id as "pairingId", p.paired_at as "pairedAt",
           d.last_contact_at as "lastContactAt", d.unsent_count as "unsentCount"
      from pairings p join devices d using (city, device_id)
     where p.city = ${city} and p.ended_at is null
     order by p.paired_at`
  const lists = await readListsNow(sql, city)
  const phones = new Map<InstructorId, PairedPhone[]>()
  for (const { instructorId, ...phone } of rows) {
    const whole = { ...phone, lists: lists.get(phone.pairingId) ?? [] }
    phones.set(instructorId, [...(phones.get(instructorId) ?? []), whole])
  }
  return phones
}

async function readListsNow(sql: Sql, city: string): Promise<ReadonlyMap<Uuid, readonly HeldList[]>> {
  const rows = await sql<HeldList & { readonly pairingId: Uuid }>`
    select l.pairing_id as "pairingId", s.session_id as "sessionId", s.title, s.held_on as "heldOn", s.start_time as "startTime"
      from pairings p
      join pairing_lists l using (city, pairing_id)
      join sessions s using (city, session_id)
     where p.city = ${city} and p.ended_at is null and l.until_at is null
     order by s.held_on, s.start_time, s.session_id`
  const lists = new Map<Uuid, HeldList[]>()
  for (const { pairingId, ...list } of rows) lists.set(pairingId, [...(lists.get(pairingId) ?? []), list])
  return lists
}

function readEnded(sql: Sql, city: string, now: Instant): Promise<EndedPhone[]> {
  return sql<EndedPhone>`
    select p.pairing_id as "pairingId", i.name, p.ended_at as "endedAt", p.end_reason as reason, p.wiped_at as "wipedAt"
      from pairings p join instructors i using (city, instructor_id)
     where p.city = ${city} and p.end_reason in ('lost', 'left') and p.ended_at > ${plusMinutes(now, -ENDED_SHOWN_MIN)}
     order by p.ended_at desc`
}
