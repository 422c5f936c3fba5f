import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { formatDay, formatInstant, formatTimeRange } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import { NotFoundPage } from '#client/not-found-page.tsx'
import { type Device, useDevice, usePage, usePageData } from '#client/page-context.tsx'
import type { LocalDb } from '#client/local-db.ts'
import { readLastContact, readRecord } from '#client/records.ts'
import { useLive } from '#client/use-live.ts'
import { type PublicSession, publicState } from '#sessions/domain/public-session.ts'
import { Chip } from '#ui/chip.tsx'
import { DescriptionList } from '#ui/description-list.tsx'
import { Heading } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { TONES } from './state-tones.ts'

interface Props {
  readonly sessionId: string
  /** Signing up, given what may be done now. */
  readonly signUp: (state: { readonly open: boolean; readonly full: boolean }) => ComponentChildren
}

/** /sessions/:id — everything about one session, and the form right below it. */
export function SessionPage(props: Props) {
  const device = useDevice()
  const sent = usePageData('session')?.session ?? null
  if (device !== null) return <LiveSession {...props} device={device} sent={sent} />
  return sent === null ? <NotFoundPage /> : <Details {...props} session={sent} />
}

type LiveProps = Props & { readonly device: Device; readonly sent: PublicSession | null }

/** What the server sent with the page, until this device has the newest. «Not found» is said only once the server was
 *  reached since the page was opened: before that, nobody knows. */
function LiveSession({ device, sent, ...props }: LiveProps) {
  const t = useTranslation('sessions')
  const { sessionId } = props
  const openedAt = useRef(usePage().now).current
  const held = useLive(device.db, (db) => readHeld(db, sessionId), [sessionId])
  const session = held?.session ?? sent
  if (session !== null) return <Details {...props} session={session} />
  const isSure = held !== undefined && held.lastContactAt !== null && held.lastContactAt > openedAt
  return isSure ? <NotFoundPage /> : <p role="status">{t('session.fetching')}</p>
}

async function readHeld(db: Pick<LocalDb, 'read'>, sessionId: string) {
  const record = await readRecord(db, 'public', 'publicSession', sessionId)
  return { session: record?.body ?? null, lastContactAt: await readLastContact(db) }
}

function Details({ session, signUp }: Props & { readonly session: PublicSession }) {
  const t = useTranslation('sessions')
  const language = useLanguage()
  const { city, now } = usePage()
  const state = publicState(session, now)
  const open = state === 'open' || state === 'few' || state === 'full'
  const seats =
    state === 'full'
      ? t('session.waiting', { count: session.waiting })
      : t('session.left', { count: session.seatsLeft })
  return (
    <Stack>
      <div>
        <Chip tone={TONES[state]}>{t(`state.${state}`)}</Chip>
        <Heading level={1}>{session.title}</Heading>
      </div>
      <DescriptionList
        items={[
          { term: t('session.day'), detail: formatDay(session.heldOn, language), strong: true },
          { term: t('session.time'), detail: formatTimeRange(session.startTime, session.endTime, language) },
          {
            term: t('session.venue'),
            detail: (
              <>
                {session.venueName}
                {session.venueAddress !== null && <p>{session.venueAddress}</p>}
              </>
            ),
          },
          ...(open ? [{ term: t('session.seats'), detail: seats }] : []),
          ...(open
            ? [
                {
                  term: t('session.until'),
                  detail: t('session.untilDay', { when: formatInstant(session.enrollUntil, language) }),
                },
              ]
            : []),
          ...(session.note === null ? [] : [{ term: t('session.note'), detail: session.note }]),
        ]}
      />
      {!open && <p>{t(`session.why.${state}`, { phone: city.phone })}</p>}
      {signUp({ open, full: state === 'full' })}
    </Stack>
  )
}
