import { useState } from 'preact/hooks'
import { type Translate, useTranslation } from '#client/i18n.ts'
import type { Device } from '#client/page-context.tsx'
import { readWords } from '#client/read-words.ts'
import { type DecisionState, useDecision } from '#client/use-decision.ts'
import { type LocalDate, parseLocalDate } from '#kernel/time.ts'
import { ITEM_NAME_MAX, type RegisterItem } from '#kpi/domain/indicator.ts'
import type { OperationOf } from '#sync/domain/protocol.ts'
import { Banner } from '#ui/banner.tsx'
import { Button } from '#ui/button.tsx'
import { ErrorSummary, type FieldProblem } from '#ui/error-summary.tsx'
import { DateField, TextField } from '#ui/field.tsx'
import { Form } from '#ui/form.tsx'
import { Section } from '#ui/heading.tsx'

interface Props extends Device {
  readonly measure: RegisterItem['measure']
  /** The server's day in Japan. */
  readonly today: LocalDate
  /** The server has taken it in: the number has changed. */
  readonly onRecorded: () => void
}

/** Enters a procedure that went online, or a facility that can be booked online, into the city's register. */
export function RecordItemForm({ measure, today, db, recorder, onRecorded }: Props) {
  const t = useTranslation('kpi')
  const [typed, setTyped] = useState({ name: '', startedOn: '' })
  const [problems, setProblems] = useState<readonly FieldProblem[]>([])
  const { said, state, follow } = useDecision<OperationOf<'plan.recordItem'>>(db, (outcome, asked) => {
    if (outcome.status === 'accepted') return onRecorded()
    if (typed.name !== '' || typed.startedOn !== '') return // the next one is being typed: the banner says it alone
    setTyped(asked.payload) // what was typed comes back, to be put right
    setProblems([refusalProblem(outcome.refusal.code, t)])
  })

  async function send(): Promise<void> {
    const read = readItem(typed, today, t)
    setProblems(read.problems)
    if (read.item === null) return
    const itemId = recorder.newId() as RegisterItem['itemId']
    try {
      follow(await recorder.record('plan.recordItem', { ...read.item, itemId, measure }))
      setTyped({ name: '', startedOn: '' })
    } catch {
      setProblems([refusalProblem('other', t)]) // the disk is full or away: what was typed stays in the form
    }
  }

  const errorOf = (fieldId: string) => problems.find((problem) => problem.fieldId === fieldId)?.text
  return (
    <Section id="record-item" heading={t(`item.heading.${measure}`)}>
      <ErrorSummary
        kindWord={t('kind.check')}
        heading={t('item.problemHeading', { count: problems.length })}
        problems={problems}
      />
      {said && state && <SaidBanner name={said.payload.name} state={state} />}
      <Form onSend={() => void send()}>
        <TextField
          name="name"
          label={t(`item.name.${measure}`)}
          required
          requirement={t('item.required')}
          autoComplete="off"
          value={typed.name}
          onInput={(name) => setTyped((before) => ({ ...before, name }))}
          error={errorOf('name')}
        />
        <DateField
          name="startedOn"
          label={t('item.startedOn')}
          required
          requirement={t('item.required')}
          max={today}
          value={typed.startedOn}
          onInput={(startedOn) => setTyped((before) => ({ ...before, startedOn }))}
          error={errorOf('startedOn')}
        />
        <Button type="submit">{t('item.send')}</Button>
      </Form>
    </Section>
  )
}

function SaidBanner({ name, state }: { readonly name: string; readonly state: DecisionState }) {
  const t = useTranslation('kpi')
  if (state.status === 'refused')
    return (
      <Banner kind="warning" kindWord={t('kind.check')} heading={t('item.refused', { name })}>
        <p>{refusalProblem(state.refusal.code, t).text}</p>
      </Banner>
    )
  if (state.status === 'accepted')
    return <Banner kind="success" kindWord={t('kind.done')} heading={t('item.done', { name })} />
  return <Banner kind="info" kindWord={t('kind.notice')} heading={t(`item.${state.status}`, { name })} />
}

type T = Translate<'kpi'>

function readItem(typed: { readonly name: string; readonly startedOn: string }, today: LocalDate, t: T) {
  const name = readWords(typed.name, ITEM_NAME_MAX)
  const startedOn = parseLocalDate(typed.startedOn)
  const problems: FieldProblem[] = []
  if (!name.ok)
    problems.push({ fieldId: 'name', text: t(`item.problem.${name.error.code}`, { maxLength: ITEM_NAME_MAX }) })
  if (startedOn === null) problems.push({ fieldId: 'startedOn', text: t('item.problem.day_missing') })
  else if (startedOn > today) problems.push({ fieldId: 'startedOn', text: t('item.problem.started_in_future') })
  return {
    problems,
    item: name.ok && startedOn !== null && problems.length === 0 ? { name: name.value, startedOn } : null,
  }
}

function refusalProblem(code: string, t: T): FieldProblem {
  if (code === 'started_in_future') return { fieldId: 'startedOn', text: t('item.problem.started_in_future') }
  if (code === 'item_exists' || code === 'not_permitted') return { fieldId: 'name', text: t(`item.problem.${code}`) }
  return { fieldId: 'name', text: t('item.problem.other') }
}
