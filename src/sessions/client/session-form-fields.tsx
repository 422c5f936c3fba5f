import { formatTime } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import type { Recorder } from '#client/recorder.ts'
import {
  NOTE_MAX,
  type SessionFormField,
  TITLE_MAX,
  type TypedSession,
  typedTime,
} from '#sessions/domain/session-form.ts'
import { SESSION_KINDS } from '#sessions/domain/session.ts'
import { ChoiceField } from '#ui/choice-field.tsx'
import type { FieldProblem } from '#ui/error-summary.tsx'
import { NumberField, TextArea, TextField } from '#ui/field.tsx'
import { DayField } from './day-field.tsx'
import css from './office.module.css'
import type { Office } from './office-store.ts'
import { TeachersField } from './teachers-field.tsx'
import { VenueField } from './venue-field.tsx'

interface Props {
  readonly typed: TypedSession
  readonly office: Office
  readonly problems: readonly FieldProblem[]
  readonly recorder: Recorder
  readonly onType: (change: Partial<TypedSession>) => void
}

/** All fields of a session, in the order an organizer decides them. */
export function SessionFormFields({ typed, office, problems, recorder, onType }: Props) {
  const t = useTranslation('office')
  const errorOf = (field: SessionFormField) => problems.find(({ fieldId }) => fieldId === field)?.text
  const of = (field: SessionFormField) => ({
    name: field,
    label: t(`field.${field}`),
    error: errorOf(field),
    value: typed[field],
    onInput: (text: string) => onType({ [field]: text }),
  })
  return (
    <>
      <ChoiceField
        name="kind"
        label={t('field.kind')}
        required
        requirement={t('form.required')}
        beside
        choices={SESSION_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        value={typed.kind}
        onChoose={(kind) => onType({ kind })}
        error={errorOf('kind')}
      />
      <TextField
        {...of('title')}
        required
        requirement={t('form.required')}
        hint={t('form.hint.title', { max: TITLE_MAX })}
        autoComplete="off"
      />
      <DayField {...of('heldOn')} hint={t('form.hint.day')} />
      <div class={css.pair}>
        <TimeTextField {...of('startTime')} hint={t('form.hint.time')} />
        <TimeTextField {...of('endTime')} hint={t('form.hint.time')} />
      </div>
      <VenueField
        venues={office.venues}
        value={typed.venueId}
        error={errorOf('venueId')}
        recorder={recorder}
        onChoose={(venueId) => onType({ venueId })}
      />
      <TeachersField
        instructors={office.instructors}
        value={typed.teachers}
        error={errorOf('teachers')}
        recorder={recorder}
        onChoose={(teachers) => onType({ teachers })}
      />
      <NumberField {...of('capacity')} hint={t('form.hint.capacity')} unit={t('form.people')} />
      <DayField {...of('enrollUntilOn')} hint={t('form.hint.enrollUntilOn')} />
      <TextArea {...of('note')} hint={t('form.hint.note', { max: NOTE_MAX })} />
    </>
  )
}

type TimeProps = Pick<Parameters<typeof TextField>[0], 'name' | 'label' | 'hint' | 'error' | 'value' | 'onInput'>

/** A time as a person writes it, said back in words as soon as it can be read. */
function TimeTextField(props: TimeProps) {
  const t = useTranslation('office')
  const language = useLanguage()
  const time = typedTime(props.value ?? '')
  const hint = time === null ? props.hint : t('form.readAs', { words: formatTime(time, language) })
  return <TextField {...props} hint={hint} width="medium" autoComplete="off" />
}
