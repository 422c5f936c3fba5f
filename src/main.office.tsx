import type { PageRoute } from '#client/routes.ts'
import { KpiPage } from '#kpi/client/kpi-page.tsx'
import { KpiRowsPage } from '#kpi/client/kpi-rows-page.tsx'
import { TraineesPage } from '#training/client/trainees-page.tsx'

/** /office and below: the organizer's pages. A new one is a line here. */
export function createRoutes(): readonly PageRoute[] {
  // The 年度 of the address is not known here, so the title names none rather than a wrong one.
  const kpiHead: PageRoute['head'] = (i18n) => ({ title: i18n.of('kpi')('head.kpi') })
  const rowsHead: PageRoute['head'] = (i18n) => ({ title: i18n.of('kpi')('head.rows') })
  return [
    { path: '/office/kpi', component: KpiPage, head: kpiHead },
    { path: '/office/kpi/:year', component: KpiPage, head: kpiHead },
    { path: '/office/kpi/:year/:indicatorId', component: KpiRowsPage, head: rowsHead },
    {
      path: '/office/training',
      component: TraineesPage,
      head: (i18n) => ({ title: i18n.of('training')('title') }),
    },
  ]
}
