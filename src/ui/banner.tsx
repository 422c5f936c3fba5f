import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'
import css from './banner.module.css'

export interface BannerProps {
  readonly kind: 'success' | 'error' | 'warning' | 'info'
  /** The kind in words, beside its sign: 「できました」「確かめてください」「お知らせ」. */
  readonly kindWord: string
  readonly heading: string
  /** `false` for one that has always been on the page: only news interrupts a screen reader. */
  readonly announce?: boolean | undefined
  readonly children?: ComponentChildren
}

function roleOf({ kind, announce = true }: BannerProps): 'alert' | 'status' | undefined {
  if (!announce) return undefined
  return kind === 'error' ? 'alert' : 'status'
}

/** What has just happened or must be known: sign, word, heading, and what to do next. */
export function Banner(props: BannerProps) {
  return (
    <div class={`${css.banner} ${css[props.kind]}`} role={roleOf(props)}>
      <p class={css.kind}>
        <Icon name={props.kind} />
        {props.kindWord}
      </p>
      <p class={css.heading}>{props.heading}</p>
      {props.children && <div class={css.body}>{props.children}</div>}
    </div>
  )
}

/** Stands empty on the page until there is a banner to put in, so that a screen reader hears it arrive. */
export function News({ children }: { readonly children?: ComponentChildren }) {
  return <div role="status">{children}</div>
}
