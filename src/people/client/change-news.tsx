import { useTranslation } from '#client/i18n.ts'
import { Banner, News } from '#ui/banner.tsx'
import type { ChangeState } from './use-person-change.ts'

const SAID = ['learner_unknown', 'person_erased', 'still_enrolled', 'same_learner', 'not_permitted'] as const

/** What came of the last change, in words. */
export function ChangeNews({ state }: { readonly state: ChangeState | null }) {
  return <News>{state && <Said state={state} />}</News>
}

function Said({ state }: { readonly state: ChangeState }) {
  const t = useTranslation('people')
  switch (state.status) {
    case 'accepted':
      return <Banner kind="success" kindWord={t('kind.done')} heading={t(`said.${state.change}`)} announce={false} />
    case 'waiting':
    case 'held':
      return <Banner kind="info" kindWord={t('kind.notice')} heading={t(`said.${state.status}`)} announce={false} />
    case 'lost':
      return <Banner kind="error" kindWord={t('kind.check')} heading={t('problem.not_kept')} announce={false} />
    case 'refused':
      return (
        <Banner kind="error" kindWord={t('kind.check')} heading={t('said.refused')} announce={false}>
          <p>{t(`refusal.${SAID.find((one) => one === state.code) ?? 'other'}`)}</p>
        </Banner>
      )
  }
}
