import { formatDayAndTimes } from '#client/format-date.ts'
import { useLanguage, useTranslation } from '#client/i18n.ts'
import type { LocalDb } from '#client/local-db.ts'
import { usePage } from '#client/page-context.tsx'
import { useLive } from '#client/use-live.ts'
import { localDateOf } from '#kernel/time.ts'
import { CardLink, CardList } from '#ui/card-list.tsx'
import { Chip } from '#ui/chip.tsx'
import { Heading, Section } from '#ui/heading.tsx'
import { Stack } from '#ui/page.tsx'
import { type HeldSession, readHeldSessions } from './roster-store.ts'

/** /hall — where a helper begins: today's sessions first, then the day before and the day after. Works without a signal. */
export function HallPage({ db }: { readonly db: LocalDb }) {
  const t = useTranslation('attendance')
  const held = useLive(db, readHeldSessions, [])
  const today = localDateOf(usePage().now)
  return (
    <Stack>
      <Heading level={1} lead={t('hall.lead')}>
        {t('hall.title')}
      </Heading>
      {held === undefined ? (
        <p role="status">{t('loading')}</p>
      ) : held.length === 0 ? (
        <p>{t('hall.noneAtAll')}</p>
      ) : (
        <>
          <SessionCards id="today" heading={t('hall.today')} held={held.filter(isOn(today))} none={t('hall.none')} />
          <SessionCards id="other" heading={t('hall.other')} held={held.filter((one) => !isOn(today)(one))} />
        </>
      )}
    </Stack>
  )
}

const isOn =
  (day: string) =>
  ({ session }: HeldSession): boolean =>
    session.heldOn === day

interface CardsProps {
  readonly id: string
  readonly heading: string
  readonly held: readonly HeldSession[]
  /** Said when there is none; the whole part is left out otherwise. */
  readonly none?: string
}

function SessionCards({ id, heading, held, none }: CardsProps) {
  const t = useTranslation('attendance')
  const language = useLanguage()
  if (held.length === 0 && none === undefined) return null
  return (
    <Section id={id} heading={heading}>
      {held.length === 0 && <p>{none}</p>}
      <CardList label={heading}>
        {held.map(({ session, venue }) => (
          <CardLink
            key={session.sessionId}
            href={`/hall/${session.sessionId}`}
            heading={session.title}
            chip={session.state === 'cancelled' && <Chip tone="bad">{t('hall.cancelled')}</Chip>}
          >
            {session.heldOn !== null && session.startTime !== null && session.endTime !== null && (
              <p>
                {formatDayAndTimes(
                  { heldOn: session.heldOn, startTime: session.startTime, endTime: session.endTime },
                  language,
                )}
              </p>
            )}
            {venue && <p>{venue.name}</p>}
          </CardLink>
        ))}
      </CardList>
    </Section>
  )
}
