import type { ComponentChildren, InputHTMLAttributes, TargetedEvent } from 'preact'
import { describedBy, FieldFrame, fieldId, type FieldWords } from './field-frame.tsx'
import css from './field.module.css'

/** A text a person types. With `defaultValue` the page keeps it, with `value` the program does. */
export interface TextValue {
  readonly value?: string | undefined
  readonly defaultValue?: string | undefined
  readonly onInput?: ((value: string) => void) | undefined
}

interface InputLook {
  /** As wide as what is expected: 8 or 16 characters, or the whole line. */
  readonly width?: 'short' | 'medium' | 'full' | undefined
}

type TextFieldProps = FieldWords &
  TextValue &
  InputLook & {
    readonly type?: 'text' | 'tel' | 'email' | 'search' | 'url' | 'password' | 'file' | undefined
    readonly inputMode?: 'text' | 'numeric' | 'tel' | 'email' | 'search' | undefined
    /** What the browser may offer: `name`, `tel`, `off`, `one-time-code`, … */
    readonly autoComplete?: string | undefined
    readonly maxLength?: number | undefined
    /** For `type="file"`: 「.csv」. */
    readonly accept?: string | undefined
  }

const inputClass = (width: InputLook['width'] = 'full'): string =>
  width === 'full' ? `${css.input}` : `${css.input} ${css[width]}`

/** What an input, a select and a textarea have in common. */
export const controlProps = (words: FieldWords) => ({
  id: fieldId(words),
  name: words.name,
  required: words.required,
  'aria-invalid': words.error ? ('true' as const) : undefined,
  'aria-describedby': describedBy(words),
})

type InputEvent = TargetedEvent<HTMLInputElement | HTMLTextAreaElement>

/** Leaves out what is not given, so that an uncontrolled input stays the browser's. */
function valueProps({ value, defaultValue, onInput }: TextValue) {
  return {
    ...(value === undefined ? {} : { value }),
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...(onInput ? { onInput: (event: InputEvent) => onInput(event.currentTarget.value) } : {}),
  }
}

/** While it is empty, the browser may offer what it knows of its owner. Once something is typed it shall not remember it, nor write
 *  it down to restore the page: many hands use a phone in a hall. Where no program runs, the browser does as its owner has set it. */
function offerProps({ autoComplete, value, defaultValue, onInput }: TextFieldProps) {
  if (autoComplete !== 'name' && autoComplete !== 'tel-national') return { autoComplete }
  return {
    autoComplete: (value ?? defaultValue) ? 'off' : autoComplete,
    onInput: (event: InputEvent) => {
      event.currentTarget.setAttribute('autocomplete', 'off')
      onInput?.(event.currentTarget.value)
    },
  }
}

export function TextField(props: TextFieldProps) {
  const { type = 'text', width, inputMode, maxLength, accept } = props
  // One kind of input per type, says the type of `<input>`; which one it is, only the caller knows.
  const kind = { type } as InputHTMLAttributes<HTMLInputElement>
  return (
    <FieldFrame words={props}>
      <input
        {...kind}
        {...controlProps(props)}
        {...valueProps(props)}
        class={inputClass(width)}
        inputMode={inputMode}
        {...offerProps(props)}
        maxLength={maxLength}
        accept={accept}
      />
    </FieldFrame>
  )
}

type TextAreaProps = FieldWords &
  TextValue & { readonly rows?: number | undefined; readonly maxLength?: number | undefined }

export function TextArea(props: TextAreaProps) {
  return (
    <FieldFrame words={props}>
      <textarea
        {...controlProps(props)}
        {...valueProps(props)}
        class={`${css.input} ${css.area}`}
        rows={props.rows ?? 4}
        maxLength={props.maxLength}
      />
    </FieldFrame>
  )
}

type NumberFieldProps = FieldWords &
  TextValue & { readonly unit?: ComponentChildren; readonly maxLength?: number | undefined }

/** A whole number with its unit. Text with a number pad, not `type="number"`: a scroll must not change it,
 *  and what was typed wrongly (「１２」, 「12人」) must come back as it was typed. The hint or the label says the unit too. */
export function NumberField(props: NumberFieldProps) {
  return (
    <FieldFrame words={props}>
      <span class={css.line}>
        <input
          {...controlProps(props)}
          {...valueProps(props)}
          class={inputClass('short')}
          type="text"
          inputMode="numeric"
          autoComplete="off"
          maxLength={props.maxLength}
        />
        {props.unit && <span>{props.unit}</span>}
      </span>
    </FieldFrame>
  )
}

type DateFieldProps = FieldWords & TextValue & { readonly min?: string | undefined; readonly max?: string | undefined }

/** A day, 2026-05-12. The browser's own picker: only organizers type days, many in a row, and want the weekday
 *  in front of them. A resident is never asked for one; offer days as choices (`ChoiceField`) instead. */
export function DateField(props: DateFieldProps) {
  return (
    <FieldFrame words={props}>
      <input
        {...controlProps(props)}
        {...valueProps(props)}
        class={inputClass('medium')}
        type="date"
        min={props.min}
        max={props.max}
      />
    </FieldFrame>
  )
}

type TimeFieldProps = FieldWords & TextValue & { readonly stepMin?: number | undefined }

/** A time of day, 13:30. For organizers, like `DateField`. */
export function TimeField(props: TimeFieldProps) {
  return (
    <FieldFrame words={props}>
      <input
        {...controlProps(props)}
        {...valueProps(props)}
        class={inputClass('medium')}
        type="time"
        step={props.stepMin && props.stepMin * 60}
      />
    </FieldFrame>
  )
}
