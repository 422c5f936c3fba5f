import { useEffect, useRef } from 'preact/hooks'
import { Icon } from './icon.tsx'
import css from './banner.module.css'

export interface FieldProblem {
  /** The field's id (its `name` unless it was given one). */
  readonly fieldId: string
  /** The same words as under the field. */
  readonly text: string
}

interface Props {
  readonly id?: string | undefined
  /** 「確かめてください」 beside the sign. */
  readonly kindWord: string
  /** 「2か所を直してください」. */
  readonly heading: string
  /** A new array for each attempt: focus moves here each time it changes. Empty = nothing is shown. */
  readonly problems: readonly FieldProblem[]
}

/** What has to be put right, each line a link to its field. Takes the focus, so that nobody looks for it. */
export function ErrorSummary({ id = 'problems', kindWord, heading, problems }: Props) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [problems])
  if (problems.length === 0) return null
  return (
    <div
      class={`${css.banner} ${css.error}`}
      id={id}
      ref={box}
      tabIndex={-1}
      role="group"
      aria-labelledby={`${id}-heading`}
    >
      <p class={css.kind}>
        <Icon name="error" />
        {kindWord}
      </p>
      <h2 class={css.heading} id={`${id}-heading`}>
        {heading}
      </h2>
      <div class={css.body}>
        <ul class={css.list}>
          {problems.map(({ fieldId, text }) => (
            <li key={fieldId}>
              <a href={`#${fieldId}`}>{text}</a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
