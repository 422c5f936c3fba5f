import { dismissAnswer, readAnswers } from '#client/answers.ts'
import { useTranslation } from '#client/i18n.ts'
import type { LocalDb } from '#client/local-db.ts'
import type { AnswerEntry } from '#client/local-schema.ts'
import { useLive } from '#client/use-live.ts'
import { Banner } from '#ui/banner.tsx'
import { Button, ButtonLink } from '#ui/button.tsx'
import { Stack } from '#ui/page.tsx'
import { useWhat } from './use-what.ts'

const SHOWN_MAX = 3

/** What the server has answered to things asked for while away, one banner each, until a person has read them. */
export function AnswersBanner({ db }: { readonly db: LocalDb }) {
  const t = useTranslation('sync')
  const answers = (useLive(db, readAnswers, []) ?? []).filter(isNews)
  if (answers.length === 0) return null
  const hidden = answers.length - SHOWN_MAX
  return (
    <Stack>
      {answers.slice(0, SHOWN_MAX).map((answer) => (
        <AnswerBanner
          key={answer.operation.id}
          answer={answer}
          onDismiss={() => void dismissAnswer(db, answer.operation.id).catch(() => {})}
        />
      ))}
      {hidden > 0 && (
        <ButtonLink kind="text" href="/device">
          {t('answer.more', { count: hidden })}
        </ButtonLink>
      )}
    </Stack>
  )
}

/** A refusal always is; an acceptance only when it says more than yes. */
function isNews({ seen, outcome }: AnswerEntry): boolean {
  if (seen) return false
  return outcome.status === 'refused' || (outcome.status === 'accepted' && outcome.value !== null)
}

interface AnswerProps {
  readonly answer: AnswerEntry
  readonly onDismiss: () => void
}

function AnswerBanner({ answer: { operation, outcome }, onDismiss }: AnswerProps) {
  const t = useTranslation('sync')
  const full = useWhat().full(operation)
  const dismiss = (
    <Button kind="outline" size="small" label={t('device.dismissLabel', { what: full })} onClick={onDismiss}>
      {t('device.dismiss')}
    </Button>
  )
  if (outcome.status === 'refused') {
    return (
      <Banner kind="warning" kindWord={t('kind.check')} heading={t('answer.refusedHeading', { what: full })}>
        <p>{t(`refusal.${outcome.refusal.code}`)}</p>
        {dismiss}
      </Banner>
    )
  }
  if (outcome.status !== 'accepted' || outcome.value === null) return null
  const { value } = outcome
  const heading =
    value.state === 'enrolled'
      ? t('answer.enrolledHeading')
      : t('answer.waitlistedHeading', { position: value.position })
  return (
    <Banner kind="success" kindWord={t('kind.done')} heading={heading}>
      <p>{full}</p>
      <p>{t('answer.receipt', { receiptNumber: value.receiptNumber })}</p>
      {dismiss}
    </Banner>
  )
}
