import { useState } from 'preact/hooks'
import { formatFiscalYear } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import type { Device } from '#client/page-context.tsx'
import { type DecisionState, useDecision } from '#client/use-decision.ts'
import type { KpiPage } from '#kpi/domain/kpi-page.ts'
import type { OperationOf } from '#sync/domain/protocol.ts'
import { Banner, News } from '#ui/banner.tsx'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/dialog.tsx'

interface Props extends Device {
  readonly page: Pick<KpiPage, 'year' | 'unreported'>
  readonly onAnswer: (isTaken: boolean) => void
}
type State = DecisionState | { readonly status: 'lost' }

/** Asks once, says what will happen, and follows the answer. */
export function CloseYear({ page, onAnswer, db, recorder }: Props) {
  const t = useTranslation('kpi')
  const year = formatFiscalYear(page.year, useLanguage())
  const [isOpen, setIsOpen] = useState(false)
  const [isLost, setIsLost] = useState(false)
  const { state, follow } = useDecision<OperationOf<'plan.closeYear'>>(db, ({ status }) =>
    onAnswer(status === 'accepted'),
  )

  async function close(): Promise<void> {
    setIsOpen(false)
    try {
      follow(await recorder.record('plan.closeYear', { fiscalYear: page.year }))
      setIsLost(false)
    } catch {
      setIsLost(true) // the disk is full or away
    }
  }

  const { factCount: facts, deviceCount: devices } = page.unreported
  return (
    <>
      <CloseNews state={isLost ? { status: 'lost' } : state} />
      <div>
        <Button kind="outline" onClick={() => setIsOpen(true)}>
          {t('closing.open', { year })}
        </Button>
      </div>
      <ConfirmDialog
        id="close-year"
        open={isOpen}
        heading={t('closing.ask', { year })}
        confirmWord={t('closing.open', { year })}
        cancelWord={t('closing.back')}
        onConfirm={() => void close()}
        onCancel={() => setIsOpen(false)}
      >
        <p>{t('closing.what')}</p>
        {devices > 0 && <p>{t('closing.unreported', { facts, devices })}</p>}
        <p>{t('closing.forEver')}</p>
      </ConfirmDialog>
    </>
  )
}

const REASONS = ['year_not_over', 'year_closed', 'not_permitted'] as const

/** What has become of it, until the page itself says so. */
function CloseNews({ state }: { readonly state: State | null }) {
  const t = useTranslation('kpi')
  if (state === null || state.status === 'accepted') return <News />
  if (state.status === 'refused') {
    const reason = REASONS.find((code) => code === state.refusal.code) ?? 'other'
    return (
      <News>
        <Banner kind="warning" kindWord={t('kind.check')} heading={t('closing.said.refused')} announce={false}>
          <p>{t(`closing.refusal.${reason}`)}</p>
        </Banner>
      </News>
    )
  }
  return (
    <News>
      <Banner kind="info" kindWord={t('kind.notice')} heading={t(`closing.said.${state.status}`)} announce={false} />
    </News>
  )
}
