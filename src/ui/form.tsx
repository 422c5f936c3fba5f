import type { ComponentChildren, RefObject } from 'preact'
import css from './field.module.css'

interface Props {
  readonly id?: string | undefined
  /** Where it goes when no program runs in the page. */
  readonly action?: string | undefined
  readonly method?: 'get' | 'post' | undefined
  /** Needed when it carries a file. */
  readonly multipart?: boolean | undefined
  /** Called instead of sending. Read it with `new FormData(form)`. */
  readonly onSend?: ((form: HTMLFormElement) => void) | undefined
  /** Called after each keystroke and choice, to keep what was typed. */
  readonly onType?: ((form: HTMLFormElement) => void) | undefined
  readonly formRef?: RefObject<HTMLFormElement | null> | undefined
  readonly children: ComponentChildren
}

/** A real form. The browser's own bubbles stay off: they vanish, and their words are not ours. */
export function Form({ id, action, method = 'post', multipart, onSend, onType, formRef, children }: Props) {
  return (
    <form
      class={css.form}
      id={id}
      {...(formRef && { ref: formRef })}
      action={action}
      method={method}
      encType={multipart ? 'multipart/form-data' : undefined}
      noValidate
      onInput={onType && ((event) => onType(event.currentTarget))}
      onSubmit={
        onSend &&
        ((event) => {
          event.preventDefault()
          onSend(event.currentTarget)
        })
      }
    >
      {children}
    </form>
  )
}
