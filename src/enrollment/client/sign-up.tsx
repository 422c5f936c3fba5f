import type { ComponentChildren, RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { markSeen } from '#client/answers.ts'
import { forgetForm, keepForm, readForm } from '#client/forms.ts'
import { useTranslation } from '#client/i18n.ts'
import type { LocalDb } from '#client/local-db.ts'
import { type Device, useDevice, usePage, usePageData } from '#client/page-context.tsx'
import { useLive } from '#client/use-live.ts'
import {
  ENROLLMENT_FIELDS,
  type EnrollmentProblems,
  readEnrollmentForm,
  type TypedEnrollment,
} from '#enrollment/domain/enrollment-form.ts'
import type { EnrollmentId } from '#enrollment/domain/enrollment.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { Banner } from '#ui/banner.tsx'
import { Section } from '#ui/heading.tsx'
import { EnrollForm, type FormProblems } from './enroll-form.tsx'
import { type MyRequest, placeOf, readMyRequests, type RequestState } from './my-requests.ts'
import { keepDigits, useForgetPastDigits } from './own-booking-key.ts'
import { RequestBanner } from './request-banner.tsx'

interface Props {
  readonly sessionId: SessionId
  /** Whether people can sign up now; those who did see their answer all the same. */
  readonly open: boolean
  /** Without a seat left, the button asks for a place on the waitlist. */
  readonly full: boolean
}

/** Signing up for one session, and what became of it. Without JavaScript the form goes to the server and comes back as this same part. */
export function SignUp(props: Props) {
  const device = useDevice()
  return device === null ? <PlainSignUp {...props} /> : <LiveSignUp {...props} device={device} />
}

/** What the server knows: the answer to the form just sent, or the form with its problems. */
function PlainSignUp({ sessionId, open, full }: Props) {
  const sent = usePageData('session')
  return (
    <>
      <SentAnswer />
      <OldForm />
      {open && (
        <SignUpForm full={full} again={sent?.answer?.status === 'accepted'}>
          <EnrollForm
            sessionId={sessionId}
            sheet={sent?.sheet}
            values={sent?.form?.values}
            problems={problemsOf(sent?.form?.problems)}
            full={full}
          />
        </SignUpForm>
      )}
    </>
  )
}

function SentAnswer() {
  const answer = usePageData('session')?.answer
  if (answer === undefined) return null
  const state: RequestState =
    answer.status === 'accepted' ? placeOf(answer.value) : { status: 'refused', refusal: answer.refusal }
  return <RequestBanner state={state} name={null} announce />
}

/** Nothing was wrong with the form but its age. */
function OldForm() {
  const t = useTranslation('enrollment')
  if (usePageData('session')?.form?.isOld !== true) return null
  return (
    <Banner kind="warning" kindWord={t('kind.warning')} heading={t('oldForm.heading')}>
      <p>{t('oldForm.text')}</p>
    </Banner>
  )
}

function LiveSignUp({ sessionId, open, full, device }: Props & { readonly device: Device }) {
  const { db, recorder } = device
  const t = useTranslation('enrollment')
  const sent = usePageData('session')
  const formName = `sign-up:${sessionId}`
  const [problems, setProblems] = useState<FormProblems>(() => problemsOf(sent?.form?.problems))
  const [failed, setFailed] = useState(false)
  const requests = useLive(db, (live) => readRequestsFor(live, sessionId), [sessionId]) ?? NONE
  const form = useRef<HTMLFormElement>(null)
  useRestoredForm(form, db, formName)
  useForgetPastDigits(db)
  useEffect(() => {
    for (const { operationId, state } of requests) {
      if (operationId !== null && state.status !== 'waiting' && state.status !== 'held')
        void markSeen(db, operationId).catch(() => {})
    }
  }, [db, requests])

  async function send(typed: TypedEnrollment): Promise<void> {
    setFailed(false)
    const read = readEnrollmentForm(typed)
    setProblems(problemsOf(read.ok ? {} : read.error))
    if (!read.ok) return
    try {
      const enrollmentId = recorder.newId() as EnrollmentId
      await recorder.record('enrollment.request', { enrollmentId, sessionId, ...read.value, channel: 'web' })
      await keepDigits(db, { enrollmentId, sessionId, phone: read.value.phone }).catch(() => {}) // without them the page of the booking asks
      await forgetForm(db, formName).catch(() => {}) // it is on its way: to send it again would take a second seat
      form.current?.reset()
      document.getElementById('answers')?.focus()
    } catch {
      setFailed(true) // what was typed stays in the form
    }
  }

  return (
    <>
      <div id="answers" tabIndex={-1} role="status">
        {requests.length === 0 && <SentAnswer />}
        <OldForm />
        {requests.map((request) => (
          <RequestBanner key={request.enrollmentId} {...request} />
        ))}
      </div>
      {open && (
        <SignUpForm full={full} again={requests.length > 0}>
          {failed && (
            <Banner kind="error" kindWord={t('kind.error')} heading={t('failed.heading')}>
              <p>{t('failed.text', { phone: usePage().city.phone })}</p>
            </Banner>
          )}
          <EnrollForm
            sessionId={sessionId}
            sheet={sent?.sheet}
            values={sent?.form?.values}
            problems={problems}
            full={full}
            formRef={form}
            onType={(typed) => void keepForm(db, formName, typed).catch(() => {})}
            onSend={(typed) => void send(typed)}
          />
        </SignUpForm>
      )}
    </>
  )
}

function SignUpForm({ full, again, children }: { full: boolean; again: boolean; children: ComponentChildren }) {
  const t = useTranslation('enrollment')
  return (
    <Section id="sign-up" heading={again ? t('form.again') : full ? t('form.wait') : t('form.heading')}>
      <p>{full ? t('form.leadFull') : t('form.lead')}</p>
      {children}
    </Section>
  )
}

/** A new object for each attempt: the summary takes the focus each time. */
function problemsOf(found: EnrollmentProblems = {}): FormProblems {
  return ENROLLMENT_FIELDS.flatMap((field) => {
    const problem = found[field]
    return problem === undefined ? [] : [{ field, problem }]
  })
}

const NONE: readonly MyRequest[] = []

async function readRequestsFor(db: Pick<LocalDb, 'read'>, sessionId: SessionId): Promise<readonly MyRequest[]> {
  return (await readMyRequests(db)).filter((request) => request.sessionId === sessionId)
}

/** Puts back what was typed here before the page was left, without touching what is being typed now. */
function useRestoredForm(form: RefObject<HTMLFormElement | null>, db: LocalDb, name: string): void {
  useEffect(() => {
    void readForm(db, name)
      .catch(() => null)
      .then((typed) => {
        for (const field of ENROLLMENT_FIELDS) {
          const input = form.current?.elements.namedItem(field)
          if (input instanceof HTMLInputElement && input.value === '') input.value = typed?.[field] ?? ''
        }
      })
  }, [form, db, name])
}
