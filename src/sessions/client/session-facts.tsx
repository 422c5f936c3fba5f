import { formatDay } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import type { PublicSession } from '#sessions/domain/public-session.ts'
import type { Session } from '#sessions/domain/session.ts'
import { DescriptionList } from '#ui/description-list.tsx'
import css from './office.module.css'
import type { Office } from './office-store.ts'
import { listWords, seatWords, whenWords } from './office-words.ts'
import { SeatsLine } from './session-hints.tsx'

interface Props {
  readonly session: Session
  readonly announced: PublicSession | undefined
  readonly office: Office
}

/** One session, fact by fact. What is open says so. */
export function SessionFacts({ session, announced, office }: Props) {
  const t = useTranslation('office')
  const language = useLanguage()
  const none = t('form.notYet')
  const venue = office.venues.find(({ venueId }) => venueId === session.venueId)
  const venueName = session.venueId === null ? none : (venue?.name ?? t('page.venueUnknown'))
  const teachers = session.teachers.map(({ instructorId, role }) => {
    const name = office.instructors.find((one) => one.instructorId === instructorId)?.name ?? t('teachers.unknown')
    return t('page.teacher', { name, role: t(`role.${role}`) })
  })
  const until = session.enrollUntilOn === null ? t('page.untilStart') : formatDay(session.enrollUntilOn, language)
  return (
    <DescriptionList
      items={[
        { term: t('page.when'), detail: whenWords(session, { t, language }), strong: true },
        {
          term: t('field.venueId'),
          detail: (
            <>
              <p>{venueName}</p>
              {venue?.address && <p>{venue.address}</p>}
            </>
          ),
        },
        { term: t('field.kind'), detail: t(`kind.${session.kind}`) },
        {
          term: t('page.seats'),
          detail: (
            <>
              {announced && <p>{seatWords(announced, t)}</p>}
              <SeatsLine capacity={session.capacity} teacherCount={session.teachers.length} />
            </>
          ),
        },
        { term: t('field.teachers'), detail: teachers.length === 0 ? none : listWords(teachers, language) },
        { term: t('field.enrollUntilOn'), detail: until },
        { term: t('field.note'), detail: <p class={css.note}>{session.note ?? t('page.noNote')}</p> },
      ]}
    />
  )
}
