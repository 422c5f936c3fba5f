import { useTranslation } from '#client/i18n.ts'
import type { DecisionState } from '#client/use-decision.ts'
import { Arrival } from '#ui/arrival.tsx'
import { Banner } from '#ui/banner.tsx'

interface Props {
  readonly name: string
  readonly state: DecisionState | null
  /** This device could not even keep the request. */
  readonly isLost: boolean
}

/** What became of taking an enrollment back. */
export function CancelNews({ name, state, isLost }: Props) {
  const t = useTranslation('enrollmentOffice')
  if (isLost) return <Banner kind="error" kindWord={t('kindWord.check')} heading={t('problem.not_kept')} />
  if (state === null) return null
  const isRefused = state.status === 'refused'
  const isDone = state.status === 'accepted'
  const kind = isRefused ? 'error' : isDone ? 'success' : 'info'
  const word = isRefused ? 'check' : isDone ? 'done' : 'notice'
  return (
    <Arrival key={state.status}>
      <Banner kind={kind} kindWord={t(`kindWord.${word}`)} heading={t(`cancel.${state.status}`, { name })}>
        {state.status === 'refused' && <p>{t(refusalKey(state.refusal.code))}</p>}
      </Banner>
    </Arrival>
  )
}

function refusalKey(code: string) {
  if (code === 'already_cancelled' || code === 'enrollment_unknown') return `refusal.${code}` as const
  return code === 'not_permitted' ? 'refusal.not_permitted' : 'refusal.other'
}
