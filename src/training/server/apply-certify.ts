import { localDateOf } from '#kernel/time.ts'
import { ACCEPTED, type Apply, type ApplyContext, oneByOne, refused } from '#server/apply.ts'
import { type Certification, certify, type CertifyFacts } from '#training/domain/certification.ts'

/** 認定: writes the certificate of a trainee, once per person. */
export const applyCertify: Apply<'training.certify'> = oneByOne(async ({ operation }, context) => {
  const asked = operation.payload
  const decision = certify(await readFacts(asked, context), asked.certifiedOn, localDateOf(context.now))
  if (!decision.ok) return refused(decision.error)
  await context.sql`
    insert into certifications (city, certification_id, learner_id, certified_on, number)
    values (${context.city}, ${asked.certificationId}, ${asked.learnerId}, ${asked.certifiedOn}, ${asked.number})`
  return ACCEPTED
})

async function readFacts(asked: Certification, { sql, city }: ApplyContext): Promise<CertifyFacts> {
  // NFKC: 第１号 and 第1号 are one number. An id that is used already belongs to another certificate, so it is taken as well.
  const [facts] = await sql<CertifyFacts>`
    select exists (select 1 from learners where city = ${city} and learner_id = ${asked.learnerId} and erased_at is null) as "learnerKnown",
           exists (select 1 from sessions s
                    where s.city = ${city} and s.kind = 'instructorTraining'
                      and (exists (select 1 from attendance a
                                    where a.city = s.city and a.session_id = s.session_id
                                      and a.learner_id = any(halves_of(${city}, ${asked.learnerId})))
                        or exists (select 1 from enrollments_now e
                                    where e.city = s.city and e.session_id = s.session_id
                                      and e.learner_id = any(halves_of(${city}, ${asked.learnerId})) and e.state <> 'cancelled'))) as trainee,
           exists (select 1 from certifications
                    where city = ${city} and learner_id = any(halves_of(${city}, ${asked.learnerId}))) as "alreadyCertified",
           exists (select 1 from certifications
                    where city = ${city}
                      and (certification_id = ${asked.certificationId}
                           or normalize(number, NFKC) = normalize(${asked.number}, NFKC))) as "numberTaken"`
  return facts ?? { learnerKnown: false, trainee: false, alreadyCertified: false, numberTaken: false }
}
