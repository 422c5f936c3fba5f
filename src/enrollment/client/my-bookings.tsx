import { useTranslation } from '#client/i18n.ts'
import { readRecords } from '#client/records.ts'
import { useDevice, usePage } from '#client/page-context.tsx'
import { useLive } from '#client/use-live.ts'
import type { LocalDb } from '#client/local-db.ts'
import { ButtonLink } from '#ui/button.tsx'
import { Section } from '#ui/heading.tsx'
import { type MyRequest, readMyRequests } from './my-requests.ts'
import { RequestBanner } from './request-banner.tsx'

/** Sign-ups of this device whose session is still to come, with their newest state. Nothing at all while there are none. */
export function MyBookings() {
  const device = useDevice()
  const { role } = usePage()
  return device === null || role !== 'resident' ? null : <LiveBookings db={device.db} />
}

function LiveBookings({ db }: { readonly db: LocalDb }) {
  const t = useTranslation('enrollment')
  const { now } = usePage()
  const requests = useLive(db, readMyRequests, [])
  const sessions = useLive(db, (live) => readRecords(live, 'public', 'publicSession'), [], ['public'])
  const sessionOf = (request: MyRequest) => sessions?.find((record) => record.id === request.sessionId)?.body
  const current = (requests ?? []).filter((request) => (sessionOf(request)?.endsAt ?? now) >= now)
  if (current.length === 0) return null
  return (
    <Section id="my-bookings" heading={t('mine')}>
      {current.map((request) => {
        const title = sessionOf(request)?.title
        return (
          <RequestBanner key={request.enrollmentId} {...request}>
            {title && (
              <ButtonLink kind="outline" size="small" href={`/sessions/${request.sessionId}`}>
                {t('open', { title })}
              </ButtonLink>
            )}
          </RequestBanner>
        )
      })}
    </Section>
  )
}
