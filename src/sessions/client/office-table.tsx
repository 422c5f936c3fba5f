import { useState } from 'preact/hooks'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import type { Instant } from '#kernel/time.ts'
import type { OfficeSession } from '#sessions/domain/office-session.ts'
import type { PublicSession } from '#sessions/domain/public-session.ts'
import { missingForPublication } from '#sessions/domain/session.ts'
import { Button } from '#ui/button.tsx'
import { Chip } from '#ui/chip.tsx'
import { Section } from '#ui/heading.tsx'
import { type Row, Table } from '#ui/table.tsx'
import css from './office.module.css'
import type { Office } from './office-store.ts'
import { listWords, seatWords, stateOf, whenWords } from './office-words.ts'

const SHOWN_AT_ONCE = 20 // years of past sessions come when asked for

interface Props {
  readonly id: 'next' | 'undated' | 'past'
  readonly sessions: readonly OfficeSession[]
  readonly office: Office
  readonly now: Instant
}

/** Some of the sessions under their heading; nothing when there are none. */
export function OfficeTable({ id, sessions, office, now }: Props) {
  const t = useTranslation('office')
  const language = useLanguage()
  const [limit, setLimit] = useState(SHOWN_AT_ONCE)
  if (sessions.length === 0) return null
  const venueNames = new Map(office.venues.map((venue) => [venue.venueId, venue.name]))
  const rowOf = (one: OfficeSession): Row => {
    const { session } = one
    const announced = office.announced.get(session.sessionId)
    return {
      key: session.sessionId,
      cells: [
        <span class={css.name}>
          <a class={css.link} href={`/office/sessions/${session.sessionId}`}>
            {session.title}
          </a>
          <span class={css.kind}>{t(`kind.${session.kind}`)}</span>
        </span>,
        whenWords(session, { t, language }),
        session.venueId === null ? '―' : (venueNames.get(session.venueId) ?? t('page.venueUnknown')),
        <StateCell one={one} announced={announced} now={now} />,
        announced === undefined ? '―' : seatWords(announced, t),
      ],
    }
  }
  return (
    <Section id={id} heading={t(`list.${id}`)}>
      <Table
        caption={t('list.caption', { count: sessions.length })}
        columns={(['title', 'when', 'venue', 'state', 'seats'] as const).map((column) => ({
          head: t(`list.column.${column}`),
        }))}
        rows={sessions.slice(0, limit).map(rowOf)}
      />
      {sessions.length > limit && (
        <Button kind="outline" size="small" onClick={() => setLimit(limit + SHOWN_AT_ONCE)}>
          {t('list.more', { count: sessions.length - limit })}
        </Button>
      )}
    </Section>
  )
}

interface StateProps {
  readonly one: OfficeSession
  readonly announced: PublicSession | undefined
  readonly now: Instant
}

/** The state, what waits to be sent, and what a draft still needs. */
export function StateCell({ one, announced, now }: StateProps) {
  const t = useTranslation('office')
  const language = useLanguage()
  const { state, tone } = stateOf(one, announced, now)
  const missing = state === 'draft' ? missingForPublication(one.session) : []
  return (
    <span class={css.state}>
      <Chip tone={tone}>{t(`state.${state}`)}</Chip>
      <SendingChip one={one} />
      {missing.length > 0 && (
        <span class={css.missing}>
          {t('list.missing', {
            fields: listWords(
              missing.map((field) => t(`field.${field}`)),
              language,
            ),
          })}
        </span>
      )}
    </span>
  )
}

/** 送信待ち, until the server has answered. */
export function SendingChip({ one }: { readonly one: OfficeSession }) {
  const t = useTranslation('office')
  if (one.isHeld) return <Chip tone="bad">{t('held')}</Chip>
  return one.waiting.length > 0 ? <Chip tone="care">{t('waiting')}</Chip> : null
}
