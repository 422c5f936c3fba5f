import type { ComponentChildren } from 'preact'
import { describedBy, FieldError, fieldId, type FieldWords, Hint, LabelWords } from './field-frame.tsx'
import css from './field.module.css'

export interface Choice {
  readonly value: string
  readonly label: string
  readonly note?: ComponentChildren
}

type ChoiceFieldProps = FieldWords & {
  readonly choices: readonly Choice[]
  readonly value?: string | undefined
  readonly defaultValue?: string | undefined
  readonly onChoose?: ((value: string) => void) | undefined
  /** Short answers may stand beside each other on a wide screen. */
  readonly beside?: boolean | undefined
}

/** One of a few: each answer is a button to tap, all of them in sight. Use it wherever a resident chooses. */
export function ChoiceField(props: ChoiceFieldProps) {
  const id = fieldId(props)
  return (
    <fieldset
      class={css.group}
      role="radiogroup"
      aria-invalid={props.error ? 'true' : undefined}
      aria-required={props.required ? 'true' : undefined}
      aria-describedby={describedBy(props)}
    >
      <legend class={css.label}>
        <LabelWords {...props} />
      </legend>
      <Hint words={props} />
      <div class={css.choices} data-beside={props.beside ? '' : undefined}>
        {props.choices.map((choice, index) => (
          <ChoiceButton key={choice.value} id={index === 0 ? id : `${id}-${index + 1}`} choice={choice} field={props} />
        ))}
      </div>
      <FieldError words={props} />
    </fieldset>
  )
}

/** The first one carries the field's own id, so that an error summary lands on something one can choose. */
function ChoiceButton({ id, choice, field }: { id: string; choice: Choice; field: ChoiceFieldProps }) {
  const { value, defaultValue, onChoose } = field
  const state =
    value === undefined ? { defaultChecked: defaultValue === choice.value } : { checked: value === choice.value }
  return (
    <label class={css.choice} for={id}>
      <input
        {...state}
        id={id}
        type="radio"
        name={field.name}
        value={choice.value}
        required={field.required}
        onChange={() => onChoose?.(choice.value)}
      />
      <span>
        {choice.label}
        {choice.note && <span class={css.note}>{choice.note}</span>}
      </span>
    </label>
  )
}

type CheckFieldProps = FieldWords & {
  /** What the form sends when it is checked; nothing is sent otherwise. */
  readonly value?: string | undefined
  readonly checked?: boolean | undefined
  readonly defaultChecked?: boolean | undefined
  readonly onCheck?: ((checked: boolean) => void) | undefined
}

/** One yes or no. The whole line can be tapped. */
export function CheckField(props: CheckFieldProps) {
  const id = fieldId(props)
  const { checked, defaultChecked, onCheck } = props
  return (
    <div class={css.field}>
      <Hint words={props} />
      <label class={css.choice} for={id}>
        <input
          {...(checked === undefined ? { defaultChecked } : { checked })}
          id={id}
          type="checkbox"
          name={props.name}
          value={props.value ?? 'yes'}
          required={props.required}
          aria-invalid={props.error ? 'true' : undefined}
          aria-describedby={describedBy(props)}
          onChange={(event) => onCheck?.(event.currentTarget.checked)}
        />
        <span>
          <LabelWords {...props} />
        </span>
      </label>
      <FieldError words={props} />
    </div>
  )
}
