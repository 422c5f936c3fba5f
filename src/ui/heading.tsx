import type { ComponentChildren } from 'preact'
import css from './heading.module.css'

interface Props {
  readonly level: 1 | 2 | 3
  readonly id?: string | undefined
  /** One sentence under the heading: what to do on this page. */
  readonly lead?: ComponentChildren
  readonly children: ComponentChildren
}

export function Heading({ level, id, lead, children }: Props) {
  const Tag = `h${level}` as const
  return (
    <div>
      <Tag class={css[Tag]} id={id}>
        {children}
      </Tag>
      {lead && <p class={css.lead}>{lead}</p>}
    </div>
  )
}

/** A part of a page under its own heading. */
export function Section({
  id,
  heading,
  children,
}: {
  readonly id: string
  readonly heading: string
  readonly children: ComponentChildren
}) {
  return (
    <section class={css.section} aria-labelledby={id}>
      <Heading level={2} id={id}>
        {heading}
      </Heading>
      {children}
    </section>
  )
}
