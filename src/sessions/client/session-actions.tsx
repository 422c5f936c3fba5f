import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import type { LocalDb } from '#client/local-db.ts'
import type { Recorder } from '#client/recorder.ts'
import { type DecisionState, useDecision } from '#client/use-decision.ts'
import type { OfficeSession } from '#sessions/domain/office-session.ts'
import type { PublicSession } from '#sessions/domain/public-session.ts'
import { missingForPublication, type Session } from '#sessions/domain/session.ts'
import type { OperationOf, Refusal } from '#sync/domain/protocol.ts'
import { Arrival } from '#ui/arrival.tsx'
import { Banner } from '#ui/banner.tsx'
import { Button, ButtonLink, ButtonRow } from '#ui/button.tsx'
import { CancelDialog } from './cancel-dialog.tsx'
import { refusalWords } from './session-form-problems.ts'

interface Props {
  readonly db: LocalDb
  readonly recorder: Recorder
  readonly one: OfficeSession
  readonly announced: PublicSession | undefined
}
type Said = OperationOf<'session.publish'> | OperationOf<'session.cancel'>

/** 公開する, 直す, 中止する, and what became of it. */
export function SessionActions({ db, recorder, one, announced }: Props) {
  const t = useTranslation('office')
  const { session } = one
  const [isCancelling, setIsCancelling] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const { said, state, follow } = useDecision<Said>(db, () => {})
  const fail = (words: Failure['words']): void => setFailure((before) => ({ words, count: (before?.count ?? 0) + 1 }))

  async function say(record: () => Promise<Said>): Promise<void> {
    setFailure(null)
    try {
      follow(await record())
    } catch {
      fail('not_kept')
    }
  }

  function publish(): void {
    if (missingForPublication(session).length > 0) return fail('missing')
    void say(() => recorder.record('session.publish', { sessionId: session.sessionId }))
  }

  return (
    <>
      {failure && <FailureBanner key={failure.count} failure={failure} session={session} />}
      {said && state && <SaidBanner key={`${said.id} ${state.status}`} said={said} state={state} />}
      {session.state !== 'cancelled' && (
        <ButtonRow>
          {session.state === 'draft' && <Button onClick={publish}>{t('page.publish')}</Button>}
          <ButtonLink kind="outline" href={`/office/sessions/${session.sessionId}/edit`}>
            {t('page.edit')}
          </ButtonLink>
          {session.state === 'published' && (
            <ButtonLink kind="outline" href={`/hall/${session.sessionId}`}>
              {t('page.hall')}
            </ButtonLink>
          )}
          <Button kind="outline" onClick={() => setIsCancelling(true)}>
            {t(session.state === 'draft' ? 'page.drop' : 'page.cancel')}
          </Button>
        </ButtonRow>
      )}
      <CancelDialog
        isOpen={isCancelling}
        session={session}
        announced={announced}
        onClose={() => setIsCancelling(false)}
        onCancel={(reason) => {
          setIsCancelling(false)
          void say(() => recorder.record('session.cancel', { sessionId: session.sessionId, reason }))
        }}
      />
    </>
  )
}

interface Failure {
  readonly words: 'missing' | 'not_kept'
  /** Rises with each attempt, so that the focus moves again. */
  readonly count: number
}

function FailureBanner({ failure, session }: { readonly failure: Failure; readonly session: Session }) {
  const t = useTranslation('office')
  if (failure.words === 'not_kept') {
    return <Banner kind="error" kindWord={t('kindWord.check')} heading={t('form.problem.not_kept')} />
  }
  return (
    <Arrival>
      <Banner kind="error" kindWord={t('kindWord.check')} heading={t('page.cannotPublish')}>
        <ul>
          {missingForPublication(session).map((field) => (
            <li key={field}>
              <a href={`/office/sessions/${session.sessionId}/edit#${field}`}>
                {t('page.enter', { field: t(`field.${field}`) })}
              </a>
            </li>
          ))}
        </ul>
      </Banner>
    </Arrival>
  )
}

/** What was asked for and what the server said, where the eye and the screen reader are after the tap. */
function SaidBanner({ said, state }: { readonly said: Said; readonly state: DecisionState }) {
  const t = useTranslation('office')
  const what = said.name === 'session.publish' ? 'publish' : 'cancel'
  if (state.status === 'refused') return <RefusedBanner refusal={state.refusal} />
  const isDone = state.status === 'accepted'
  return (
    <Arrival>
      <Banner
        kind={isDone ? 'success' : 'info'}
        kindWord={t(isDone ? 'kindWord.done' : 'kindWord.notice')}
        heading={t(isDone ? `page.done.${what}` : `page.sending.${what}`)}
        announce={false}
      >
        <p>{t(isDone ? `page.next.${what}` : state.status === 'held' ? 'heldText' : 'waitingText')}</p>
      </Banner>
    </Arrival>
  )
}

function RefusedBanner({ refusal }: { readonly refusal: Refusal }) {
  const t = useTranslation('office')
  const text =
    refusal.code === 'incomplete'
      ? refusal.missing.map((field) => t('form.problem.needed', { field: t(`field.${field}`) })).join(' ')
      : refusalWords(refusal, t)
  return (
    <Arrival>
      <Banner kind="error" kindWord={t('kindWord.check')} heading={t('page.refused')}>
        <p>{text}</p>
      </Banner>
    </Arrival>
  )
}
