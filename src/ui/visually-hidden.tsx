import type { ComponentChildren } from 'preact'
import css from './visually-hidden.module.css'

/** Words for the ear only, where the eye has them from the place they stand in. */
export function VisuallyHidden({ children }: { readonly children: ComponentChildren }) {
  return <span class={css.hidden}>{children}</span>
}
