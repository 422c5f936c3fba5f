import type { ComponentChildren } from 'preact'
import css from './button.module.css'

interface Look {
  /** `solid` once per page: what the page is for. `outline` beside it; `text` for the way back. */
  readonly kind?: 'solid' | 'outline' | 'text' | undefined
  /** `primary` is 56px tall, `small` 48px; nothing is smaller. */
  readonly size?: 'primary' | 'small' | undefined
  /** Fills the line. */
  readonly wide?: boolean | undefined
  readonly id?: string | undefined
  /** Full name for a screen reader when the visible words need their neighbors: 「山田さんを受け付ける」. Must contain them. */
  readonly label?: string | undefined
  readonly describedBy?: string | undefined
  readonly children: ComponentChildren
}

interface ButtonProps extends Look {
  readonly type?: 'submit' | 'button' | undefined
  readonly name?: string | undefined
  readonly value?: string | undefined
  /** What it says while it works: 「送っています」. Given = busy: it stays reachable, and a second tap does nothing. */
  readonly busyWord?: string | undefined
  readonly pressed?: boolean | undefined
  readonly onClick?: ((event: MouseEvent) => void) | undefined
}

const classes = ({ kind = 'solid', size = 'primary', wide }: Look): string =>
  [css.button, css[kind], size === 'small' && css.small, wide && css.wide].filter(Boolean).join(' ')

const swallow = (event: Event): void => event.preventDefault()

/** Always enabled: a gray button explains nothing, so say in words what is missing when it is pressed. */
export function Button(props: ButtonProps) {
  const { type = 'button', busyWord, children } = props
  return (
    <button
      class={classes(props)}
      id={props.id}
      type={type}
      name={props.name}
      value={props.value}
      aria-label={busyWord ? undefined : props.label}
      aria-describedby={props.describedBy}
      aria-pressed={props.pressed}
      aria-busy={busyWord ? 'true' : undefined}
      onClick={busyWord ? swallow : props.onClick}
    >
      {busyWord ?? children}
    </button>
  )
}

interface ButtonLinkProps extends Look {
  readonly href: string
  /** A file to keep rather than a page to open. */
  readonly download?: boolean | undefined
}

/** Goes somewhere; looks like a button because it is the next step. */
export function ButtonLink(props: ButtonLinkProps) {
  return (
    <a
      class={classes(props)}
      id={props.id}
      href={props.href}
      download={props.download}
      aria-label={props.label}
      aria-describedby={props.describedBy}
    >
      {props.children}
    </a>
  )
}

/** Buttons beside each other, below each other on a phone. */
export function ButtonRow({ children }: { readonly children: ComponentChildren }) {
  return <div class={css.row}>{children}</div>
}
