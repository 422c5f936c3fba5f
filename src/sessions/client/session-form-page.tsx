import { useTranslation } from '#client/i18n.ts'
import type { LocalDb } from '#client/local-db.ts'
import type { Recorder } from '#client/recorder.ts'
import { useKeptForm } from '#client/use-kept-form.ts'
import { useLive } from '#client/use-live.ts'
import type { OfficeSession } from '#sessions/domain/office-session.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { Banner } from '#ui/banner.tsx'
import { ButtonLink } from '#ui/button.tsx'
import { Heading } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { type Office, useOffice } from './office-store.ts'
import { OrganizersOnly } from './organizers-only.tsx'
import { formNameOf, readStart } from './session-form-start.ts'
import { SessionForm } from './session-form.tsx'

interface Props {
  readonly db: LocalDb
  readonly recorder: Recorder
  /** None: a new one. */
  readonly sessionId?: SessionId
  /** The server has taken it in. */
  readonly onSaved: (sessionId: SessionId) => void
}

/** /office/sessions/new and /office/sessions/:id/edit — one form for both. */
export function SessionFormPage({ db, recorder, sessionId, onSaved }: Props) {
  const t = useTranslation('office')
  const office = useOffice(db)
  const found = office?.sessions.find(({ session }) => session.sessionId === sessionId) ?? null
  return (
    <Stack>
      <Heading level={1} lead={t('form.lead')}>
        {t(sessionId === undefined ? 'form.titleNew' : 'form.titleEdit')}
      </Heading>
      {office === undefined ? (
        <p role="status">{t('loading')}</p>
      ) : sessionId !== undefined && found === null ? (
        <NoSession />
      ) : (
        <OrganizersOnly>
          <Opened db={db} recorder={recorder} office={office} found={found} onSaved={onSaved} />
        </OrganizersOnly>
      )}
      <BackLink found={found} />
    </Stack>
  )
}

function BackLink({ found }: { readonly found: OfficeSession | null }) {
  const t = useTranslation('office')
  return (
    <ButtonLink kind="text" href={found === null ? '/office' : `/office/sessions/${found.session.sessionId}`}>
      {t(found === null ? 'back' : 'form.back')}
    </ButtonLink>
  )
}

/** What to do when this device does not hold the session of an address. */
export function NoSession() {
  const t = useTranslation('office')
  return (
    <Banner kind="warning" kindWord={t('kindWord.check')} heading={t('page.unknown')}>
      <p>{t('page.unknownText')}</p>
    </Banner>
  )
}

interface OpenedProps extends Omit<Props, 'sessionId'> {
  readonly office: Office
  readonly found: OfficeSession | null
}

function Opened({ db, recorder, office, found, onSaved }: OpenedProps) {
  const t = useTranslation('office')
  const name = formNameOf(found?.session.sessionId ?? null)
  const start = useLive(db, (live) => readStart(live, found), [found?.session.sessionId])
  const form = useKeptForm(db, name, start?.typed)
  if (start === undefined || form.typed === undefined) return <p role="status">{t('loading')}</p>
  if (found?.session.state === 'cancelled') {
    return <Banner kind="warning" kindWord={t('kindWord.check')} heading={t('form.problem.session_cancelled')} />
  }
  return (
    <SessionForm
      db={db}
      recorder={recorder}
      office={office}
      found={found}
      form={form}
      typed={form.typed}
      start={start}
      onSaved={onSaved}
    />
  )
}
