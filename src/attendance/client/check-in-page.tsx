import { useEffect, useMemo, useState } from 'preact/hooks'
import { formatInstant, formatShortDay, formatTimeRange } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import { askToKeepStorage } from '#client/keep-storage.ts'
import type { LocalDb } from '#client/local-db.ts'
import type { Recorder } from '#client/recorder.ts'
import { useLive } from '#client/use-live.ts'
import { countRoster, indexRoster, readRoster } from '#attendance/domain/roster.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { bucketOf } from '#sessions/domain/session-bucket.ts'
import { ButtonLink } from '#ui/button.tsx'
import { TextField } from '#ui/field.tsx'
import { Heading } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { CheckInNews } from './check-in-news.tsx'
import { NotHeld } from './not-held.tsx'
import { RosterCountsLine } from './roster-counts-line.tsx'
import { RosterList } from './roster-list.tsx'
import { type HeldRoster, readHeldRoster } from './roster-store.ts'
import { useCheckIn } from './use-check-in.ts'

interface Props {
  readonly db: LocalDb
  readonly recorder: Recorder
  readonly sessionId: SessionId
}

/** /hall/:sessionId — find the name, tap it, done. Everything here happens on this phone; the network is never asked. */
export function CheckInPage({ db, recorder, sessionId }: Props) {
  const t = useTranslation('attendance')
  const held = useLive(db, (live) => readHeldRoster(live, sessionId), [sessionId], [bucketOf(sessionId)])
  useEffect(() => void askToKeepStorage(), [])
  if (held === undefined) return <p role="status">{t('loading')}</p>
  if (held === null) return <NotHeld />
  return <Desk held={held} recorder={recorder} />
}

function Desk({ held, recorder }: { readonly held: HeldRoster; readonly recorder: Recorder }) {
  const t = useTranslation('attendance')
  const language = useLanguage()
  const { session, lastContactAt } = held
  const lines = useMemo(() => readRoster(held.facts), [held.facts])
  const index = useMemo(() => indexRoster(lines), [lines])
  const [typed, setTyped] = useState('')
  const { news, onCheckIn, onUndo } = useCheckIn(recorder, session)
  const found = index.search(typed)
  return (
    <Stack>
      <DeskHeading held={held} />
      <RosterCountsLine counts={countRoster(lines)} />
      <TextField
        name="search"
        type="search"
        label={t('search.label')}
        autoComplete="off"
        value={typed}
        onInput={setTyped}
      />
      {found.length === 0 && typed.trim() !== '' && <p role="status">{t('search.none', { typed: typed.trim() })}</p>}
      <ButtonLink kind="outline" size="small" wide href={`/hall/${session.sessionId}/walk-in`}>
        {t('walkIn.open')}
      </ButtonLink>
      <RosterList lines={found} jump={typed.trim() === ''} onCheckIn={onCheckIn} onUndo={onUndo} />
      <CheckInNews news={news} />
      <p>{lastContactAt === null ? t('neverFresh') : t('fresh', { when: formatInstant(lastContactAt, language) })}</p>
      <ButtonLink kind="text" href="/hall">
        {t('back')}
      </ButtonLink>
    </Stack>
  )
}

function DeskHeading({ held: { session, venue } }: { readonly held: HeldRoster }) {
  const language = useLanguage()
  const { heldOn, startTime, endTime } = session
  return (
    <div>
      <Heading level={1}>{session.title}</Heading>
      {heldOn !== null && startTime !== null && endTime !== null && (
        <p>
          {formatShortDay(heldOn, language)} {formatTimeRange(startTime, endTime, language)} {venue?.name}
        </p>
      )}
    </div>
  )
}
