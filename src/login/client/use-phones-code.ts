import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { postJson } from '#client/post-json.ts'
import { PAIRING_CODE_SHOWN_MIN } from '#login/domain/pairing-limits.ts'
import type { MadeCode, MakeCode } from '#login/domain/pairing-list.ts'
import type { InstructorId } from '#people/domain/instructor.ts'

type Use = MakeCode['use']

export interface ShownCode extends MadeCode {
  readonly use: Use
}

interface PhonesCodeState {
  /** `over`: what was made for the screen is too old by now. */
  readonly made: ShownCode | 'over' | null
  readonly making: Use | null
  /** Why none could be made. */
  readonly problem: string | null
  readonly make: (use: Use) => void
}

/** One code at a time, made when the page opens and whenever it is asked for. One for paper opens the printer. Kept in memory alone. */
export function usePhonesCode(instructorId: InstructorId): PhonesCodeState {
  const [made, setMade] = useState<PhonesCodeState['made']>(null)
  const [making, setMaking] = useState<Use | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const busy = useRef(false)

  const make = useCallback(
    (use: Use) => {
      if (busy.current) return
      busy.current = true
      setMaking(use)
      void postJson<MadeCode>('/api/admin/phones/code', { instructorId, use } satisfies MakeCode).then((posted) => {
        busy.current = false
        setMaking(null)
        setProblem(posted.ok ? null : posted.code)
        if (posted.ok) setMade({ ...posted.answer, use })
      })
    },
    [instructorId],
  )

  useEffect(() => make('screen'), [make])

  useEffect(() => {
    if (made === null || made === 'over') return
    if (made.use === 'printed') return print() // it stands on the page by now
    const timer = setTimeout(() => setMade('over'), PAIRING_CODE_SHOWN_MIN * 60_000) // the clock of this computer may be wrong
    return () => clearTimeout(timer)
  }, [made])

  return { made, making, problem, make }
}
