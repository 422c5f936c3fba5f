import css from './chip.module.css'

interface Props {
  /** How the word feels; the word itself says what is so. */
  readonly tone: 'good' | 'care' | 'bad' | 'info' | 'plain'
  /** 「受付中」「満員」「中止」. */
  readonly children: string
}

/** A state in one word. Color only underlines it. */
export function Chip({ tone, children }: Props) {
  return <span class={`${css.chip} ${css[tone]}`}>{children}</span>
}
