import { compareKana, kanaKey } from '#kernel/kana.ts'
import { foldWidth } from '#kernel/width.ts'
import { HITS_MAX, type PeopleHits, type PersonHit } from '#people/domain/dossier.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import type { Sql } from '#server/database.ts'

const DIGITS_MIN = 4

/** Finds people by ふりがな (さとう = サトウ = ｻﾄｳ = さどう), by the written name, by digits of the telephone number, or by a 受付番号.
 *  Nobody is found by an empty query: this is no list of everybody. */
export async function searchPeople(sql: Sql, city: string, query: string): Promise<PeopleHits> {
  const text = foldWidth(query).trim()
  const digits = text.replace(/[\s()\-‐‑–—―−ーｰ]/gu, '')
  const isNumber = /^\d+$/.test(digits)
  if (text === '' || (isNumber && digits.length < DIGITS_MIN)) return { hits: [], more: false }
  const found = isNumber ? await byNumber(sql, city, digits) : byName(await readPeople(sql, city), query.trim())
  return { hits: found.slice(0, HITS_MAX), more: found.length > HITS_MAX }
}

async function byNumber(sql: Sql, city: string, digits: string): Promise<readonly PersonHit[]> {
  const rows = await sql<{ learner_id: LearnerId }>`
    select learner_id from enrollments where city = ${city} and receipt_number = ${digits}`
  const receipts = new Set(rows.map((row) => row.learner_id))
  const people = await readPeople(sql, city)
  return people.filter(({ learnerId, phone }) => receipts.has(learnerId) || (phone?.includes(digits) ?? false))
}

function byName(people: readonly PersonHit[], typed: string): readonly PersonHit[] {
  const key = kanaKey(typed)
  return people.filter(
    ({ name, nameKana }) => (key !== '' && kanaKey(nameKana).includes(key)) || (name?.includes(typed) ?? false),
  )
}

async function readPeople(sql: Sql, city: string): Promise<readonly PersonHit[]> {
  // Who asked not to be called any more is not called under another record either.
  const rows = await sql<PersonHit>`
    select l.learner_id as "learnerId", l.name, l.name_kana as "nameKana", l.phone,
           l.stopped_at is not null or exists (
             select 1 from learners h where h.city = l.city and h.learner_id = any(p.learner_ids) and h.stopped_at is not null
           ) as stopped
      from learners l
      left join learner_persons p on p.city = l.city and p.learner_id = l.learner_id
     where l.city = ${city} and l.erased_at is null`
  return rows.sort((one, other) => compareKana(one.nameKana, other.nameKana))
}
