import { useLanguage, useTranslation } from '#client/i18n.ts'
import { usePage } from '#client/page-context.tsx'
import { LEARNERS_PER_TEACHER, seatsOf } from '#enrollment/domain/seats.ts'
import { localDateOf } from '#kernel/time.ts'
import { findClashes } from '#sessions/domain/clashes.ts'
import { typedCapacity, typedDay, type TypedSession, typedTime } from '#sessions/domain/session-form.ts'
import { readTeachers } from '#sessions/domain/typed-teachers.ts'
import type { Session, SessionId } from '#sessions/domain/session.ts'
import { Banner } from '#ui/banner.tsx'
import type { Office } from './office-store.ts'
import { listWords, whenWords } from './office-words.ts'

interface Props {
  readonly typed: TypedSession
  readonly office: Office
  readonly sessionId: SessionId | null
}

/** What follows from the form, and what looks odd about it, while one fills it in. It forbids nothing. */
export function SessionHints({ typed, office, sessionId }: Props) {
  const heldOn = typedDay(typed.heldOn)
  const wanted = {
    sessionId,
    venueId: (typed.venueId || null) as Session['venueId'],
    heldOn,
    startTime: typedTime(typed.startTime),
    endTime: typedTime(typed.endTime),
    teachers: [...readTeachers(typed.teachers)],
  }
  return (
    <div role="status">
      <SeatsLine capacity={typedCapacity(typed.capacity)} teacherCount={wanted.teachers.length} />
      <PastWarning heldOn={heldOn} />
      <ClashWarning wanted={wanted} office={office} />
    </div>
  )
}

/** 「席は16席です」 and why; what is still needed to say so otherwise. */
export function SeatsLine({
  capacity,
  teacherCount,
}: {
  readonly capacity: number | null
  readonly teacherCount: number
}) {
  const t = useTranslation('office')
  if (capacity === null || teacherCount === 0) return <p>{t('seats.open', { ratio: LEARNERS_PER_TEACHER })}</p>
  const seats = seatsOf({ capacity, teacherCount }, LEARNERS_PER_TEACHER)
  return <p>{t('seats.words', { seats, capacity, teacherCount, ratio: LEARNERS_PER_TEACHER })}</p>
}

function PastWarning({ heldOn }: Pick<Session, 'heldOn'>) {
  const t = useTranslation('office')
  const { now } = usePage()
  if (heldOn === null || heldOn >= localDateOf(now)) return null
  return <Banner kind="warning" kindWord={t('kindWord.check')} heading={t('form.past')} announce={false} />
}

interface ClashProps {
  readonly wanted: Parameters<typeof findClashes>[0]
  readonly office: Office
}

/** Other sessions at the same time that need the same hall or the same people. */
export function ClashWarning({ wanted, office }: ClashProps) {
  const t = useTranslation('office')
  const language = useLanguage()
  const clashes = findClashes(
    wanted,
    office.sessions.map(({ session }) => session),
  )
  if (clashes.length === 0) return null
  const nameOf = (id: string) => office.instructors.find(({ instructorId }) => instructorId === id)?.name ?? id
  return (
    <Banner kind="warning" kindWord={t('kindWord.check')} heading={t('clash.heading')} announce={false}>
      <ul>
        {clashes.map(({ other, sameVenue, sameTeachers }) => (
          <li key={other.sessionId}>
            <a href={`/office/sessions/${other.sessionId}`}>{other.title}</a> {whenWords(other, { t, language })}
            {sameVenue && <> {t('clash.venue')}</>}
            {sameTeachers.length > 0 && (
              <> {t('clash.teachers', { names: listWords(sameTeachers.map(nameOf), language) })}</>
            )}
          </li>
        ))}
      </ul>
    </Banner>
  )
}
