import type { ComponentChildren } from 'preact'
import css from './field.module.css'

/** What every field says about itself. All of it words, handed in. */
export interface FieldWords {
  /** Where the value goes in the form. */
  readonly name: string
  /** Defaults to `name`; give one when two forms on a page share a name. An error summary links to it. */
  readonly id?: string | undefined
  readonly label: string
  readonly required?: boolean | undefined
  /** 「※必須」 or 「※任意」, as words: a star or a color explains nothing. */
  readonly requirement?: string | undefined
  /** Said before one types: an example, a unit, why it is asked. */
  readonly hint?: ComponentChildren
  /** What to do about it: 「電話番号を書いてください。」 The mark 「＊」 is put before it here. */
  readonly error?: string | undefined
}

export const fieldId = ({ id, name }: FieldWords): string => id ?? name

/** Ids a screen reader follows, the error first; `undefined` when there is nothing more to say. */
export function describedBy(words: FieldWords): string | undefined {
  const id = fieldId(words)
  return [words.error && `${id}-error`, words.hint && `${id}-hint`].filter(Boolean).join(' ') || undefined
}

export function LabelWords({ label, required, requirement }: FieldWords) {
  return (
    <>
      {label}
      {requirement && <span class={required ? `${css.need} ${css.required}` : css.need}>{requirement}</span>}
    </>
  )
}

export function Hint({ words }: { readonly words: FieldWords }) {
  return words.hint ? (
    <div class={css.hint} id={`${fieldId(words)}-hint`}>
      {words.hint}
    </div>
  ) : null
}

export function FieldError({ words }: { readonly words: FieldWords }) {
  return words.error ? (
    <p class={css.error} id={`${fieldId(words)}-error`}>
      ＊{words.error}
    </p>
  ) : null
}

/** Label, requirement, hint, input, error: below each other, in the order one reads them. */
export function FieldFrame({ words, children }: { readonly words: FieldWords; readonly children: ComponentChildren }) {
  return (
    <div class={css.field}>
      <label class={css.label} for={fieldId(words)}>
        <LabelWords {...words} />
      </label>
      <Hint words={words} />
      {children}
      <FieldError words={words} />
    </div>
  )
}
