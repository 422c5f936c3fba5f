import { useTranslation } from '#client/i18n.ts'
import type { SecondWaySheet } from '#login/domain/second-way.ts'
import type { StaffRow } from '#login/domain/staff.ts'
import { Button, ButtonRow } from '#ui/button.tsx'
import { Section } from '#ui/heading.tsx'
import { DoneBanner, FailedBanner } from './staff-trouble.tsx'
import { usePost } from './use-post.ts'

interface Props {
  readonly one: StaffRow
  readonly isSelf: boolean
  readonly onChanged: () => void
  /** The sheet, which nobody sees again. */
  readonly onMade: (sheet: SecondWaySheet) => void
}

/** Whether somebody has the second way in, and how to give it, renew it or take it away. */
export function SecondWaySection({ one, isSelf, onChanged, onMade }: Props) {
  const t = useTranslation('staff')
  const [making, removing] = [usePost<SecondWaySheet>(), usePost()]
  const path = `/api/admin/staff/${one.staffId}/second-way`

  async function make(): Promise<void> {
    const outcome = await making.post(path, {})
    if (outcome.at === 'done') onMade(outcome.answer)
    onChanged()
  }

  return (
    <Section id="second-way-heading" heading={t('way.heading')}>
      <p>{t('way.lead')}</p>
      <FailedBanner state={making.state} />
      <FailedBanner state={removing.state} />
      {one.secondWay === 'none' && <DoneBanner state={removing.state} heading={t('way.removed')} />}
      <p>{t(`way.${one.secondWay}`)}</p>
      {isSelf && <p>{t('way.own')}</p>}
      <ButtonRow>
        {!isSelf && (
          <Button
            kind="outline"
            busyWord={making.state.at === 'busy' ? t('sending') : undefined}
            onClick={() => void make()}
          >
            {t(one.secondWay === 'none' ? 'way.make' : 'way.remake')}
          </Button>
        )}
        {one.secondWay !== 'none' && (
          <Button
            kind="outline"
            busyWord={removing.state.at === 'busy' ? t('sending') : undefined}
            onClick={() => void removing.post(`${path}/remove`, {}).then(onChanged)}
          >
            {t('way.remove')}
          </Button>
        )}
      </ButtonRow>
    </Section>
  )
}
