import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import css from './arrival.module.css'

const TYPING = 'textarea, select, input:not([type=file], [type=checkbox], [type=radio])'

/** Takes the focus when it appears, and the screen with it: for what a tap has brought up, where the button is gone.
 *  Somebody who is typing keeps the focus: they only get to see it. */
export function Arrival({ children }: { readonly children: ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (document.activeElement?.matches(TYPING)) box.current?.scrollIntoView({ block: 'nearest' })
    else box.current?.focus()
  }, [])
  return (
    <div class={css.box} ref={box} tabIndex={-1}>
      {children}
    </div>
  )
}
