import type { ComponentChildren } from 'preact'
import css from './description-list.module.css'

export interface Described {
  readonly term: string
  readonly detail: ComponentChildren
  /** The one or two a reader came for. */
  readonly strong?: boolean | undefined
}

/** Facts with their names: day, place, what to bring. */
export function DescriptionList({ items }: { readonly items: readonly Described[] }) {
  return (
    <dl class={css.list}>
      {items.map(({ term, detail, strong }) => (
        <div key={term} class={css.item}>
          <dt class={css.term}>{term}</dt>
          <dd class={strong ? `${css.detail} ${css.strong}` : css.detail}>{detail}</dd>
        </div>
      ))}
    </dl>
  )
}
