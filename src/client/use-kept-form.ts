import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { forgetForm, keepForm, readForm, type TypedFields } from './forms.ts'
import type { LocalDb } from './local-db.ts'

export interface KeptForm<Typed extends TypedFields> {
  /** `undefined` until this device has been looked at. */
  readonly typed: Typed | undefined
  /** The words are of an earlier time: the page was left, or closed, before they were sent. */
  readonly isRestored: boolean
  readonly type: (change: Partial<Typed>) => void
  /** Nothing stays on this device, and the form goes on with `next`. */
  readonly forget: (next: Typed) => Promise<void>
}

/** A form that is kept while one types, under its name. `initial` is what it begins with; `undefined` while the page is still
 *  reading it. Only the first one given counts: what a person types is never overwritten by news. */
export function useKeptForm<Typed extends TypedFields>(
  db: LocalDb,
  name: string,
  initial: Typed | undefined,
): KeptForm<Typed> {
  const [shown, setShown] = useState<{ typed: Typed; isRestored: boolean } | null>(null)
  const latest = useRef<Typed | null>(null)
  const writer = useMemo(() => createWriter(db, name), [db, name])
  const isReady = initial !== undefined

  function show(typed: Typed, isRestored: boolean): void {
    latest.current = typed
    setShown({ typed, isRestored })
  }

  useEffect(() => {
    if (initial === undefined) return
    let isLeft = false
    const begin = (kept: TypedFields | null): void => {
      if (!isLeft) show({ ...initial, ...kept }, kept !== null)
    }
    readForm(db, name).then(begin, () => begin(null)) // no store: the form works all the same, and `db.trouble` says so
    return () => {
      isLeft = true
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only the first `initial` counts
  }, [db, name, isReady])

  return {
    typed: shown?.typed,
    isRestored: shown?.isRestored ?? false,
    type(change) {
      if (latest.current === null) return
      const typed = { ...latest.current, ...change }
      show(typed, shown?.isRestored ?? false)
      writer.keep(typed)
    },
    async forget(next) {
      show(next, false)
      await writer.forget()
    },
  }
}

interface Writer {
  keep(typed: TypedFields): void
  forget(): Promise<void>
}

/** Writes one at a time, and after each only the newest words: a fast hand on a slow disk is never far ahead of what is kept. */
function createWriter(db: LocalDb, name: string): Writer {
  let newest: TypedFields | null = null
  let writing: Promise<void> | null = null

  async function writeAll(): Promise<void> {
    while (newest !== null) {
      const typed = newest
      newest = null
      await keepForm(db, name, typed).catch(() => {}) // said by `db.trouble`; the words are still on the screen
    }
    writing = null
  }

  return {
    keep(typed) {
      newest = typed
      writing ??= writeAll()
    },
    async forget() {
      newest = null
      await writing
      await forgetForm(db, name).catch(() => {})
    },
  }
}
