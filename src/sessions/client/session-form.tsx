import { useEffect, useState } from 'preact/hooks'
import { dismissAnswer } from '#client/answers.ts'
import { useTranslation } from '#client/i18n.ts'
import type { LocalDb } from '#client/local-db.ts'
import type { Recorder } from '#client/recorder.ts'
import type { KeptForm } from '#client/use-kept-form.ts'
import { useDecision } from '#client/use-decision.ts'
import { basisOf, type OfficeSession } from '#sessions/domain/office-session.ts'
import { readSessionForm, SESSION_FORM_FIELDS, typedSession } from '#sessions/domain/session-form.ts'
import type { SessionFields, SessionId } from '#sessions/domain/session.ts'
import type { OperationOf, PayloadOf } from '#sync/domain/protocol.ts'
import { Arrival } from '#ui/arrival.tsx'
import { Banner } from '#ui/banner.tsx'
import { Button, ButtonLink, ButtonRow } from '#ui/button.tsx'
import { ErrorSummary, type FieldProblem } from '#ui/error-summary.tsx'
import { Form } from '#ui/form.tsx'
import { FormNews } from './session-form-news.tsx'
import { problemList, refusalProblems } from './session-form-problems.ts'
import { type FormStart, type KeptSession, startOf, typedOf } from './session-form-start.ts'
import { SessionFormFields } from './session-form-fields.tsx'
import { SessionHints } from './session-hints.tsx'
import type { Office } from './office-store.ts'

interface Props {
  readonly db: LocalDb
  readonly recorder: Recorder
  readonly office: Office
  readonly found: OfficeSession | null
  readonly form: KeptForm<KeptSession>
  readonly typed: KeptSession
  readonly start: FormStart
  readonly onSaved: (sessionId: SessionId) => void
}
type Save = OperationOf<'session.create'> | OperationOf<'session.edit'>

/** The form, from the first letter to the server's answer. */
export function SessionForm(props: Props) {
  const t = useTranslation('office')
  const { found, form, typed, start } = props
  const saving = useSave(props)
  const { problems, said, state, isSent } = saving
  useEffect(focusAskedField, [])
  if (said !== null && isSent) return <Saved said={said} isHeld={state?.status === 'held'} />
  return (
    <>
      <FormNews
        isRestored={form.isRestored || (start.refusedEditId !== null && said === null)}
        isChanged={isOlder(typed.basedOn, found)}
        onStartAgain={() => void saving.startAgain()}
      />
      <ErrorSummary
        kindWord={t('kindWord.check')}
        heading={t('form.problemHeading', { count: problems.length })}
        problems={problems}
      />
      <OpenForm {...props} problems={problems} onSave={() => void saving.save()} />
    </>
  )
}

interface OpenProps extends Props {
  readonly problems: readonly FieldProblem[]
  readonly onSave: () => void
}

function OpenForm({ recorder, office, found, form, typed, problems, onSave }: OpenProps) {
  const t = useTranslation('office')
  const session = found?.session
  return (
    <Form onSend={onSave}>
      <SessionFormFields
        typed={typed}
        office={office}
        problems={problems}
        recorder={recorder}
        onType={(change) => form.type(change)}
      />
      <SessionHints typed={typed} office={office} sessionId={session?.sessionId ?? null} />
      <ButtonRow>
        <Button type="submit">{t(session?.state === 'published' ? 'form.savePublished' : 'form.save')}</Button>
      </ButtonRow>
    </Form>
  )
}

/** Reads the form, keeps what it says for the server, and follows it to the answer. */
function useSave({ db, recorder, found, form, typed, start, onSaved }: Props) {
  const t = useTranslation('office')
  const [problems, setProblems] = useState<readonly FieldProblem[]>([])
  const [isSent, setIsSent] = useState(false)
  const { said, state, follow } = useDecision<Save>(db, (outcome, asked) => {
    if (outcome.status === 'accepted') return onSaved(asked.payload.sessionId)
    setIsSent(false)
    form.type(restored(asked)) // what was typed comes back, to be put right
    setProblems(refusalProblems(outcome.refusal, t))
  })
  const fail = (key: 'edit_waiting' | 'not_kept'): void =>
    setProblems([{ fieldId: 'title', text: t(`form.problem.${key}`) }])

  async function save(): Promise<void> {
    const read = readSessionForm(typedOf(typed), found?.session.state ?? 'draft')
    setProblems(read.ok ? [] : problemList(read.error, t))
    if (!read.ok) return
    const saying = sayingOf(read.value, found, typed, recorder)
    if (saying === null) return fail('edit_waiting')
    try {
      follow((await recorder.record(saying.name, saying.payload)) as Save)
      setIsSent(true)
      if (start.refusedEditId !== null) await dismissAnswer(db, start.refusedEditId)
      await form.forget(typed)
    } catch {
      fail('not_kept') // the disk is full or away: the words stay
    }
  }

  async function startAgain(): Promise<void> {
    if (start.refusedEditId !== null) await dismissAnswer(db, start.refusedEditId)
    setProblems([])
    await form.forget(found === null ? { ...start.typed } : startOf(found))
  }

  return { problems, said, state, isSent, save, startAgain }
}

/** It is on the disk; the answer comes when the network does. */
function Saved({ said, isHeld }: { readonly said: Save; readonly isHeld: boolean }) {
  const t = useTranslation('office')
  return (
    <Arrival>
      <Banner
        kind={isHeld ? 'warning' : 'info'}
        kindWord={t(isHeld ? 'kindWord.check' : 'kindWord.notice')}
        heading={t(isHeld ? 'form.held' : 'form.waiting', { title: said.payload.fields.title })}
      >
        <p>{t(isHeld ? 'heldText' : 'waitingText')}</p>
        <ButtonLink kind="outline" size="small" href={`/office/sessions/${said.payload.sessionId}`}>
          {t('form.see')}
        </ButtonLink>
      </Banner>
    </Arrival>
  )
}

type Saying =
  | { readonly name: 'session.create'; readonly payload: PayloadOf<'session.create'> }
  | { readonly name: 'session.edit'; readonly payload: PayloadOf<'session.edit'> }

/** What to say to the server; `null` while an earlier edit of this session is on its way. */
function sayingOf(
  fields: SessionFields,
  found: OfficeSession | null,
  { basedOn }: KeptSession,
  { newId }: Recorder,
): Saying | null {
  if (found === null) {
    return { name: 'session.create', payload: { sessionId: newId() as SessionId, fields, source: null } }
  }
  const basis = basisOf(found)
  if (basis === null) return null
  const { sessionId } = found.session
  return { name: 'session.edit', payload: { sessionId, fields, basedOn: Math.min(Number(basedOn || basis), basis) } }
}

/** A link to one field (…/edit#venueId) leads into it, though the form comes a moment after the page. */
function focusAskedField(): void {
  const asked = SESSION_FORM_FIELDS.find((field) => location.hash === `#${field}`)
  if (asked !== undefined) document.getElementById(asked)?.focus()
}

/** Whether somebody else has saved since these words were begun. */
function isOlder(basedOn: string, found: OfficeSession | null): boolean {
  const basis = found === null ? null : basisOf(found)
  return basis !== null && basedOn !== '' && Number(basedOn) < basis
}

function restored({ name, payload }: Save): KeptSession {
  return { ...typedSession(payload.fields), basedOn: name === 'session.edit' ? String(payload.basedOn) : '' }
}
