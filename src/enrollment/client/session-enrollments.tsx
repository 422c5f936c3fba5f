import { useEffect, useRef } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import type { LocalDb } from '#client/local-db.ts'
import { readRecord } from '#client/records.ts'
import type { Recorder } from '#client/recorder.ts'
import { useLive } from '#client/use-live.ts'
import { useOnline } from '#client/use-online.ts'
import type { EnrollmentRow } from '#enrollment/domain/enrollment.ts'
import type { Session } from '#sessions/domain/session.ts'
import { Section } from '#ui/heading.tsx'
import { CallList } from './call-list.tsx'
import { EnrollmentList } from './enrollment-list.tsx'
import { EnrollmentTrouble } from './enrollment-trouble.tsx'
import { StaffEnrollForm } from './staff-enroll-form.tsx'

interface Props {
  readonly db: LocalDb
  readonly recorder: Recorder
  readonly session: Session
}

/** Who asked for a seat in one session, for the office: the form for callers, the list, and after 中止 whom to call.
 *  Names and phone numbers are read online and never stored on a device. */
export function SessionEnrollments({ db, recorder, session }: Props) {
  const t = useTranslation('enrollmentOffice')
  const { sessionId, state } = session
  const answer = useOnline<readonly EnrollmentRow[]>(`/api/office/sessions/${sessionId}/enrollments`)
  useNews(db, sessionId, answer.reload)
  if (state === 'draft') return null
  const { data } = answer
  return (
    <>
      {state === 'published' && <StaffEnrollForm db={db} recorder={recorder} sessionId={sessionId} />}
      {state === 'cancelled' && data && <CallList rows={data} title={session.title} />}
      <Section id="enrollments" heading={t('list.heading')}>
        <EnrollmentTrouble answer={answer} />
        {answer.state === 'loading' && data === null && <p role="status">{t('loading')}</p>}
        <EnrollmentList db={db} recorder={recorder} sessionId={sessionId} rows={data} onChanged={answer.reload} />
      </Section>
    </>
  )
}

/** Whoever gets or gives back a seat changes the public record, and with it this list. */
function useNews(db: LocalDb, sessionId: string, reload: () => void): void {
  const version = useLive(
    db,
    async (live) => (await readRecord(live, 'public', 'publicSession', sessionId))?.version ?? 0,
    [sessionId],
    ['public'],
  )
  const seen = useRef<number | undefined>(undefined)
  useEffect(() => {
    if (version === undefined) return
    if (seen.current !== undefined && seen.current !== version) reload()
    seen.current = version
  }, [version, reload])
}
