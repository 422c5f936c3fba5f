import { useState } from 'preact/hooks'
import { type Translate, useTranslation } from '#client/i18n.ts'
import type { StaffRole } from '#login/domain/roles.ts'
import {
  assessEntry,
  type EnterAnswer,
  readDigits,
  SECOND_WAY_FIELDS,
  type SecondWayEntry,
  type SecondWayField,
} from '#login/domain/second-way.ts'
import { Arrival } from '#ui/arrival.tsx'
import { Banner } from '#ui/banner.tsx'
import { Button } from '#ui/button.tsx'
import { ErrorSummary, type FieldProblem } from '#ui/error-summary.tsx'
import { TextField } from '#ui/field.tsx'
import { Form } from '#ui/form.tsx'
import css from './second-way.module.css'
import { type PostState, usePost } from './use-post.ts'

interface Props {
  /** The server has let this browser in. */
  readonly onSignedIn: (role: StaffRole) => void
}

const EMPTY: SecondWayEntry = { staffNumber: '', sheetCode: '', changingCode: '' }

/** The three numbers of who has no passkey. Typed at leisure: a changing number is good for a while after it has changed.
 *  Stands under a heading of the page. */
export function SecondWayForm({ onSignedIn }: Props) {
  const t = useTranslation('secondWay')
  const [typed, setTyped] = useState<SecondWayEntry>(EMPTY)
  const [problems, setProblems] = useState<readonly FieldProblem[]>([])
  const { state, post } = usePost<EnterAnswer>()

  async function send(): Promise<void> {
    const found = readProblems(typed, t)
    setProblems(found)
    if (found.length > 0) return
    const entry = Object.fromEntries(SECOND_WAY_FIELDS.map((field) => [field, readDigits(typed[field])]))
    const outcome = await post('/api/sign-in/second-way', entry)
    if (outcome.at === 'done') onSignedIn(outcome.answer.role)
    else if (outcome.at === 'failed' && outcome.code === 'second_way_wrong')
      setTyped((before) => ({ ...before, changingCode: '' })) // it will have changed; the other two may only have a slip in them
  }

  return (
    <>
      <p>{t('lead')}</p>
      <ErrorSummary
        id="second-way-problems"
        kindWord={t('kind')}
        heading={t('problemHeading', { count: problems.length })}
        problems={problems}
      />
      <Refused state={state} />
      <Form id="second-way" onSend={() => void send()}>
        {SECOND_WAY_FIELDS.map((field) => (
          <div key={field} class={css.digits}>
            <TextField
              name={field}
              label={t(`label.${field}`)}
              hint={t(`hint.${field}`)}
              required
              requirement={t('required')}
              inputMode="numeric"
              autoComplete={field === 'changingCode' ? 'one-time-code' : 'off'}
              width="medium"
              value={typed[field]}
              onInput={(value) => setTyped((before) => ({ ...before, [field]: value }))}
              error={problems.find(({ fieldId }) => fieldId === field)?.text}
            />
          </div>
        ))}
        <Button type="submit" busyWord={state.at === 'busy' ? t('sending') : undefined}>
          {t('send')}
        </Button>
      </Form>
    </>
  )
}

const REFUSALS = ['second_way_wrong', 'offline'] as const

function Refused({ state }: { readonly state: PostState<EnterAnswer> }) {
  const t = useTranslation('secondWay')
  if (state.at !== 'failed') return null
  const known = REFUSALS.find((code) => code === state.code) ?? 'fault'
  const minutes = Math.ceil((state.restS ?? 0) / 60)
  return (
    <Arrival key={state.count}>
      <Banner kind="error" kindWord={t('kind')} heading={t('refused.heading')}>
        <p>{minutes > 0 ? t('refused.too_many', { minutes }) : t(`refused.${known}`)}</p>
        <p>{t('refused.help')}</p>
      </Banner>
    </Arrival>
  )
}

function readProblems(typed: SecondWayEntry, t: Translate<'secondWay'>): readonly FieldProblem[] {
  const problems = assessEntry(typed)
  return SECOND_WAY_FIELDS.flatMap((fieldId: SecondWayField) => {
    const problem = problems[fieldId]
    return problem === undefined ? [] : [{ fieldId, text: t(`problem.${fieldId}.${problem}`) }]
  })
}
