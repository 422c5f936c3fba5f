import type { ComponentChildren } from 'preact'
import css from './figures.module.css'

interface BigNumberProps {
  readonly label: string
  /** Already in the reader's notation: 「1,234」, 「―」 when there is none. */
  readonly value: string
  readonly unit: string
  /** Where it comes from, as a link or a sentence. */
  readonly note?: ComponentChildren
}

/** One figure and what it counts. */
export function BigNumber({ label, value, unit, note }: BigNumberProps) {
  return (
    <div class={css.figure}>
      <p class={css.label}>{label}</p>
      <p class={css.number}>
        <span class={css.value}>{value}</span>
        <span>{unit}</span>
      </p>
      {note && <div class={css.note}>{note}</div>}
    </div>
  )
}

interface RatioProps {
  readonly id: string
  readonly label: string
  readonly value: number
  /** 0 or less has no ratio: the words stand alone. */
  readonly target: number
  /** The same in words: 「200人のうち132人（66％）」. */
  readonly words: string
}

/** How far along: in words first, then as a bar that never runs over. */
export function ProgressRatio({ id, label, value, target, words }: RatioProps) {
  return (
    <div class={css.figure}>
      <p class={css.label} id={`${id}-label`}>
        {label}
      </p>
      <p id={`${id}-words`}>{words}</p>
      {target > 0 && (
        <progress
          class={css.bar}
          id={id}
          max={target}
          value={Math.min(Math.max(value, 0), target)}
          aria-labelledby={`${id}-label`}
          aria-describedby={`${id}-words`}
        />
      )}
    </div>
  )
}

interface StepsProps {
  /** 「3つのうち1つ目」. */
  readonly words: string
  readonly current: number
  readonly total: number
}

/** Where one is in a short way: the words say it, the bars repeat it. */
export function Steps({ words, current, total }: StepsProps) {
  return (
    <div class={css.steps}>
      <p class={css.step}>{words}</p>
      <div class={css.segments} aria-hidden="true">
        {Array.from({ length: total }, (_, index) => (
          <span key={index} class={index < current ? `${css.segment} ${css.reached}` : css.segment} />
        ))}
      </div>
    </div>
  )
}
