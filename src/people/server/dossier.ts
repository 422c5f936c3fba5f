import type { Channel } from '#enrollment/domain/enrollment.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'
import type {
  Dossier,
  DossierAttendance,
  DossierChange,
  DossierEnrollment,
  DossierHalf,
  DossierList,
  DossierMerge,
  ErasurePreview,
} from '#people/domain/dossier.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import { dueOn, RETENTION } from '#people/domain/retention.ts'
import { plusDays } from '#kernel/time.ts'
import type { Sql } from '#server/database.ts'

interface Asked {
  readonly sql: Sql
  readonly city: string
  readonly learnerId: LearnerId
}
/** Asked about a whole person: every learner that is the same one, the one of the address among them. */
interface AskedWhole extends Asked {
  readonly halves: readonly LearnerId[]
}

/** Everything that is held about one person; `null` when there is no such row. Read in one transaction, so that it agrees with itself. */
export async function readDossier(
  asked: Asked,
  { now, mayErase }: { readonly now: Instant; readonly mayErase: boolean },
): Promise<Dossier | null> {
  const person = await readPerson(asked)
  if (person === null) return null
  const whole = { ...asked, halves: await readHalves(asked) }
  return {
    person,
    halves: await readOtherHalves(whole),
    merges: await readMerges(whole),
    enrollments: await readEnrollments(whole, now),
    attendances: await readAttendances(whole),
    certification: await readCertification(whole),
    lists: await readLists(whole),
    changes: await readChanges(whole),
    erasure: mayErase && person.erasedAt === null ? await readErasurePreview(whole) : null,
  }
}

async function readPerson({ sql, city, learnerId }: Asked): Promise<Dossier['person'] | null> {
  interface Row extends Omit<Dossier['person'], 'source' | 'keptUntil'> {
    readonly lastOn: LocalDate
    readonly certified: boolean
    readonly channel: Channel | null
  }
  const [row] = await sql<Row>`
    select l.learner_id as "learnerId", l.name, l.name_kana as "nameKana", l.phone, l.age_band as "ageBand",
           l.created_at as "firstMetAt", (select min(o.stopped_at) from learners o
                                           where o.city = l.city and o.learner_id = any(halves_of(${city}, ${learnerId}))) as "stoppedAt", l.erased_at as "erasedAt", a.last_on as "lastOn", a.certified,
           (select channel from enrollments e
             where e.city = l.city and e.learner_id = l.learner_id order by arrival limit 1) as channel
      from learners l join learner_activity a using (city, learner_id)
     where l.city = ${city} and l.learner_id = ${learnerId}`
  if (row === undefined) return null
  const { lastOn, certified, channel, ...person } = row
  const kept = certified ? RETENTION.certified : RETENTION.contacts
  const keptUntil = person.erasedAt === null ? plusDays(dueOn(kept, lastOn), -1) : null
  return { ...person, source: channel ?? 'walkIn', keptUntil }
}

async function readHalves({ sql, city, learnerId }: Asked): Promise<readonly LearnerId[]> {
  const [row] = await sql<{ halves: readonly LearnerId[] }>`select halves_of(${city}, ${learnerId}) as halves`
  return row?.halves ?? [learnerId]
}

function readOtherHalves({ sql, city, learnerId, halves }: AskedWhole): Promise<readonly DossierHalf[]> {
  return sql<DossierHalf>`
    select learner_id as "learnerId", name, name_kana as "nameKana", phone, created_at as "firstMetAt"
      from learners where city = ${city} and learner_id = any(${halves}) and learner_id <> ${learnerId}
     order by created_at, learner_id`
}

/** What makes them one person, each pair once. */
function readMerges({ sql, city, halves }: AskedWhole): Promise<readonly DossierMerge[]> {
  return sql<DossierMerge>`
    select array_agg(m.merge_id order by m.merged_at, m.merge_id) as "mergeIds", m.learner_id as "learnerId",
           m.into_learner_id as "intoLearnerId", min(m.merged_at) as "mergedAt"
      from learner_merges m
     where m.city = ${city} and m.learner_id = any(${halves})
       and not exists (select 1 from learner_separations s where s.city = ${city} and s.merge_id = m.merge_id)
     group by m.learner_id, m.into_learner_id
     order by min(m.merged_at), m.learner_id`
}

