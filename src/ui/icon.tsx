import css from './icon.module.css'

const PATHS = {
  success: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20M7 12.5l3.5 3.5L17 9',
  error: 'M8 2h8l6 6v8l-6 6H8l-6-6V8zM12 7v6M12 16.5v.5',
  warning: 'M12 3L1.5 21h21zM12 10v5M12 18v.2',
  info: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20M12 11v6M12 7v.5',
  phone: 'M5 3h4l2 5-2.5 1.5a12 12 0 0 0 6 6L16 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 5a2 2 0 0 1 2-2',
  next: 'M9 5l7 7-7 7',
} as const

export type IconName = keyof typeof PATHS

/** A drawing beside words that say the same; never alone. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={css.icon} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  )
}
