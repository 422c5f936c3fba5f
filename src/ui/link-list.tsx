import css from './link-list.module.css'

export interface ListedLink {
  readonly href: string
  readonly text: string
  /** The language of `text` when it is not the page's own. */
  readonly lang?: string | undefined
  readonly current?: boolean | undefined
}

interface Props {
  readonly label: string
  readonly links: readonly ListedLink[]
  /** For what is beside the point of the page: languages, the foot. */
  readonly quiet?: boolean | undefined
}

/** A row of links with a name: the menu of a page, or its languages. Marks where one is. */
export function LinkList({ label, links, quiet }: Props) {
  return (
    <nav aria-label={label}>
      <ul class={quiet ? `${css.list} ${css.quiet}` : css.list}>
        {links.map(({ href, text, lang, current }) => (
          <li key={href}>
            <a class={css.link} href={href} lang={lang} hreflang={lang} aria-current={current ? 'page' : undefined}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
