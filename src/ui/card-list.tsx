import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'
import css from './card-list.module.css'

interface ListProps {
  readonly label?: string | undefined
  /** Lines rather than cards, for lists of staff with many entries. */
  readonly dense?: boolean | undefined
  readonly children: ComponentChildren
}

/** A list of things to open. Hold `CardLink`s in it. */
export function CardList({ label, dense, children }: ListProps) {
  // The role is said aloud: Safari forgets that a list without bullets is one.
  return (
    <ul class={dense ? `${css.list} ${css.dense}` : css.list} role="list" aria-label={label}>
      {children}
    </ul>
  )
}

interface CardProps {
  readonly href: string
  readonly heading: string
  readonly level?: 2 | 3 | 4 | undefined
  /** A `Chip`, over the heading. */
  readonly chip?: ComponentChildren
  /** What one needs before opening it: day, place, seats. */
  readonly children?: ComponentChildren
}

/** One entry; tapping anywhere on it opens it, and only its heading is read as the link. */
export function CardLink({ href, heading, level = 3, chip, children }: CardProps) {
  const Tag = `h${level}` as const
  return (
    <li class={css.card}>
      <div class={css.words}>
        {chip}
        <Tag class={css.heading}>
          <a class={css.link} href={href}>
            {heading}
          </a>
        </Tag>
        {children && <div class={css.details}>{children}</div>}
      </div>
      <span class={css.next}>
        <Icon name="next" />
      </span>
    </li>
  )
}
