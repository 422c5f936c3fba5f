import { useCallback, useState } from 'preact/hooks'
import type { Recorder } from '#client/recorder.ts'
import { assessCheckIn, type CheckInConcern } from '#attendance/domain/check-in-concern.ts'
import type { RosterLine } from '#attendance/domain/roster.ts'
import { instantOf } from '#kernel/time.ts'
import { type Session, startsAt } from '#sessions/domain/session.ts'
import { checkIn, undoCheckIn } from './roster-store.ts'

/** What the last tap did, in a form the page can say. */
export type DeskNews =
  | { readonly did: 'done'; readonly name: string; readonly concern: CheckInConcern | null }
  | { readonly did: 'undone'; readonly name: string }
  | { readonly did: 'failed'; readonly name: string }

/** The two things a helper does with a name. A tap that could not be kept is said at once: never a silent loss. */
export function useCheckIn(recorder: Recorder, session: Session) {
  const [news, setNews] = useState<DeskNews | null>(null)

  const onCheckIn = useCallback(
    (line: RosterLine): void => {
      const name = line.name ?? line.nameKana
      const facts = { startsAt: startsAt(session), sessionCancelled: session.state === 'cancelled', entry: line.state }
      const concern = assessCheckIn(facts, instantOf(Date.now()))
      checkIn(recorder, session.sessionId, line.learnerId).then(
        () => setNews({ did: 'done', name, concern }),
        () => setNews({ did: 'failed', name }),
      )
    },
    [recorder, session],
  )

  const onUndo = useCallback(
    (line: RosterLine): void => {
      const name = line.name ?? line.nameKana
      undoCheckIn(recorder, session.sessionId, line).then(
        () => setNews({ did: 'undone', name }),
        () => setNews({ did: 'failed', name }),
      )
    },
    [recorder, session.sessionId],
  )

  return { news, onCheckIn, onUndo }
}
