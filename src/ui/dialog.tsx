import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Button, ButtonRow } from './button.tsx'
import css from './dialog.module.css'

interface Props {
  /** Stable and unique on the page. */
  readonly id: string
  readonly open: boolean
  /** A question: 「この回を中止しますか」. */
  readonly heading: string
  /** What will happen, before one answers. */
  readonly children?: ComponentChildren
  /** A verb, never はい: 「中止する」. */
  readonly confirmWord: string
  /** The way back, in words as well: 「やめて前の画面に戻る」. */
  readonly cancelWord: string
  readonly busyWord?: string | undefined
  readonly onConfirm: () => void
  /** Also called for Esc and for the back gesture. */
  readonly onCancel: () => void
}

/** Asks once before something that others will notice. The browser keeps the focus inside and gives it back after. */
export function ConfirmDialog(props: Props) {
  const { id, open, heading, children, confirmWord, cancelWord, busyWord, onConfirm, onCancel } = props
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (!open) return dialog.current?.close()
    if (!dialog.current?.open) dialog.current?.showModal()
    title.current?.focus() // not a button: a second tap on the same spot must not answer
  }, [open])
  return (
    <dialog
      class={css.dialog}
      id={id}
      ref={dialog}
      aria-labelledby={`${id}-heading`}
      aria-describedby={children ? `${id}-body` : undefined}
      onCancel={(event) => {
        event.preventDefault() // `open` decides, so that page and state never disagree
        onCancel()
      }}
      onClose={() => open && onCancel()}
    >
      <h2 class={css.heading} id={`${id}-heading`} ref={title} tabIndex={-1}>
        {heading}
      </h2>
      <div class={css.body} id={`${id}-body`}>
        {children}
      </div>
      <ButtonRow>
        <Button busyWord={busyWord} onClick={onConfirm}>
          {confirmWord}
        </Button>
        <Button kind="outline" onClick={onCancel}>
          {cancelWord}
        </Button>
      </ButtonRow>
    </dialog>
  )
}
