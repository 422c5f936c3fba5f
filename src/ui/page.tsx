import './tokens.css'
import './global.css'
import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'
import css from './page.module.css'

interface Link {
  readonly href: string
  readonly text: string
}

interface Props {
  /** The product's name; it leads home. */
  readonly product: string
  readonly city: string
  /** Shown at the foot of each page as well: 「ホームへ戻る」. */
  readonly home: Link
  /** 「本文へ移動」, first thing a keyboard reaches. */
  readonly skipWord: string
  /** A person to ask, in the same place on each screen (WCAG 2.2, 3.2.6). `phone` as people read it. */
  readonly help: { readonly heading: string; readonly phone: string; readonly hours: string }
  readonly navigation?: ComponentChildren
  readonly language?: ComponentChildren
  /** What the device wants to say about itself (waiting to be sent, no network). Read aloud when it changes. */
  readonly status?: ComponentChildren
  /** Beside the way home, for the few who look for it. */
  readonly aside?: Link | null
  readonly footer?: ComponentChildren
  /** `wide` for tables of staff; residents get lines short enough to read. */
  readonly width?: 'reading' | 'wide'
  readonly children: ComponentChildren
}

const dialable = (phone: string): string => phone.replace(/[^\d+]/g, '')

/** The frame around each page: who runs this, where to go, what is the matter, whom to call. */
export function PageFrame(props: Props) {
  const { product, city, home, help, width = 'reading' } = props
  return (
    <div class={width === 'wide' ? `${css.page} ${css.wide}` : css.page}>
      <a class={css.skip} href="#main">
        {props.skipWord}
      </a>
      <header class={css.header}>
        <div class={css.bar}>
          <a class={css.brand} href={home.href}>
            <span class={css.product}>{product}</span> <span class={css.city}>{city}</span>
          </a>
          {props.language}
        </div>
        {props.navigation && <div class={css.menu}>{props.navigation}</div>}
        <div class={css.status} role="status">
          {props.status && <div>{props.status}</div>}
        </div>
      </header>
      <main class={css.main} id="main" tabIndex={-1}>
        {props.children}
      </main>
      <footer class={css.footer}>
        <div class={css.helpBand}>
          <div class={css.help}>
            <h2 class={css.helpHeading}>{help.heading}</h2>
            <a class={css.phone} href={`tel:${dialable(help.phone)}`}>
              <Icon name="phone" />
              {help.phone}
            </a>
            <p>{help.hours}</p>
          </div>
        </div>
        <div class={css.links}>
          <a class={css.home} href={home.href}>
            {home.text}
          </a>
          {props.aside && (
            <a class={css.home} href={props.aside.href}>
              {props.aside.text}
            </a>
          )}
          {props.footer}
        </div>
      </footer>
    </div>
  )
}

/** Things below each other with the room a page gives its own parts. */
export function Stack({ children }: { readonly children: ComponentChildren }) {
  return <div class={css.stack}>{children}</div>
}
