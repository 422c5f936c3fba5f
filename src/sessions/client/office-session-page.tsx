import type { ComponentChildren } from 'preact'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import type { LocalDb } from '#client/local-db.ts'
import { useOnlyLooks } from '#client/only-looks.ts'
import { usePage } from '#client/page-context.tsx'
import type { Recorder } from '#client/recorder.ts'
import type { OfficeSession } from '#sessions/domain/office-session.ts'
import { missingForPublication, type Session, type SessionId } from '#sessions/domain/session.ts'
import { Banner } from '#ui/banner.tsx'
import { ButtonLink } from '#ui/button.tsx'
import { Chip } from '#ui/chip.tsx'
import { Heading } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import css from './office.module.css'
import { type Office, useOffice } from './office-store.ts'
import { SendingChip } from './office-table.tsx'
import { stateOf, whenWords } from './office-words.ts'
import { SessionActions } from './session-actions.tsx'
import { SessionFacts } from './session-facts.tsx'
import { NoSession } from './session-form-page.tsx'
import { ClashWarning } from './session-hints.tsx'

interface Props {
  readonly db: LocalDb
  readonly recorder: Recorder
  readonly sessionId: SessionId
  /** Who asked for a seat: another slice's part, put in where the slices meet. */
  readonly enrollments: (session: Session) => ComponentChildren
  /** Whose phones have not brought its records yet: likewise. */
  readonly phones: (session: Session) => ComponentChildren
}

/** /office/sessions/:id — everything about one session, and what can be done with it. */
export function OfficeSessionPage({ db, recorder, sessionId, enrollments, phones }: Props) {
  const t = useTranslation('office')
  const office = useOffice(db)
  const one = office?.sessions.find(({ session }) => session.sessionId === sessionId)
  return (
    <Stack>
      {office === undefined && <p role="status">{t('loading')}</p>}
      {office && one === undefined && (
        <>
          <Heading level={1}>{t('page.title')}</Heading>
          <NoSession />
        </>
      )}
      {office && one && (
        <Opened
          db={db}
          recorder={recorder}
          office={office}
          one={one}
          phones={one.version !== null && phones(one.session)}
        >
          {one.version !== null && enrollments(one.session)}
        </Opened>
      )}
      <ButtonLink kind="text" href="/office">
        {t('back')}
      </ButtonLink>
    </Stack>
  )
}

interface OpenedProps {
  readonly db: LocalDb
  readonly recorder: Recorder
  readonly office: Office
  readonly one: OfficeSession
  readonly phones: ComponentChildren
  readonly children: ComponentChildren
}

function Opened({ db, recorder, office, one, phones, children }: OpenedProps) {
  const t = useTranslation('office')
  const language = useLanguage()
  const { session } = one
  const announced = office.announced.get(session.sessionId)
  const { now } = usePage()
  const onlyLooks = useOnlyLooks()
  const { state, tone } = stateOf(one, announced, now)
  return (
    <>
      <div>
        <Heading level={1} lead={whenWords(session, { t, language })}>
          {session.title}
        </Heading>
        <p class={css.state}>
          <Chip tone={tone}>{t(`state.${state}`)}</Chip>
          <SendingChip one={one} />
          {session.cancelReason !== null && <span>{t('page.reason', { reason: session.cancelReason })}</span>}
        </p>
      </div>
      {one.isHeld && (
        <Banner kind="warning" kindWord={t('kindWord.check')} heading={t('held')} announce={false}>
          <p>{t('heldText')}</p>
          <ButtonLink kind="outline" size="small" href="/device">
            {t('page.device')}
          </ButtonLink>
        </Banner>
      )}
      {session.state === 'draft' && !onlyLooks && <DraftNotes session={session} />}
      {session.state !== 'cancelled' && <ClashWarning wanted={session} office={office} />}
      <SessionFacts session={session} announced={announced} office={office} />
      {session.state !== 'draft' && phones}
      {!onlyLooks && <SessionActions db={db} recorder={recorder} one={one} announced={announced} />}
      {!onlyLooks && children}
    </>
  )
}

/** What a draft still needs, each a link to its field, and what the file it came from left open. */
function DraftNotes({ session }: { readonly session: Session }) {
  const t = useTranslation('office')
  const missing = missingForPublication(session)
  const remarks = remarkWords(session, t)
  return (
    <>
      {missing.length > 0 && (
        <Banner kind="info" kindWord={t('kindWord.notice')} heading={t('page.missing')} announce={false}>
          <ul>
            {missing.map((field) => (
              <li key={field}>
                <a href={`/office/sessions/${session.sessionId}/edit#${field}`}>
                  {t('page.enter', { field: t(`field.${field}`) })}
                </a>
              </li>
            ))}
          </ul>
        </Banner>
      )}
      {remarks.length > 0 && (
        <Banner kind="warning" kindWord={t('kindWord.check')} heading={t('page.remarks')} announce={false}>
          <ul>
            {remarks.map((remark) => (
              <li key={remark}>{remark}</li>
            ))}
          </ul>
        </Banner>
      )}
    </>
  )
}

type T = ReturnType<typeof useTranslation<'office'>>

/** A code that this page has no words for, from a newer one, is left out. */
function remarkWords({ source }: Session, t: T): readonly string[] {
  const keys = (source?.remarks ?? []).map((code) => `remark.${code}` as 'remark.venue_missing')
  return keys.map((key) => ({ key, text: t(key) })).flatMap(({ key, text }) => (text.endsWith(key) ? [] : [text]))
}
