import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import css from './arrival.module.css'

/** Takes the focus when it appears, and the screen with it: for what a tap has brought up, where the button is gone. */
export function Arrival({ children }: { readonly children: ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <div class={css.box} ref={box} tabIndex={-1}>
      {children}
    </div>
  )
}
