import css from './list-index.module.css'

export interface IndexEntry {
  /** 「あ」「か」 or a first letter. */
  readonly text: string
  /** Where its part of the list begins; none when nobody is there. */
  readonly href?: string | undefined
  readonly current?: boolean | undefined
}

interface Props {
  readonly label: string
  readonly entries: readonly IndexEntry[]
  /** Called when the page filters instead of jumping. */
  readonly onPick?: ((entry: IndexEntry) => void) | undefined
}

/** The tabs on the edge of a long list: 五十音 rows. Empty ones stay in place, so that the hand learns where each is. */
export function ListIndex({ label, entries, onPick }: Props) {
  return (
    <nav aria-label={label}>
      <ul class={css.list} role="list">
        {entries.map((entry) => (
          <li key={entry.text}>
            {entry.href === undefined ? (
              <span class={`${css.entry} ${css.empty}`}>{entry.text}</span>
            ) : (
              <a
                class={css.entry}
                href={entry.href}
                aria-current={entry.current ? 'true' : undefined}
                onClick={
                  onPick &&
                  ((event) => {
                    event.preventDefault()
                    onPick(entry)
                  })
                }
              >
                {entry.text}
              </a>
            )}
          </li>
        ))}
      </ul>
    </nav>
  )
}
