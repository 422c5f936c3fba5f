import { useState } from 'preact/hooks'
import { useTranslation } from '#client/i18n.ts'
import type { LocalDb } from '#client/local-db.ts'
import type { Recorder } from '#client/recorder.ts'
import { useLive } from '#client/use-live.ts'
import { countRoster, readRoster } from '#attendance/domain/roster.ts'
import { readWalkInForm, type TypedWalkIn, type WalkInProblems } from '#attendance/domain/walk-in-form.ts'
import { LEARNERS_PER_TEACHER, seatsOf } from '#enrollment/domain/seats.ts'
import { AGE_BANDS } from '#people/domain/learner.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { bucketOf } from '#sessions/domain/session-bucket.ts'
import { Banner } from '#ui/banner.tsx'
import { Button, ButtonLink } from '#ui/button.tsx'
import { ChoiceField } from '#ui/choice-field.tsx'
import { ErrorSummary, type FieldProblem } from '#ui/error-summary.tsx'
import { TextField } from '#ui/field.tsx'
import { Form } from '#ui/form.tsx'
import { Heading } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { NotHeld } from './not-held.tsx'
import { addWalkIn, type HeldRoster, readHeldRoster } from './roster-store.ts'

interface Props {
  readonly db: LocalDb
  readonly recorder: Recorder
  readonly sessionId: SessionId
  /** Goes back to the list once the person is kept. */
  readonly onDone: () => void
}

const EMPTY: TypedWalkIn = { nameKana: '', name: '', ageBand: '' }

/** /hall/:sessionId/walk-in — 飛び込み: the kana are enough, everything else may stay open. */
export function WalkInPage({ db, recorder, sessionId, onDone }: Props) {
  const t = useTranslation('attendance')
  const held = useLive(db, (live) => readHeldRoster(live, sessionId), [sessionId], [bucketOf(sessionId)])
  const [typed, setTyped] = useState(EMPTY)
  const [problems, setProblems] = useState<readonly FieldProblem[]>([])
  if (held === null) return <NotHeld />

  async function send(): Promise<void> {
    const read = readWalkInForm(typed)
    if (!read.ok) return setProblems(wordsOf(read.error))
    try {
      await addWalkIn(recorder, sessionId, read.value)
      onDone()
    } catch {
      setProblems([{ fieldId: 'nameKana', text: t('problem.storage') }]) // what was typed stays where it is
    }
  }

  const wordsOf = (found: WalkInProblems): readonly FieldProblem[] =>
    (['nameKana', 'name'] as const).flatMap((field) => {
      const problem = found[field]
      return problem === undefined ? [] : [{ fieldId: field, text: t(`problem.${problem.code}`, { ...problem }) }]
    })
  return (
    <Stack>
      <Heading level={1} lead={t('walkIn.lead')}>
        {t('walkIn.title')}
      </Heading>
      {held && <OverSeats held={held} />}
      <ErrorSummary
        kindWord={t('walkIn.problemKind')}
        heading={t('walkIn.problems', { count: problems.length })}
        problems={problems}
      />
      <WalkInForm typed={typed} problems={problems} onChange={setTyped} onSend={() => void send()} />
      <ButtonLink kind="text" href={`/hall/${sessionId}`}>
        {t('walkIn.back')}
      </ButtonLink>
    </Stack>
  )
}

interface FormProps {
  readonly typed: TypedWalkIn
  readonly problems: readonly FieldProblem[]
  readonly onChange: (typed: TypedWalkIn) => void
  readonly onSend: () => void
}

function WalkInForm({ typed, problems, onChange, onSend }: FormProps) {
  const t = useTranslation('attendance')
  const field = (name: keyof TypedWalkIn) => ({
    name,
    value: typed[name],
    error: problems.find((problem) => problem.fieldId === name)?.text,
  })
  const change = (name: keyof TypedWalkIn) => (value: string) => onChange({ ...typed, [name]: value })
  return (
    <Form onSend={onSend}>
      <TextField
        {...field('nameKana')}
        label={t('walkIn.nameKana')}
        required
        requirement={t('walkIn.required')}
        hint={t('walkIn.nameKanaHint')}
        autoComplete="off"
        onInput={change('nameKana')}
      />
      <TextField
        {...field('name')}
        label={t('walkIn.name')}
        requirement={t('walkIn.optional')}
        hint={t('walkIn.nameHint')}
        autoComplete="off"
        onInput={change('name')}
      />
      <ChoiceField
        {...field('ageBand')}
        label={t('walkIn.ageBand')}
        requirement={t('walkIn.optional')}
        beside
        choices={AGE_BANDS.map((value) => ({ value, label: t(`walkIn.ages.${value}`) }))}
        onChoose={change('ageBand')}
      />
      <p>{t('walkIn.purpose')}</p>
      <Button type="submit" wide>
        {t('walkIn.send')}
      </Button>
    </Form>
  )
}

/** More people than seats: said, never forbidden. */
function OverSeats({ held }: { readonly held: HeldRoster }) {
  const t = useTranslation('attendance')
  const { capacity, teachers } = held.session
  const seats = seatsOf({ capacity: capacity ?? 0, teacherCount: teachers.length }, LEARNERS_PER_TEACHER)
  const { present } = countRoster(readRoster(held.facts))
  if (present < seats) return null
  return (
    <Banner
      kind="warning"
      kindWord={t('trouble.kind')}
      heading={t('walkIn.over', { seats, present })}
      announce={false}
    />
  )
}
