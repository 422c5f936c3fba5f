import type { ComponentChildren } from 'preact'
import { formatDay, formatTimeRange } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import { type Device, useDevice, usePage, usePageData } from '#client/page-context.tsx'
import { readRecords } from '#client/records.ts'
import { useLive } from '#client/use-live.ts'
import { type PublicSession, publicState } from '#sessions/domain/public-session.ts'
import { CardLink, CardList } from '#ui/card-list.tsx'
import { Chip } from '#ui/chip.tsx'
import { Heading } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { TONES } from './state-tones.ts'

/** / — what is on, the next one first. `bookings`: what was asked for on this device. */
export function HomePage({ bookings }: { readonly bookings: ComponentChildren }) {
  const t = useTranslation('sessions')
  const device = useDevice()
  const sent = usePageData('home')?.sessions ?? null
  return (
    <Stack>
      <Heading level={1} lead={t('home.lead')}>
        {t('home.title')}
      </Heading>
      {bookings}
      {device === null ? <SessionList sessions={sent} /> : <LiveSessionList device={device} sent={sent} />}
    </Stack>
  )
}

interface ListProps {
  /** `null` while nothing is known yet. */
  readonly sessions: readonly PublicSession[] | null
}

/** What the server sent with the page, until this device has seen the newest. */
function LiveSessionList({ device, sent }: { readonly device: Device; readonly sent: ListProps['sessions'] }) {
  const held = useLive(device.db, (db) => readRecords(db, 'public', 'publicSession'), [], ['public'])
  const known = held === undefined || held.length === 0 ? sent : held.map((record) => record.body)
  return <SessionList sessions={known} />
}

function SessionList({ sessions }: ListProps) {
  const t = useTranslation('sessions')
  const { now } = usePage()
  if (sessions === null) return <p role="status">{t('home.loading')}</p>
  const upcoming = sessions
    .filter((session) => session.endsAt > now)
    .sort((one, other) => (one.startsAt < other.startsAt ? -1 : 1))
  if (upcoming.length === 0) return <p>{t('home.empty')}</p>
  return (
    <CardList>
      {upcoming.map((session) => (
        <SessionCard key={session.sessionId} session={session} />
      ))}
    </CardList>
  )
}

function SessionCard({ session }: { readonly session: PublicSession }) {
  const t = useTranslation('sessions')
  const language = useLanguage()
  const state = publicState(session, usePage().now)
  return (
    <CardLink
      href={`/sessions/${session.sessionId}`}
      level={2}
      heading={session.title}
      chip={<Chip tone={TONES[state]}>{t(`state.${state}`)}</Chip>}
    >
      <p>{formatDay(session.heldOn, language)}</p>
      <p>{formatTimeRange(session.startTime, session.endTime, language)}</p>
      <p>{session.venueName}</p>
    </CardLink>
  )
}
