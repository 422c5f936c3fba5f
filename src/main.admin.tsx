import { useLocation } from 'preact-iso/router'
import { AuditPage } from '#audit/client/audit-page.tsx'
import type { PageRoute } from '#client/routes.ts'
import { AccountPage } from '#login/client/account-page.tsx'
import { AdminPage } from '#login/client/admin-page.tsx'
import { PhonesConnectPage } from '#login/client/phones-connect-page.tsx'
import { PhonesHeldPage } from '#login/client/phones-held-page.tsx'
import { PhonesPage } from '#login/client/phones-page.tsx'
import { RecoveryPage } from '#login/client/recovery-page.tsx'
import { StaffMemberPage } from '#login/client/staff-member-page.tsx'
import { StaffPage } from '#login/client/staff-page.tsx'
import { PeoplePage } from '#people/client/people-page.tsx'
import { PersonPage } from '#people/client/person-page.tsx'
import { PrivacyPage } from '#people/client/privacy-page.tsx'
import { sendAll } from '#sync/client/send-all.ts'
import type { AreaParts } from './main.device.tsx'

/** /admin and below: people, phones, records. Only with a network, so none of it is kept on devices. A new page is a line here. */
export function createRoutes({ device, status, wake }: AreaParts): readonly PageRoute[] {
  const { db } = device
  return [
    { path: '/admin', component: AdminPage, head: (i18n) => ({ title: i18n.of('staff')('admin.title') }) },
    { path: '/admin/staff', component: StaffPage, head: (i18n) => ({ title: i18n.of('staff')('list.title') }) },
    {
      path: '/admin/staff/:id',
      component: StaffMemberPage,
      head: (i18n) => ({ title: i18n.of('staff')('list.title') }),
    },
    {
      path: '/admin/recovery',
      component: RecoveryPage,
      head: (i18n) => ({ title: i18n.of('staff')('recovery.title') }),
    },
    {
      path: '/admin/account',
      component: () => <AccountPage db={db} sendAll={() => sendAll({ db, status, wake })} />,
      head: (i18n) => ({ title: i18n.of('account')('title') }),
    },
    { path: '/admin/phones', component: Phones, head: (i18n) => ({ title: i18n.of('phones')('title') }) },
    {
      path: '/admin/phones/connect/:instructorId',
      component: PhonesConnectPage,
      head: (i18n) => ({ title: i18n.of('phones')('code.titleNoName') }),
    },
    {
      path: '/admin/phones/held/:pairingId',
      component: PhonesHeldPage,
      head: (i18n) => ({ title: i18n.of('phones')('held.titleNoName') }),
    },
    { path: '/admin/people', component: PeoplePage, head: (i18n) => ({ title: i18n.of('people')('search.title') }) },
    {
      path: '/admin/people/:id',
      component: PersonPage,
      head: (i18n) => ({ title: i18n.of('people')('person.title') }),
    },
    { path: '/admin/audit', component: AuditPage, head: (i18n) => ({ title: i18n.of('audit')('title') }) },
    { path: '/admin/privacy', component: PrivacyPage, head: (i18n) => ({ title: i18n.of('people')('privacy.title') }) },
  ]
}

/** Whoever stops a phone sees next what was on it. */
function Phones() {
  const { route } = useLocation()
  return <PhonesPage onEnded={(pairingId) => route(`/admin/phones/held/${pairingId}`)} />
}
