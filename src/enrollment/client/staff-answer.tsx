import { useTranslation } from '#client/i18n.ts'
import type { DecisionState } from '#client/use-decision.ts'
import { formatReceipt } from '#enrollment/domain/receipt-number.ts'
import type { OperationOf } from '#sync/domain/protocol.ts'
import { Arrival } from '#ui/arrival.tsx'
import { Banner } from '#ui/banner.tsx'
import css from './enrollment-office.module.css'

interface Props {
  readonly said: OperationOf<'enrollment.request'>
  readonly state: DecisionState
}

/** What to read aloud to the caller: a seat or a place on the waitlist, and the 受付番号. */
export function StaffAnswer({ said, state }: Props) {
  const t = useTranslation('enrollmentOffice')
  const { name } = said.payload
  if (state.status === 'refused') return null // said at the field
  if (state.status !== 'accepted' || state.value === null) {
    return (
      <Banner
        kind="info"
        kindWord={t('kindWord.notice')}
        heading={t(`answer.${state.status}`, { name })}
        announce={false}
      >
        <p>{t('answer.later')}</p>
      </Banner>
    )
  }
  const { value } = state
  const heading =
    value.state === 'enrolled'
      ? t('answer.enrolled', { name })
      : t('answer.waitlisted', { name, position: value.position })
  return (
    <Arrival key={said.id}>
      <Banner kind="success" kindWord={t('kindWord.done')} heading={heading} announce={false}>
        <p>{t('answer.receipt')}</p>
        <p class={css.receipt}>{formatReceipt(value.receiptNumber)}</p>
        <p>{t(value.state === 'enrolled' ? 'answer.sayEnrolled' : 'answer.sayWaitlisted')}</p>
      </Banner>
    </Arrival>
  )
}