function readEnrollments({ sql, city, halves }: AskedWhole, now: Instant): Promise<readonly DossierEnrollment[]> {
  return sql<DossierEnrollment>`
    select e.enrollment_id as "enrollmentId", s.title, s.held_on as "heldOn", e.receipt_number as "receiptNumber", e.channel,
           e.requested_at as "requestedAt", e.state,
           s.state = 'published' and s.starts_at > ${now} and e.state <> 'cancelled' as upcoming
      from enrollments_now e join sessions s on s.city = e.city and s.session_id = e.session_id
     where e.city = ${city} and e.session_id in (
           select session_id from enrollments where city = ${city} and learner_id = any(${halves}))
       and e.learner_id = any(${halves})
     order by s.held_on, e.arrival`
}

function readAttendances({ sql, city, halves }: AskedWhole): Promise<readonly DossierAttendance[]> {
  return sql<DossierAttendance>`
    select m.session_id as "sessionId", s.title, s.held_on as "heldOn", min(m.marked_at) as "firstMarkedAt",
           bool_or(m.walk_in) as "walkIn"
      from attendance_marks m left join sessions s using (city, session_id)
     where m.city = ${city} and m.learner_id = any(${halves})
       and not exists (select 1 from attendance_undos u where u.city = m.city and u.mark_id = m.mark_id)
     group by m.session_id, s.title, s.held_on
     order by s.held_on, min(m.marked_at)`
}

async function readCertification({ sql, city, halves }: AskedWhole): Promise<Dossier['certification']> {
  const [row] = await sql<{ certifiedOn: LocalDate; number: string }>`
    select certified_on as "certifiedOn", number from certifications where city = ${city} and learner_id = any(${halves})
     order by certified_on, certification_id limit 1`
  return row ?? null
}

function readLists({ sql, city, halves }: AskedWhole): Promise<readonly DossierList[]> {
  return sql<DossierList>`
    select s.title, s.held_on as "heldOn", i.name as holder, h.since_at as "sinceAt", h.until_at as "untilAt"
      from pairing_lists h
      join pairings p on p.city = h.city and p.pairing_id = h.pairing_id
      join instructors i on i.city = p.city and i.instructor_id = p.instructor_id
      join sessions s on s.city = h.city and s.session_id = h.session_id
     where h.city = ${city} and h.session_id in (
           select session_id from enrollments where city = ${city} and learner_id = any(${halves})
            union
           select session_id from attendance_marks where city = ${city} and learner_id = any(${halves}))
     order by h.since_at`
}

function readChanges({ sql, city, halves }: AskedWhole): Promise<readonly DossierChange[]> {
  return sql<DossierChange>`
    select id, name, received_at as at, payload ->> 'reason' as reason from operations
     where city = ${city} and name in ('person.correct', 'person.stop', 'person.resume', 'person.erase')
       and payload ->> 'learnerId' = any(${halves}::text[]) and outcome ->> 'status' = 'accepted'
     order by version, seq`
}

/** What an erasure would find, counted the same way as it works. */
async function readErasurePreview({ sql, city, learnerId, halves }: AskedWhole): Promise<ErasurePreview> {
  const [row] = await sql<ErasurePreview>`
    select (select count(*)::int from words_of_person(${city}, ${learnerId})) as "operationCount",
           ((select count(*) from device_records r
              where r.city = ${city} and r.kind = 'rosterEntry' and r.id = any(${halves}::text[]) and r.body is not null
                and r.bucket in (select 'session:' || session_id from enrollments
                                  where city = ${city} and learner_id = any(${halves})
                                  union
                                 select 'session:' || session_id from attendance_marks
                                  where city = ${city} and learner_id = any(${halves})
                                  union
                                 select 'session:' || (payload ->> 'sessionId') from operations
                                  where city = ${city} and name = 'attendance.walkIn'
                                    and payload ->> 'learnerId' = any(${halves}::text[])))
            + (select count(*) from enrollments e
                 join device_records r on r.city = e.city and r.bucket = 'device:' || e.device_id
                      and r.kind = 'booking' and r.id = e.enrollment_id::text
                where e.city = ${city} and e.learner_id = any(${halves}) and r.body is not null))::int as "recordCount",
           (select count(*)::int from enrollments where city = ${city} and learner_id = any(${halves})) as "enrollmentCount",
           (select count(distinct m.session_id)::int from attendance_marks m
             where m.city = ${city} and m.learner_id = any(${halves})
               and not exists (select 1 from attendance_undos u where u.city = m.city and u.mark_id = m.mark_id)) as "attendanceCount",
           (select count(*)::int from certifications
             where city = ${city} and learner_id = any(${halves})) as "certificationCount"`
  return row ?? { operationCount: 0, recordCount: 0, enrollmentCount: 0, attendanceCount: 0, certificationCount: 0 }
}
