import { controlProps } from './field.tsx'
import { FieldFrame, type FieldWords } from './field-frame.tsx'
import css from './field.module.css'

type Props = FieldWords & {
  readonly options: readonly { readonly value: string; readonly label: string }[]
  /** The first line, standing for no answer: 「えらんでください」. */
  readonly emptyWord?: string | undefined
  readonly value?: string | undefined
  readonly defaultValue?: string | undefined
  readonly onChoose?: ((value: string) => void) | undefined
}

/** One of many, for organizers only (venues, fiscal years). Residents get `ChoiceField`. */
export function SelectField(props: Props) {
  const { options, emptyWord, value, defaultValue, onChoose } = props
  const chosen = value ?? defaultValue
  return (
    <FieldFrame words={props}>
      <select
        {...controlProps(props)}
        {...(value === undefined ? {} : { value })}
        class={`${css.input} ${css.medium}`}
        onChange={(event) => onChoose?.(event.currentTarget.value)}
      >
        {emptyWord !== undefined && <option value="">{emptyWord}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === chosen}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  )
}
