import { formatInstant } from '#client/format-date.ts'
import { dismissAnswer } from '#client/answers.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import type { LocalDb } from '#client/local-db.ts'
import type { SentEntry } from '#client/local-schema.ts'
import type { Observable } from '#client/observable.ts'
import { useLive, useObservable } from '#client/use-live.ts'
import { Button } from '#ui/button.tsx'
import { Heading, Section } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import css from './device-page.module.css'
import { type Ledger, type LedgerLine, readLedger } from './ledger.ts'
import { LateUnsent } from './late-unsent.tsx'
import { OutboxFileMaker } from './outbox-file-maker.tsx'
import { SyncTrouble } from './sync-trouble.tsx'
import type { SyncStatus } from './sync-status.ts'
import { useWhat } from './use-what.ts'

interface Props {
  readonly db: LocalDb
  readonly status: Observable<SyncStatus>
}

/** /device — 送信のようす: what this device has said, and what became of it. Sending goes by itself; what cannot be sent
 *  becomes a file for the office. */
export function DevicePage({ db, status }: Props) {
  const t = useTranslation('sync')
  const language = useLanguage()
  const { lastContactAt } = useObservable(status)
  const ledger = useLive(db, readLedger, [])
  const contact =
    lastContactAt === null
      ? t('device.neverContacted')
      : t('device.lastContact', { at: formatInstant(lastContactAt, language) })
  return (
    <Stack>
      <Heading level={1} lead={t('device.lead')}>
        {t('device.title')}
      </Heading>
      <SyncTrouble db={db} status={status} />
      <LateUnsent db={db} />
      <p>{contact}</p>
      {ledger && (
        <>
          <Section id="attention" heading={t('device.attention')}>
            {ledger.attention.length === 0 && <p>{t('device.noAttention')}</p>}
            <Lines lines={ledger.attention} onDismiss={(id) => void dismissAnswer(db, id).catch(() => {})} />
          </Section>
          <Section id="waiting" heading={t('device.waiting')}>
            {ledger.waiting.length === 0 && <p>{t('device.noWaiting')}</p>}
            <Lines lines={ledger.waiting} />
          </Section>
          <OutboxFileMaker db={db} hasUnsent={hasUnsent(ledger)} />
          <Section id="sent" heading={t('device.sent')}>
            <p>{ledger.sent.length === 0 ? t('device.noSent') : t('device.sentNote')}</p>
            <SentLines lines={ledger.sent} />
          </Section>
        </>
      )}
    </Stack>
  )
}

/** Refused answers are no longer in the outbox: those were sent. */
function hasUnsent({ attention, waiting }: Ledger): boolean {
  return waiting.length > 0 || attention.some(({ outcome }) => outcome?.status !== 'refused')
}

interface LinesProps {
  readonly lines: readonly LedgerLine[]
  readonly onDismiss?: (operationId: string) => void
}

function Lines({ lines, onDismiss }: LinesProps) {
  const t = useTranslation('sync')
  const language = useLanguage()
  const what = useWhat()
  if (lines.length === 0) return null
  return (
    <ul class={css.list} role="list">
      {lines.map(({ operation, subject, outcome }) => (
        <li key={operation.seq} class={css.line}>
          <p class={css.what}>{what.full(operation, subject)}</p>
          <p class={css.when}>{t('device.recordedAt', { at: formatInstant(operation.at, language) })}</p>
          {outcome?.status === 'held' && <p>{t(`held.${outcome.reason}`)}</p>}
          {outcome?.status === 'refused' && <p>{t(`refusal.${outcome.refusal.code}`)}</p>}
          {outcome?.status === 'refused' && onDismiss && (
            <Button
              kind="outline"
              size="small"
              label={t('device.dismissLabel', { what: what.full(operation, subject) })}
              onClick={() => onDismiss(operation.id)}
            >
              {t('device.dismiss')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}

function SentLines({ lines }: { readonly lines: readonly SentEntry[] }) {
  const t = useTranslation('sync')
  const language = useLanguage()
  const what = useWhat()
  if (lines.length === 0) return null
  return (
    <ul class={css.list} role="list">
      {lines.map(({ seq, name, at, answeredAt, status }) => (
        <li key={seq} class={css.line}>
          <p class={css.what}>{what.kind(name)}</p>
          <p class={css.when}>{t('device.recordedAt', { at: formatInstant(at, language) })}</p>
          <p class={css.when}>
            {t(status === 'accepted' ? 'device.sentAt' : 'device.sentRefused', {
              at: formatInstant(answeredAt, language),
            })}
          </p>
        </li>
      ))}
    </ul>
  )
}
