import type { FieldWords } from '#ui/field-frame.tsx'
import { TextField } from '#ui/field.tsx'
import css from './lock.module.css'

type Props = FieldWords & {
  readonly value: string
  readonly onInput: (value: string) => void
  /** Shown as dots, for a room full of people. */
  readonly isHidden?: boolean
  /** `one-time-code` for what the office gave; nothing else is offered or kept by the browser. */
  readonly autoComplete?: 'one-time-code' | 'off'
}

/** Digits, large, however they are typed or pasted. */
export function DigitsField({ isHidden = false, autoComplete = 'off', ...field }: Props) {
  return (
    <div class={isHidden ? `${css.digits} ${css.hidden}` : css.digits}>
      <TextField {...field} inputMode="numeric" autoComplete={autoComplete} width="medium" />
    </div>
  )
}
