import { useTranslation } from '#client/i18n.ts'
import { usePage } from '#client/page-context.tsx'
import type { OnlineAnswer } from '#client/use-online.ts'
import { Arrival } from '#ui/arrival.tsx'
import { Banner } from '#ui/banner.tsx'
import { Button, ButtonLink } from '#ui/button.tsx'
import { signInPath } from './enter.ts'
import type { ja } from './staff-messages.ja.ts'
import type { PostState } from './use-post.ts'

/** Every code that has words here; the compiler keeps the two lists equal. */
const PROBLEMS: Readonly<Record<keyof typeof ja.problem, true>> = {
  staff_unknown: true,
  staff_disabled: true,
  instructor_unknown: true,
  instructor_taken: true,
  last_admin: true,
  not_an_admin: true,
  own_recovery: true,
  asked_by_yourself: true,
  recovery_waiting: true,
  recovery_unknown: true,
  own_second_way: true,
  second_way_unknown: true,
  second_way_wrong: true,
  not_permitted: true,
  sign_in_again: true,
  offline: true,
  fault: true,
}

function problemOf(code: string | null): keyof typeof ja.problem {
  return code !== null && Object.hasOwn(PROBLEMS, code) ? (code as keyof typeof ja.problem) : 'fault'
}

/** Why the list is not on the screen, or not the newest one. */
export function StaffTrouble({ answer }: { readonly answer: OnlineAnswer<unknown> }) {
  const t = useTranslation('staff')
  const { state, code } = answer
  if (state === 'ready') return null
  if (state === 'loading') return answer.data === null ? <p role="status">{t('loading')}</p> : null
  return (
    <Banner kind="warning" kindWord={t('kind.check')} heading={t('trouble.heading')}>
      <p>{t(`problem.${state === 'refused' ? problemOf(code) : state}`)}</p>
      {state !== 'refused' && (
        <Button kind="outline" size="small" onClick={answer.reload}>
          {t('trouble.retry')}
        </Button>
      )}
    </Banner>
  )
}

/** Why something was not done, in words; nothing in any other state. */
export function FailedBanner({ state }: { readonly state: PostState<unknown> }) {
  const t = useTranslation('staff')
  const { path } = usePage()
  if (state.at !== 'failed') return null
  return (
    <Arrival key={state.count}>
      <Banner kind="error" kindWord={t('kind.check')} heading={t('failed')}>
        <p>{t(`problem.${problemOf(state.code)}`)}</p>
        {state.code === 'sign_in_again' && (
          <ButtonLink size="small" href={signInPath(path)}>
            {t('enter')}
          </ButtonLink>
        )}
      </Banner>
    </Arrival>
  )
}

/** That something was done, where the eye is; nothing in any other state. */
export function DoneBanner({ state, heading }: { readonly state: PostState<unknown>; readonly heading: string }) {
  const t = useTranslation('staff')
  if (state.at !== 'done') return null
  return (
    <Arrival key={state.count}>
      <Banner kind="success" kindWord={t('kind.done')} heading={heading} announce={false} />
    </Arrival>
  )
}
