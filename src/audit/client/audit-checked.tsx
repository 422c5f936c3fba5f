import { useState } from 'preact/hooks'
import type { AuditBreak, KeptAuditCheck } from '#audit/domain/audit-check.ts'
import { formatInstant } from '#client/format-date.ts'
import { type Translate, useLanguage, useTranslation } from '#client/i18n.ts'
import { Banner } from '#ui/banner.tsx'
import { Button } from '#ui/button.tsx'
import { Section } from '#ui/heading.tsx'
import css from './audit.module.css'

const SHOWN_MAX = 20 // places; whoever needs all of them asks the command

interface Props {
  /** `null`: never checked yet. */
  readonly check: KeptAuditCheck | null
  readonly onChecked: () => void
}

/** What the last check found, and a button for the next one. */
export function AuditChecked({ check, onChecked }: Props) {
  const t = useTranslation('audit')
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle')
  const checkNow = async (): Promise<void> => {
    setState('busy')
    const isDone = await askForCheck()
    setState(isDone ? 'idle' : 'failed')
    if (isDone) onChecked()
  }
  return (
    <Section id="check" heading={t('check.heading')}>
      <p class={css.screenOnly}>{t('check.lead')}</p>
      <div role="status">{check === null ? <p>{t('check.never')}</p> : <Found check={check} />}</div>
      {state === 'failed' && (
        <Banner kind="error" kindWord={t('kind.check')} heading={t('trouble.heading')}>
          <p>{t('check.failed')}</p>
        </Banner>
      )}
      <div class={css.screenOnly}>
        <Button
          kind="outline"
          busyWord={state === 'busy' ? t('check.sending') : undefined}
          onClick={() => void checkNow()}
        >
          {t('check.send')}
        </Button>
      </div>
    </Section>
  )
}

function Found({ check: { at, lineCount, breakCount, breaks } }: { readonly check: KeptAuditCheck }) {
  const t = useTranslation('audit')
  const when = formatInstant(at, useLanguage())
  if (breakCount === 0) return <p>{t('check.whole', { at: when, count: lineCount })}</p>
  const shown = breaks.slice(0, SHOWN_MAX)
  return (
    <Banner
      kind="error"
      kindWord={t('kind.check')}
      heading={t('check.broken', { at: when, count: breakCount })}
      announce={false}
    >
      <p>{t('check.brokenText')}</p>
      <ul>
        {shown.map((place) => (
          <li key={`${place.kind} ${place.seq}`}>{placeWords(place, t)}</li>
        ))}
      </ul>
      {shown.length < breakCount && <p>{t('check.more', { count: breakCount - shown.length })}</p>}
    </Banner>
  )
}

function placeWords({ kind, seq, until }: AuditBreak, t: Translate<'audit'>): string {
  const range = kind === 'swapped' ? 'check.both' : 'check.lines'
  return t(`check.break.${kind}`, { lines: t(seq === until ? 'check.line' : range, { seq, until }) })
}

async function askForCheck(): Promise<boolean> {
  try {
    const response = await fetch('/api/admin/audit/check', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: '{}',
      redirect: 'error',
    })
    return response.ok
  } catch {
    return false
  }
}
