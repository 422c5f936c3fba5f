import { useLocation } from 'preact-iso/router'
import { useDevice } from '#client/page-context.tsx'
import type { PageRoute } from '#client/routes.ts'
import { SessionEnrollments } from '#enrollment/client/session-enrollments.tsx'
import { KpiPage } from '#kpi/client/kpi-page.tsx'
import { KpiRowsPage } from '#kpi/client/kpi-rows-page.tsx'
import { ImportPage } from '#sessions/client/import-page.tsx'
import { OfficePage } from '#sessions/client/office-page.tsx'
import { OfficeSessionPage } from '#sessions/client/office-session-page.tsx'
import { SessionFormPage } from '#sessions/client/session-form-page.tsx'
import type { SessionId } from '#sessions/domain/session.ts'
import { DevicesPage } from '#sync/client/devices-page.tsx'
import { OutboxFilePage } from '#sync/client/outbox-file-page.tsx'
import { SessionPhones } from '#sync/client/session-phones.tsx'
import { TraineesPage } from '#training/client/trainees-page.tsx'

/** /office and below: the organizer's pages. A new one is a line here. */
export function createRoutes(): readonly PageRoute[] {
  // The 年度 of the address is not known here, so the title names none rather than a wrong one.
  const kpiHead: PageRoute['head'] = (i18n) => ({ title: i18n.of('kpi')('head.kpi') })
  const rowsHead: PageRoute['head'] = (i18n) => ({ title: i18n.of('kpi')('head.rows') })
  const office = (key: 'list.title' | 'form.titleNew' | 'form.titleEdit' | 'page.title' | 'import.title') => {
    const head: PageRoute['head'] = (i18n) => ({ title: i18n.of('office')(key) })
    return head
  }
  return [
    { path: '/office', component: Office, head: office('list.title') },
    { path: '/office/import', component: Import, head: office('import.title') },
    { path: '/office/sessions/new', component: SessionForm, head: office('form.titleNew') },
    { path: '/office/sessions/:id', component: OneSession, head: office('page.title') },
    { path: '/office/sessions/:id/edit', component: SessionForm, head: office('form.titleEdit') },
    { path: '/office/kpi', component: KpiPage, head: kpiHead },
    { path: '/office/kpi/:year', component: KpiPage, head: kpiHead },
    { path: '/office/kpi/:year/:indicatorId', component: KpiRowsPage, head: rowsHead },
    {
      path: '/office/devices',
      component: DevicesPage,
      head: (i18n) => ({ title: i18n.of('devices')('title') }),
    },
    {
      path: '/office/devices/file',
      component: OutboxFilePage,
      head: (i18n) => ({ title: i18n.of('outboxFile')('take.title') }),
    },
    {
      path: '/office/training',
      component: TraineesPage,
      head: (i18n) => ({ title: i18n.of('training')('title') }),
    },
  ]
}

interface At {
  readonly id: SessionId
}

function Office() {
  const device = useDevice()
  return device && <OfficePage db={device.db} />
}

function Import() {
  const device = useDevice()
  return device && <ImportPage {...device} />
}

/** A new session, or with an id one to change. */
function SessionForm({ id }: Partial<At>) {
  const device = useDevice()
  const { route } = useLocation()
  if (device === null) return null
  const of = id === undefined ? {} : { sessionId: id }
  return <SessionFormPage {...device} {...of} onSaved={(saved) => route(`/office/sessions/${saved}`)} />
}

/** The session from its own slice, the list of people from theirs. */
function OneSession({ id }: At) {
  const device = useDevice()
  if (device === null) return null
  return (
    <OfficeSessionPage
      {...device}
      sessionId={id}
      enrollments={(session) => <SessionEnrollments {...device} session={session} />}
      phones={(session) => <SessionPhones sessionId={session.sessionId} />}
    />
  )
}
